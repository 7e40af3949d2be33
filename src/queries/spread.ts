import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { gramWork } from '@/core/similarity/randomised-plane';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

const histogramSeed = 1;
const sampleSeed = 1;
/** Multiplications from which measuring all pairs takes longer than a person likes to wait for a picture. */
const longGramWork = 4e9;

/** Mean and spread of a run's pairs and its first principal plane. */
export function spreadQuery(run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['spread', run.id, run.doneCount],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const id = `spread ${run.id}`;
      const label = `Measuring how ${runName(run.spec)} spreads`;
      reportTask({ id, label, done: 0, total: 0, unit: 'rows', cancel: null });
      try {
        const spread = await compute.call('measureSpread', { matrix: run.id, members }, { signal });
        return { ...spread, members };
      } finally {
        endTask(id);
      }
    },
  });
}

/** Whether the spread of a run is long in coming, so that a picture is better drawn by its `soonSpreadQuery` first. */
export function isSpreadLong({ doneCount, width }: RunRecord): boolean {
  return gramWork(doneCount, width ?? 0) > longGramWork;
}

/** Mean of a run's pairs and nearly their deviation, from pairs drawn by chance. */
export function soonSpreadQuery(run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['soon-spread', run.id, run.doneCount],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const request = { matrix: run.id, members, seed: sampleSeed };
      const moments = await compute.call('sampleMoments', request, { signal });
      return { ...moments, members, isRandomised: true };
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
