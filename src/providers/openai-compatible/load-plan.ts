import { ProviderError } from '@/core/embedding/provider-error';
import { type ProviderPlan, readPlan } from '@/core/embedding/read-plan';
import { sendRequest } from '@/providers/send-request';
import type { CatalogSource } from './load-catalog';

const timeoutMs = 20_000;
const withoutRoute: readonly (number | null)[] = [404, 405, 501];

/**
 * Asks for the plan of the account, which also checks its key. Null where a server has no such route, as most others than
 * Featherless. Throws ProviderError ('unauthorized' for a key that was refused), or AbortError when cancelled.
 */
export async function loadPlan(source: CatalogSource, signal: AbortSignal): Promise<ProviderPlan | null> {
  try {
    const { value } = await sendRequest({
      baseUrl: source.baseUrl,
      path: '/plan',
      method: 'GET',
      key: source.key,
      signal,
      timeoutMs,
    });
    return readPlan(value);
  } catch (error) {
    if (!(error instanceof ProviderError) || source.isFeatherless) throw error;
    if (error.kind === 'bad-reply' || withoutRoute.includes(error.status)) return null;
    throw error;
  }
}
