import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';

const histogramSeed = 1;

/** Mean and spread of a run's pairs and its first principal plane. */
export function spreadQuery(run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['spread', run.id, run.doneCount],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const spread = await compute.call('measureSpread', { matrix: run.id, members }, { signal });
      return { ...spread, members };
    },
  });
}

/** How the cosines of a run's pairs are distributed; percentiles are read from it. `centred`: those of rows less their mean. */
export function pairHistogramQuery(run: RunRecord, centred = false) {
  return queryOptions({
    ...computedForever,
    queryKey: ['pair-histogram', run.id, run.doneCount, centred],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      return compute.call(
        'countPairs',
        { matrix: run.id, members, seed: histogramSeed, centred },
        { signal },
      );
    },
  });
}
