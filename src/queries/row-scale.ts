import { queryOptions } from '@tanstack/react-query';
import { offeredColumn } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { percentilesOf } from '@/core/similarity/pair-histogram';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { pairHistogramQuery } from '@/queries/spread';

/** A column as numbers or dates along a scale; null where it is neither. */
export function columnScaleQuery(dataset: Dataset, name: string) {
  return queryOptions({
    ...computedForever,
    queryKey: ['column-scale', dataset.id, name],
    queryFn: async ({ signal }) => {
      const column = offeredColumn(dataset, name);
      return column === undefined ? null : compute.call('readScale', { cells: column.cells }, { signal });
    },
  });
}

/** How alike every row is to one: percentiles (0 to 100) of the cosines among the run's pairs, NaN without a vector. */
export function likenessQuery(run: RunRecord, row: number) {
  return queryOptions({
    ...computedForever,
    gcTime: 2000,
    queryKey: ['likeness', run.id, run.doneCount, row],
    queryFn: async ({ signal }): Promise<Float32Array | null> => {
      const histogram = await awaitQuery(pairHistogramQuery(run), signal);
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      // Asked for once a move of the pointer: kept no longer than it is looked at.
      const cosines = await compute.call('cosinesToRow', { matrix: run.id, members, row }, { signal });
      if (Number.isNaN(cosines[row])) return null;
      return percentilesOf(histogram, cosines);
    },
  });
}
