import type { ProviderId } from '@/core/embedding/run';
import { createBaselineProvider } from '@/providers/baseline/baseline-provider';
import { keyFor } from '@/providers/key-ring';
import {
  createOpenAiCompatibleProvider,
  featherlessBaseUrl,
} from '@/providers/openai-compatible/openai-compatible-provider';
import type { EmbeddingProvider } from '@/providers/provider';
import { compute } from '@/queries/compute-client';

/** The base URL a provider's requests go to; empty for the baselines. */
export function baseUrlOf(provider: ProviderId, entered: string): string {
  if (provider === 'featherless') return featherlessBaseUrl;
  return provider === 'baseline' ? '' : entered;
}

/** The provider behind a spec. Keys are read at each request, so that a new one serves runs under way. */
export function providerFor(provider: ProviderId, baseUrl: string): EmbeddingProvider {
  if (provider === 'baseline') return createBaselineProvider(compute);
  return createOpenAiCompatibleProvider({ preset: provider, baseUrl, readKey: () => keyFor(baseUrl) });
}
