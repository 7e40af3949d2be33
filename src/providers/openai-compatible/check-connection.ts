import { readBaseUrl } from '@/core/embedding/base-url';
import { type Checked, type ConnectionFacts, checkText } from '@/core/embedding/connection-check';
import { maskSecrets } from '@/core/embedding/mask-secrets';
import { ProviderError } from '@/core/embedding/provider-error';
import { readCatalogPage } from '@/core/embedding/read-catalog';
import { type ProbeReply, readProbe } from '@/core/embedding/read-probe';
import { describeProblem } from '@/core/embedding/run-problem';
import { sendRequest } from '@/providers/send-request';
import { loadPlan } from './load-plan';
import type { OpenAiCompatibleOptions } from './openai-compatible-provider';
import { sendingBaseUrl } from './sending-base-url';

/** What is checked. */
export interface ConnectionCheck {
  readonly server: OpenAiCompatibleOptions;
  readonly model: string;
  readonly signal: AbortSignal;
  /** Called after each step with everything found so far. */
  report(facts: ConnectionFacts): void;
}

const timeoutMs = 60_000;

async function attempt<Value>(step: () => Promise<Value>): Promise<Checked<Value>> {
  try {
    return { state: 'done', value: await step() };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { state: 'failed', problem: describeProblem(error) };
  }
}

/**
 * Tries a connection step by step: the first page of the catalog, the plan (with a key only), then the text "hello" as plain
 * numbers, as base64 and with half the dimensions. A step that fails is reported, not thrown; the last two are left out
 * where the first embedding did not come. Throws AbortError when cancelled.
 */
export async function checkConnection({ server, model, signal, report }: ConnectionCheck): Promise<void> {
  const baseUrl = await sendingBaseUrl(server);
  const { host } = readBaseUrl(server.baseUrl);
  const isFeatherless = server.preset === 'featherless';
  const key = server.readKey();
  let facts: ConnectionFacts = {
    host,
    forwarder: baseUrl === server.baseUrl ? null : readBaseUrl(baseUrl).host,
    hasKey: key !== null,
    model,
  };
  const add = (found: Partial<ConnectionFacts>) => {
    facts = { ...facts, ...found };
    report(facts);
  };
  const conceal = (text: string) => maskSecrets(text, server.readKey());

  const embed = async (options: Readonly<Record<string, unknown>>): Promise<ProbeReply> => {
    const startedAt = performance.now();
    const { value } = await sendRequest({
      baseUrl,
      path: '/embeddings',
      method: 'POST',
      body: { model, input: [checkText], ...options },
      key: server.readKey(),
      signal,
      timeoutMs,
      model,
    });
    const reply = readProbe(value, performance.now() - startedAt);
    return { ...reply, repliedModel: reply.repliedModel === null ? null : conceal(reply.repliedModel) };
  };

  report(facts);
  add({
    catalog: await attempt(async () => {
      const { value } = await sendRequest({
        baseUrl,
        path: '/models',
        method: 'GET',
        query: isFeatherless ? { modalities: 'embedding', per_page: 100, page: 1 } : {},
        key: server.readKey(),
        signal,
        timeoutMs,
      });
      return { rows: readCatalogPage(value).rows.length };
    }),
  });
  add({
    plan:
      key === null
        ? { state: 'skipped' }
        : await attempt(async () => {
            const plan = await loadPlan({ baseUrl, key: server.readKey(), isFeatherless }, signal);
            return plan === null ? null : { ...plan, name: conceal(plan.name) };
          }),
  });
  const numbers = await attempt(() => embed({ encoding_format: 'float' }));
  add({ numbers });
  if (numbers.state !== 'done') {
    add({ base64: { state: 'skipped' }, dimensions: { state: 'skipped' } });
    return;
  }
  add({ base64: await attempt(() => embed({ encoding_format: 'base64' })) });
  const asked = Math.max(1, numbers.value.vector.length >> 1);
  add({
    dimensions: await attempt(async () => ({
      ...(await embed({ encoding_format: 'float', dimensions: asked })),
      asked,
    })),
  });
}
