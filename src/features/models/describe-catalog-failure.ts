import { ProviderError } from '@/core/embedding/provider-error';
import type { ProviderId } from '@/core/embedding/run';

/** A catalog that did not come, in the order in which a person needs it. */
export interface CatalogFailure {
  readonly headline: string;
  readonly text: string;
  /** The status and the server's own words, small and last. */
  readonly detail: string | null;
  /** What helps besides trying again. */
  readonly remedy: 'key' | 'base-url' | null;
}

const stillWorks = 'Texts, baselines and runs stay as they are.';

function adviceFor(error: ProviderError, isFeatherless: boolean): Pick<CatalogFailure, 'text' | 'remedy'> {
  switch (error.kind) {
    case 'unreachable':
      return {
        remedy: isFeatherless ? null : 'base-url',
        text: isFeatherless
          ? `No connection, a blocker in the browser, or a server that does not let other sites read its answer (CORS): a page cannot tell which. ${stillWorks} Look at these, try again, or add a model by its id.`
          : `The server is not running there, a blocker in the browser, or a server that does not let other sites read its answer (CORS): a page cannot tell which. ${stillWorks} Check the base URL, try again, or add a model by its id.`,
      };
    case 'unauthorized':
      return {
        remedy: 'key',
        text: `${stillWorks} Enter the key of this server, and its catalog is asked again.`,
      };
    case 'not-found':
      return {
        remedy: isFeatherless ? null : 'base-url',
        text: `There is no list of models at this address. ${stillWorks} Check the base URL, which usually ends in /v1, or add a model by its id.`,
      };
    case 'bad-reply':
      return {
        remedy: isFeatherless ? null : 'base-url',
        text: `${stillWorks} Check that the base URL is that of an OpenAI-compatible API, or add a model by its id.`,
      };
    default:
      return { remedy: null, text: `${stillWorks} Try again later, or add a model by its id.` };
  }
}

/** What happened, what still works and what to do when a catalog cannot be had. */
export function describeCatalogFailure(error: Error, provider: ProviderId, host: string): CatalogFailure {
  if (!(error instanceof ProviderError)) {
    return {
      headline: `The catalog of ${host} could not be read.`,
      text: `${stillWorks} Try again, or add a model by its id.`,
      detail: error.message,
      remedy: null,
    };
  }
  const headline =
    error.kind === 'unreachable' || error.kind === 'timeout'
      ? `The catalog of ${host} could not be reached.`
      : `The catalog of ${host} did not come.`;
  const status = error.status === null ? null : `HTTP ${error.status}`;
  const detail = [status, error.message, error.serverDetail].filter((part) => part !== null).join(' · ');
  return { headline, ...adviceFor(error, provider === 'featherless'), detail };
}
