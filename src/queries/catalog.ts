import { queryOptions } from '@tanstack/react-query';
import { readBaseUrl } from '@/core/embedding/base-url';
import { hintFor, type ModelHint } from '@/core/embedding/model-hints';
import { type CatalogProviderId, isRemote, type RunSpec } from '@/core/embedding/run';
import { pageOf } from '@/providers/openai-compatible/load-catalog';
import {
  featherlessCatalogPage,
  featherlessDocumentedModel,
} from '@/providers/openai-compatible/openai-compatible-provider';
import type { Catalog, CatalogModel } from '@/providers/provider';
import { baseUrlOf, providerFor } from '@/queries/providers';
import { askedOnce } from '@/queries/query-client';

export type { Catalog, CatalogModel, ModelHint };
export { baseUrlOf, featherlessCatalogPage, featherlessDocumentedModel, hintFor };

const freshForMs = 60 * 60_000;

/**
 * The models a provider offers. It leaves the page's origin, so the caller says with `enabled` that a person asked for it.
 * The key is read when the request is sent; its revision only tells that it must be asked again. While that happens the
 * list of the same server stays. Fails with ProviderError.
 */
export function catalogQuery(provider: CatalogProviderId, baseUrl: string, keyRevision: number) {
  return queryOptions<Catalog>({
    ...askedOnce,
    queryKey: ['catalog', provider, baseUrl, keyRevision],
    queryFn: ({ signal }) => providerFor(provider, baseUrl).loadCatalog(signal),
    placeholderData: (before, query) =>
      query?.queryKey[1] === provider && query.queryKey[2] === baseUrl ? before : undefined,
    staleTime: freshForMs,
    gcTime: freshForMs,
  });
}

/** Page that describes a run's model; null where its server has none that is known. */
export function modelPageOf({ provider, model }: Pick<RunSpec, 'provider' | 'model'>): string | null {
  return provider === 'featherless' ? pageOf(model) : null;
}

/** Host that requests go to; null for the baselines and while there is no usable base URL. */
export function hostOf(provider: CatalogProviderId, baseUrl: string): string | null {
  if (!isRemote(provider) || baseUrl === '') return null;
  try {
    return readBaseUrl(baseUrl).host;
  } catch {
    return null;
  }
}
