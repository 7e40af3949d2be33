import { isCrowded } from '@/core/embedding/judge-failure';
import { ProviderError } from '@/core/embedding/provider-error';
import type { ProviderId } from '@/core/embedding/run';
import { type PassEnd, SendLimit } from '@/core/embedding/send-limit';
import { untilAborted } from '@/core/until-aborted';
import { isKeyRefused, planQuery } from '@/queries/plan';
import { queryClient } from '@/queries/query-client';
import { providerStore } from '@/state/provider-choice';

/** Requests at once, one limit for each origin, over all its runs and typed texts. */
const limits = new Map<string, SendLimit>();

export function limitOf(baseUrl: string): SendLimit {
  const { origin } = new URL(baseUrl);
  const limit = limits.get(origin) ?? new SendLimit();
  limits.set(origin, limit);
  return limit;
}

/**
 * Takes over how many units the account may use at once. What the server does not say leaves the limit as it is; a refused
 * key is passed on as ProviderError, before any text has left.
 */
export async function followPlan(provider: ProviderId, baseUrl: string, signal: AbortSignal): Promise<void> {
  if (provider !== 'featherless') return;
  const { keyRevision } = providerStore.getState();
  const asked = queryClient.fetchQuery(planQuery(provider, baseUrl, keyRevision)).then(
    (plan) => limitOf(baseUrl).setUnits(plan?.concurrency ?? null),
    (error: Error) => {
      if (isKeyRefused(error)) throw error;
    },
  );
  await untilAborted(asked, signal);
}

/** Does one request's work when the limit of its origin lets it. Rejects with AbortError while it waits. */
export async function sendAlone<Result>(
  baseUrl: string,
  cost: number | null,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const lane = limitOf(baseUrl).openLane(cost);
  let end: PassEnd = 'neither';
  try {
    const pass = await lane.acquire(signal);
    try {
      const result = await work();
      end = 'served';
      return result;
    } catch (error) {
      if (error instanceof ProviderError && isCrowded(error)) end = 'crowded';
      throw error;
    } finally {
      pass.release(end);
    }
  } finally {
    lane.close();
  }
}
