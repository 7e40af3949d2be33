import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { distinctMembers } from '@/core/projection/spread-twins';
import type { NeighbourRecall } from '@/core/similarity/approximate-search';
import type { RowLists } from '@/core/similarity/row-lists';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

/** Neighbours kept of every row: enough for the inspector, exports, comparing lists 50 deep and the usual UMAP settings. */
export const neighboursKept = 50;

/** Nearest rows of every row of a run: exact, unless `recall` says how near to it. */
export interface Neighbours {
  /** Rows with a vector, ascending. */
  readonly members: Uint32Array;
  /** Position in `members` of a dataset row, −1 without a vector. */
  readonly positionOf: Int32Array;
  /** Length of each list; fewer than `neighboursKept` in a small dataset. */
  readonly k: number;
  /** members.length × k dataset rows, nearest first. */
  readonly ids: Int32Array;
  /** members.length × k cosines. */
  readonly similarities: Float32Array;
  /** Of an approximate search; null where all pairs were compared. */
  readonly recall: NeighbourRecall | null;
}

export interface Neighbour {
  readonly row: number;
  readonly similarity: number;
}

/** The lists as jobs take them. */
export function listsOf({ ids, similarities, k, positionOf }: Neighbours): RowLists {
  return { ids, similarities, listLength: k, positionOf };
}

/** True once nothing is on its way: its results can be computed and kept. */
export function isSettled(run: RunRecord): boolean {
  return run.status !== 'running' && run.status !== 'waiting' && run.doneCount > 0;
}

function indexMembers(members: Uint32Array, rowCount: number): Int32Array {
  const positionOf = new Int32Array(rowCount).fill(-1);
  members.forEach((row, position) => {
    positionOf[row] = position;
  });
  return positionOf;
}

/** Finds neighbours among the given rows, telling the status line. */
export async function searchNeighbours(
  run: RunRecord,
  members: Uint32Array,
  wanted: number,
  signal: AbortSignal,
): Promise<Neighbours> {
  await ensureMatrix(run);
  const k = Math.max(0, Math.min(wanted, members.length - 1));
  const task = {
    id: `neighbours ${run.id} ${members.length}`,
    label: `Finding neighbours in ${runName(run.spec)}`,
    total: members.length,
    unit: 'rows',
    cancel: null,
  };
  reportTask({ ...task, done: 0 });
  try {
    const found = await compute.findNeighbours(
      { matrix: run.id, members, k },
      { signal, onProgress: ({ done }) => reportTask({ ...task, done }) },
    );
    return { members, positionOf: indexMembers(members, run.rowCount), k, ...found };
  } finally {
    endTask(task.id);
  }
}

export function neighboursQuery(run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['neighbours', run.id, run.doneCount],
    queryFn: async ({ signal }): Promise<Neighbours> => {
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const twinOf = await compute.call('findTwins', { matrix: run.id, members }, { signal });
      const distinct = distinctMembers(members, twinOf);
      if (distinct.length === members.length) return searchNeighbours(run, members, neighboursKept, signal);
      // Maps and clusters need those of different vectors: one search serves all.
      const among = neighboursAmongQuery(run, 'distinct', distinct, neighboursKept);
      const found = await awaitQuery(among, signal);
      const k = Math.max(0, Math.min(neighboursKept, members.length - 1));
      const { ids, similarities } = found;
      const request = { members, twinOf, found: { ids, similarities, k: found.k }, k };
      const lists = await compute.callFree('expandNeighbours', request, { signal });
      return { members, positionOf: indexMembers(members, run.rowCount), k, ...lists, recall: found.recall };
    },
  });
}

/**
 * Neighbours of some rows of a run among themselves. `kind` names the choice of rows ("distinct", "common with …"): equal
 * kinds, equal rows. Where the choice is all rows and the lists are long enough, they are those already found.
 */
export function neighboursAmongQuery(run: RunRecord, kind: string, members: Uint32Array, wanted: number) {
  return queryOptions({
    ...computedForever,
    queryKey: ['neighbours', run.id, run.doneCount, kind, members.length, wanted],
    queryFn: async ({ signal }) => {
      await ensureMatrix(run);
      if (members.length === compute.membersOf(run.id).length) {
        const all = await awaitQuery(neighboursQuery(run), signal);
        if (all.k >= Math.min(wanted, members.length - 1)) return all;
      }
      return searchNeighbours(run, members, wanted, signal);
    },
  });
}

/** The nearest rows of one row, or null when the row has no vector in this run. */
export function neighboursOf(neighbours: Neighbours, row: number, count: number): Neighbour[] | null {
  const position = neighbours.positionOf[row];
  if (position === undefined || position < 0) return null;
  const start = position * neighbours.k;
  return Array.from({ length: Math.min(count, neighbours.k) }, (_, i) => ({
    row: neighbours.ids[start + i]!,
    similarity: neighbours.similarities[start + i]!,
  })).filter(({ row: other }) => other >= 0);
}
