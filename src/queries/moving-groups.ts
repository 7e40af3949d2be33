import { queryOptions } from '@tanstack/react-query';
import type { NeighbourCount } from '@/core/comparison/moving-groups';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { awaitQuery } from '@/queries/await-query';
import { type ComparedLists, type Comparison, comparedListsQuery } from '@/queries/comparison';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import { withNewWorker } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

/** Rows whose neighbourhoods change in the same way; all rows are dataset rows. */
export interface MovedRows {
  /** Ascending. */
  readonly rows: readonly number[];
  readonly joined: readonly NeighbourCount[];
  readonly left: readonly NeighbourCount[];
  /** Words that tell these rows from all others, best first; may be empty. */
  readonly keywords: { readonly rows: string[]; readonly joined: string[]; readonly left: string[] };
}

const keywordsNamed = 3;

/** Groups of compared rows that move together from run `a` to run `b`, by their k nearest, the largest first. */
export function movingGroupsQuery(
  dataset: Dataset,
  comparison: Comparison,
  a: RunRecord,
  b: RunRecord,
  k: number,
) {
  return queryOptions({
    ...computedForever,
    queryKey: ['moving-groups', comparison.key, a.id, b.id, k],
    queryFn: async ({ signal }): Promise<MovedRows[]> => {
      const [listsA, listsB] = await Promise.all(
        [a, b].map((run) => awaitQuery(comparedListsQuery(comparison, run), signal)),
      );
      const { rows } = comparison;
      const positions = positionsIn(rows, a.rowCount);
      const request = {
        a: toPositions(listsA!, positions),
        b: toPositions(listsB!, positions),
        count: rows.length,
        k,
        listLength: listsA!.k,
      };
      const task = {
        id: `moves ${a.id} ${b.id}`,
        label: `Looking for rows that move together from ${runName(a.spec)} to ${runName(b.spec)}`,
      };
      reportTask({ ...task, done: 0, total: 0, unit: 'rows', cancel: null });
      try {
        const groups = await withNewWorker(() =>
          compute.callFree('findMovingGroups', request, {
            signal,
            onProgress: (progress) => reportTask({ ...task, ...progress, unit: 'rows', cancel: null }),
          }),
        );
        const toRows = (counts: readonly NeighbourCount[]) =>
          counts.map(({ row, count }) => ({ row: rows[row]!, count }));
        const moved = groups.map(({ rows: ofGroup, joined, left }) => ({
          rows: Array.from(ofGroup, (position) => rows[position]!),
          joined: toRows(joined),
          left: toRows(left),
        }));
        const rowsOf = (counts: readonly NeighbourCount[]) => counts.map(({ row }) => row);
        const [own, joined, left] = await Promise.all([
          wordsOf(
            dataset,
            moved.map((group) => group.rows),
            signal,
          ),
          wordsOf(
            dataset,
            moved.map((group) => rowsOf(group.joined)),
            signal,
          ),
          wordsOf(
            dataset,
            moved.map((group) => rowsOf(group.left)),
            signal,
          ),
        ]);
        return moved.map((group, i) => ({
          ...group,
          keywords: { rows: own[i]!, joined: joined[i]!, left: left[i]! },
        }));
      } finally {
        endTask(task.id);
      }
    },
  });
}

/** The best keywords of each set of rows; a row of two sets counts for the first. */
async function wordsOf(
  dataset: Dataset,
  sets: readonly (readonly number[])[],
  signal: AbortSignal,
): Promise<string[][]> {
  if (sets.every((rows) => rows.length === 0)) return sets.map(() => []);
  const groupOf = new Int32Array(dataset.rowCount).fill(-1);
  sets.forEach((rows, group) => {
    for (const row of rows) if (groupOf[row] === -1) groupOf[row] = group;
  });
  const keywords = await compute.call(
    'findKeywords',
    { textsKey: dataset.id, texts: dataset.texts, groupOf, groupCount: sets.length, most: keywordsNamed },
    { signal },
  );
  return keywords.map((words) => words.map(({ term }) => term));
}

function positionsIn(rows: Uint32Array, rowCount: number): Int32Array {
  const positions = new Int32Array(rowCount).fill(-1);
  rows.forEach((row, position) => {
    positions[row] = position;
  });
  return positions;
}

function toPositions({ ids }: ComparedLists, positions: Int32Array): Int32Array {
  const moved = new Int32Array(ids.length);
  for (let at = 0; at < ids.length; at++) moved[at] = ids[at]! < 0 ? -1 : positions[ids[at]!]!;
  return moved;
}
