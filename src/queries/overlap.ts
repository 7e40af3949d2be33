import { queryOptions } from '@tanstack/react-query';
import { commonDistinctRows } from '@/core/comparison/common-rows';
import { type NeighbourOverlap, neighbourOverlap } from '@/core/comparison/neighbour-overlap';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { type Neighbours, neighboursAmongQuery } from '@/queries/neighbours';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';

const overlapAt = 10;

export interface PairOverlap extends NeighbourOverlap {
  /** Dataset rows compared, ascending; perRow is in their order. */
  readonly rows: Uint32Array;
  readonly withoutVector: number;
  readonly duplicateTexts: number;
}

/** overlap@10 of two runs over the distinct texts that have a vector in both. */
export function overlapQuery(dataset: Dataset, a: RunRecord, b: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['overlap', a.id, a.doneCount, b.id, b.doneCount, overlapAt],
    queryFn: async ({ signal }): Promise<PairOverlap> => {
      await Promise.all([ensureMatrix(a), ensureMatrix(b)]);
      const common = commonDistinctRows(dataset.texts, presence(a), presence(b));
      const lists = await Promise.all([
        awaitQuery(
          neighboursAmongQuery(a, `common with ${b.id} ${b.doneCount}`, common.rows, overlapAt),
          signal,
        ),
        awaitQuery(
          neighboursAmongQuery(b, `common with ${a.id} ${a.doneCount}`, common.rows, overlapAt),
          signal,
        ),
      ]);
      const [listA, listB] = lists;
      const listLength = Math.min(listA.k, listB.k);
      const overlap = neighbourOverlap({
        a: firstOf(listA, listLength),
        b: firstOf(listB, listLength),
        count: common.rows.length,
        k: overlapAt,
        listLength,
      });
      return { ...overlap, ...common };
    },
  });
}

function presence(run: RunRecord): Uint8Array {
  const present = new Uint8Array(run.rowCount);
  for (const row of compute.membersOf(run.id)) present[row] = 1;
  return present;
}

function firstOf({ ids, k, members }: Neighbours, length: number): Int32Array {
  if (k === length) return ids;
  return Int32Array.from({ length: members.length * length }, (_, i) => {
    const row = Math.floor(i / length);
    return ids[row * k + (i - row * length)]!;
  });
}
