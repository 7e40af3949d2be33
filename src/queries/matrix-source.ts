import { queryOptions } from '@tanstack/react-query';
import type { MatrixSource } from '@/compute/contract';
import type { TextColumn } from '@/core/dataset/text-column';
import { type RunSpec, rowPrefixOf, type TextOptions } from '@/core/embedding/run';
import { rowsOfTheirOwn, type SentTexts } from '@/core/embedding/sent-texts';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { compute } from '@/queries/compute-client';
import { datasetQuery } from '@/queries/dataset-query';
import { computedForever, queryClient } from '@/queries/query-client';

/** What is sent for each row of a dataset under these options. Fails when the dataset is gone. */
export function sentTextsQuery(datasetId: string, options: TextOptions) {
  return queryOptions({
    ...computedForever,
    queryKey: ['sent-texts', datasetId, rowPrefixOf(options), options.maxTokens],
    queryFn: async ({ signal }) => {
      const dataset = await queryClient.fetchQuery(datasetQuery(datasetId));
      if (dataset === null) throw new Error('The texts of this run are no longer in this browser.');
      return compute.call('prepareTexts', { texts: dataset.texts, options }, { signal });
    },
  });
}

const ownRows = new WeakMap<TextColumn, SentTexts>();

/** What stands for each row of a run: what is sent for it, or the row itself where its vector was imported. */
export async function sentTextsOf({ provider, datasetId, texts }: RunSpec): Promise<SentTexts> {
  if (provider !== 'imported') return queryClient.fetchQuery(sentTextsQuery(datasetId, texts));
  const dataset = await queryClient.fetchQuery(datasetQuery(datasetId));
  if (dataset === null) throw new Error('The texts of this run are no longer in this browser.');
  const known = ownRows.get(dataset.texts) ?? rowsOfTheirOwn(dataset.texts);
  ownRows.set(dataset.texts, known);
  return known;
}

/** Where the vectors of a run are kept. Rejects when its dataset is gone. */
export async function matrixSourceOf(spec: RunSpec): Promise<MatrixSource> {
  const { keys } = await sentTextsOf(spec);
  return { space: vectorSpaceOf(spec), keys };
}
