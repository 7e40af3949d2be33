import type { MatrixSource } from '@/compute/contract';
import type { RunSpec } from '@/core/embedding/run';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { compute } from '@/queries/compute-client';
import { datasetQuery } from '@/queries/dataset-query';
import { computedForever, queryClient } from '@/queries/query-client';

/** Where the vectors of a run are kept. Rejects when its dataset is gone. */
export async function matrixSourceOf(spec: RunSpec): Promise<MatrixSource> {
  const { datasetId } = spec;
  const keys = await queryClient.fetchQuery({
    ...computedForever,
    queryKey: ['text-keys', datasetId],
    queryFn: async () => {
      const dataset = await queryClient.fetchQuery(datasetQuery(datasetId));
      if (dataset === null) throw new Error('The texts of this run are no longer in this browser.');
      return compute.call('keyTexts', { texts: dataset.texts });
    },
  });
  return { space: vectorSpaceOf(spec), keys };
}
