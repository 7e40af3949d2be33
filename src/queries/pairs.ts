import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { PairScale } from '@/core/similarity/combine-tiles';
import { compute } from '@/queries/compute-client';
import type { KeyedGroups, KeyedRows } from '@/queries/matrix-orders';
import { computedForever, queryClient } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

/** Pairs listed at most; more are counted. */
export const pairsListed = 5000;

export type PairSide = 'any' | 'within' | 'across';

interface Search {
  readonly rows: KeyedRows;
  /** What `within` and `across` go by. */
  readonly groups: KeyedGroups | null;
  readonly side: PairSide;
}

/** The pairs of some rows at a cut-off or above. */
export function closePairsQuery(run: RunRecord, { rows, groups, side }: Search, least: number) {
  const queryKey = ['close-pairs', run.id, run.doneCount, rows.key, groups?.key ?? null, side, least];
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey,
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      return withTask(`Looking through the pairs of ${runName(run.spec)}`, queryKey, (onProgress) =>
        compute.call(
          'findClosePairs',
          {
            matrix: run.id,
            members: rows.rows,
            filter: { groupOf: groups?.groupOf ?? null, side },
            most: pairsListed,
            least,
          },
          { signal, onProgress },
        ),
      );
    },
  });
}

/** The pairs on which two runs differ most, by z. `sign`: those more alike in the first (1), in the second (−1), or both. */
export function differingPairsQuery(
  a: { readonly run: RunRecord; readonly scale: PairScale },
  b: { readonly run: RunRecord; readonly scale: PairScale },
  { rows, groups, side }: Search,
  sign: -1 | 0 | 1,
) {
  const queryKey = [
    'differing-pairs',
    [a.run.id, a.run.doneCount, b.run.id, b.run.doneCount],
    rows.key,
    groups?.key ?? null,
    side,
    sign,
  ];
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey,
    queryFn: async ({ signal }) => {
      await Promise.all([ensureMatrix(a.run), ensureMatrix(b.run)]);
      const words = `Comparing the pairs of ${runName(a.run.spec)} and ${runName(b.run.spec)}`;
      return withTask(words, queryKey, (onProgress) =>
        compute.call(
          'findDifferingPairs',
          {
            matrix: a.run.id,
            scale: a.scale,
            other: b.run.id,
            otherScale: b.scale,
            members: rows.rows,
            filter: { groupOf: groups?.groupOf ?? null, side },
            most: pairsListed,
            sign,
          },
          { signal, onProgress },
        ),
      );
    },
  });
}

async function withTask<Result>(
  label: string,
  queryKey: readonly unknown[],
  work: (onProgress: (progress: { done: number; total: number }) => void) => Promise<Result>,
): Promise<Result> {
  const task = {
    id: JSON.stringify(queryKey),
    label,
    unit: 'blocks',
    cancel: () => void queryClient.cancelQueries({ queryKey }),
  };
  try {
    return await work(({ done, total }) => reportTask({ ...task, done, total }));
  } finally {
    endTask(task.id);
  }
}
