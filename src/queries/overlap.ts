import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { awaitQuery } from '@/queries/await-query';
import { agreementQuery, comparisonQuery, type PairAgreement } from '@/queries/comparison';
import { computedForever } from '@/queries/query-client';

const overlapAt = 10;

/** overlap@10 of two runs over the distinct texts that have a vector in both. */
export function overlapQuery(dataset: Dataset, a: RunRecord, b: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['overlap', a.id, a.doneCount, b.id, b.doneCount],
    queryFn: async ({ signal }): Promise<PairAgreement> => {
      const comparison = await awaitQuery(comparisonQuery(dataset, [a, b]), signal);
      return awaitQuery(agreementQuery(comparison, a, b, overlapAt), signal);
    },
  });
}
