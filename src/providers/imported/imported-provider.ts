import type { ComputeClient } from '@/compute/client';
import type { EmbeddingProvider } from '@/providers/provider';

const batchLimits = { maxTexts: 2000, maxBytes: 16_000_000 };

/** Vectors that came with a file: they lie in the worker that read it, under the digest of their numbers, until they are kept. */
export function createImportedProvider(
  compute: ComputeClient,
  datasetId: string,
  digest: string,
): EmbeddingProvider {
  return {
    host: null,

    loadCatalog: async () => ({ models: [], remarks: [] }),

    loadPlan: async () => null,

    openSession: async () => ({
      batches: { start: batchLimits, most: batchLimits, step: batchLimits },
      embedBatch: ({ rows }, signal) => compute.call('readVectors', { datasetId, digest, rows }, { signal }),
      close: () => {},
    }),
  };
}
