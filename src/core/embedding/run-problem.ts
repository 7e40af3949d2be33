import type { ProviderError, ProviderErrorKind } from './provider-error';
import type { RunProblem } from './run';

const advice = {
  unauthorized: 'Enter the key again, then resume the run.',
  forbidden:
    'Look at the page of the model or at your account for what is missing (credit, plan, an accepted licence), or choose another model.',
  'not-found':
    'Check the model id, capitals included, against the catalog, and the base URL; or choose another model.',
  busy: 'Wait until other requests of this account have ended, then try again.',
  cold: 'Try again in some minutes, when the model has been started.',
  server: 'Try again later; if it stays so, choose another model, as this one may not embed.',
  rejected: 'Change what the message names (shorter texts, no or other dimensions), then try again.',
  'bad-reply': 'Check that the base URL is that of an OpenAI-compatible API, usually ending in /v1.',
  unreachable:
    'Check the base URL, that the server is running and you are online, that the server allows requests from this page (CORS), and that no blocker in the browser stands between.',
  timeout: 'Try again later, or with another model.',
} as const satisfies Record<ProviderErrorKind, string>;

/** What stopped a run, for the panel: what happened, what to do, and the small print. */
export function describeProblem(error: ProviderError): RunProblem {
  const status = error.status === null ? null : `HTTP ${error.status}`;
  const detail = [status, error.serverDetail].filter((part) => part !== null).join(' · ');
  return {
    code: error.kind,
    message: error.message,
    advice: advice[error.kind],
    detail: detail === '' ? null : detail,
  };
}
