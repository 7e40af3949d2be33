import type { ProviderId } from '@/core/embedding/run';
import { createBaselineProvider } from '@/providers/baseline/baseline-provider';
import { keyFor } from '@/providers/key-ring';
import {
  createOpenAiCompatibleProvider,
  featherlessBaseUrl,
} from '@/providers/openai-compatible/openai-compatible-provider';
import { createOriginMemory, type OriginMemory } from '@/providers/openai-compatible/origin-memory';
import type { EmbeddingProvider } from '@/providers/provider';
import { compute } from '@/queries/compute-client';

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
  return provider === 'baseline' ? '' : entered;
}

/** The provider behind a spec. Keys are read at each request, so that a new one serves runs under way. */
export function providerFor(provider: ProviderId, baseUrl: string): EmbeddingProvider {
  if (provider === 'baseline') return createBaselineProvider(compute);
  return createOpenAiCompatibleProvider({
    preset: provider,
    baseUrl,
    readKey: () => keyFor(baseUrl),
    memory: memoryOf(baseUrl),
  });
}
