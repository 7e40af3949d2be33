import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { compute } from '@/queries/compute-client';
import { computedForever, queryClient } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

/** Rows by which something is computed; equal keys, equal rows. */
export interface KeyedRows {
  readonly key: string;
  /** Dataset rows with a vector. */
  readonly rows: Uint32Array;
}

/** Groups of all rows of a dataset, −1 for none; equal keys, equal groups. */
export interface KeyedGroups {
  readonly key: string;
  readonly groupOf: Int32Array;
}

/** The order of some rows in which alike ones stand together. Cancelling it leaves the status line's task and an error. */
export function seriationQuery(run: RunRecord, { key, rows }: KeyedRows, groups: KeyedGroups | null) {
  const queryKey = ['seriation', run.id, run.doneCount, key, groups?.key ?? null];
  return queryOptions({
    ...computedForever,
    queryKey,
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      const task = {
        id: `seriation ${run.id} ${key}`,
        label: `Putting alike rows together in ${runName(run.spec)}`,
        total: rows.length,
        unit: 'rows',
        cancel: () => void queryClient.cancelQueries({ queryKey }),
      };
      reportTask({ ...task, done: 0 });
      try {
        return await compute.call(
          'seriate',
          { matrix: run.id, members: rows, groupOf: groups?.groupOf ?? null },
          { signal, onProgress: ({ done, total }) => reportTask({ ...task, done, total }) },
        );
      } finally {
        endTask(task.id);
      }
    },
  });
}
/** Mean cosine between all groups of some rows. */
export function groupMeansQuery(
  run: RunRecord,
  { key, rows }: KeyedRows,
  groups: KeyedGroups,
  count: number,
) {
  return queryOptions({
    ...computedForever,
    queryKey: ['group-means', run.id, run.doneCount, key, groups.key],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      return compute.call(
        'compareGroups',
        { matrix: run.id, members: rows, groupOf: groups.groupOf, count },
        { signal },
      );
    },
  });
}
