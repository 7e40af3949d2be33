import {
  type CatalogProviderId,
  isRemote,
  type ProviderId,
  type RemoteProviderId,
  type RunSpec,
} from '@/core/embedding/run';
import { createBaselineProvider } from '@/providers/baseline/baseline-provider';
import { createImportedProvider } from '@/providers/imported/imported-provider';
import { keyRing } from '@/providers/key-ring';
import {
  createOpenAiCompatibleProvider,
  featherlessBaseUrl,
  type OpenAiCompatibleOptions,
} from '@/providers/openai-compatible/openai-compatible-provider';
import { createOriginMemory, type OriginMemory } from '@/providers/openai-compatible/origin-memory';
import type { EmbeddingProvider } from '@/providers/provider';
import { compute } from '@/queries/compute-client';
import { routeToFeatherless } from '@/queries/featherless-route';

/** What is known of each origin, shared by all runs. */
const memories = new Map<string, OriginMemory>();

function memoryOf(baseUrl: string): OriginMemory {
  const origin = URL.canParse(baseUrl) ? new URL(baseUrl).origin : '';
  const memory = memories.get(origin) ?? createOriginMemory();
  memories.set(origin, memory);
  return memory;
}

/** The base URL a provider's requests go to; empty for the baselines. */
export function baseUrlOf(provider: ProviderId, entered: string): string {
  if (provider === 'featherless') return featherlessBaseUrl;
  return isRemote(provider) ? entered : '';
}

/**
 * The server behind a spec. Keys are read at each request, so that a new one serves runs under way. Requests to Featherless
 * take the route that was found; the key is the one of the base URL either way.
 */
export function serverFor(provider: RemoteProviderId, baseUrl: string): OpenAiCompatibleOptions {
  return {
    preset: provider,
    baseUrl,
    readKey: () => keyRing.keyFor(baseUrl),
    ...(provider === 'featherless' && baseUrl === featherlessBaseUrl
      ? { findBaseUrl: async () => (await routeToFeatherless()).baseUrl }
      : {}),
  };
}

/** The provider behind a spec. */
export function providerOf({ provider, baseUrl, datasetId }: RunSpec): EmbeddingProvider {
  return provider === 'imported'
    ? createImportedProvider(compute, datasetId, baseUrl)
    : providerFor(provider, baseUrl);
}

/** The provider behind a list of models. */
export function providerFor(provider: CatalogProviderId, baseUrl: string): EmbeddingProvider {
  if (provider === 'baseline') return createBaselineProvider(compute);
  return createOpenAiCompatibleProvider({ ...serverFor(provider, baseUrl), memory: memoryOf(baseUrl) });
}
