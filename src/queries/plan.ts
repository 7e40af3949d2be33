import { queryOptions } from '@tanstack/react-query';
import { ProviderError } from '@/core/embedding/provider-error';
import type { ProviderPlan } from '@/core/embedding/read-plan';
import type { CatalogProviderId } from '@/core/embedding/run';
import { providerFor } from '@/queries/providers';
import { askedOnce } from '@/queries/query-client';

const freshForMs = 10 * 60_000;

/**
 * What the account behind a key may do; null where the server has no plans. It also checks the key: fails with a
 * ProviderError 'unauthorized' for one that is refused. It leaves the page's origin, so the caller says with `enabled`
 * that a person asked for it. The key is read when the request is sent; its revision only tells that it must be asked again.
 */
export function planQuery(provider: CatalogProviderId, baseUrl: string, keyRevision: number) {
  return queryOptions<ProviderPlan | null>({
    ...askedOnce,
    queryKey: ['plan', provider, baseUrl, keyRevision],
    queryFn: ({ signal }) => providerFor(provider, baseUrl).loadPlan(signal),
    staleTime: freshForMs,
    gcTime: freshForMs,
  });
}

/** Whether a plan did not come because the key was refused. */
export function isKeyRefused(error: Error | null): boolean {
  return error instanceof ProviderError && error.kind === 'unauthorized';
}
