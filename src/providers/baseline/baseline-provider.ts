import type { ComputeClient } from '@/compute/client';
import { baselineModels } from '@/core/embedding/baseline/baseline-models';
import type { EmbeddingProvider } from '@/providers/provider';

const batchLimits = { maxTexts: 1000, maxBytes: 4_000_000 };

/** The built-in lexical baselines: their vectors come from a worker of this page and from the loaded texts alone. */
export function createBaselineProvider(compute: ComputeClient): EmbeddingProvider {
  return {
    host: null,

    loadCatalog: async () => ({
      models: baselineModels.map(({ id, name }) => ({
        id,
        name,
        embeds: 'strong',
        contextLength: null,
        availability: null,
        gated: null,
        availableOnPlan: null,
        concurrencyCost: null,
        page: null,
      })),
      remarks: [],
    }),

    loadPlan: async () => null,

    openSession: async ({ model, corpus, signal, onProgress }) => {
      const { session } = await compute.call('openBaseline', { model, corpus }, { signal, onProgress });
      return {
        batches: { start: batchLimits, most: batchLimits, step: batchLimits },
        embedBatch: ({ texts }, batchSignal) =>
          compute.call('embedWithBaseline', { session, texts }, { signal: batchSignal }),
        close: () => {
          compute.call('closeBaseline', { session }).catch(() => {});
        },
      };
    },
  };
}
