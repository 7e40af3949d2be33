import { queryOptions } from '@tanstack/react-query';
import { type CommonRows, commonDistinctRows } from '@/core/comparison/common-rows';
import { deepestList, type ListAgreement } from '@/core/comparison/list-agreement';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { NeighbourRecall } from '@/core/similarity/approximate-search';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { inPieces } from '@/queries/in-pieces';
import { inTurn } from '@/queries/in-turn';
import { isSettled, type Neighbours, neighboursQuery, searchNeighbours } from '@/queries/neighbours';
import { computedForever } from '@/queries/query-client';
import { reportMeasure } from '@/queries/report-measure';
import { ensureMatrix, withNewWorker } from '@/queries/run-matrix';

/** Runs over the same rows. */
export interface Comparison extends CommonRows {
  /** Equal keys, equal runs and rows. */
  readonly key: string;
  /** In the order of their slots, 2 to 12. */
  readonly runs: readonly RunRecord[];
}

/** Two runs' agreement, `perRow` in the order of `rows`. */
export interface PairAgreement extends ListAgreement, CommonRows {
  /** Of the less exact of the two runs' lists; null where both are exact. */
  readonly recall: NeighbourRecall | null;
}

/** The rows over which runs are compared. Records of runs under way say how many rows they had when asked. */
export function comparisonQuery(dataset: Dataset, runs: readonly RunRecord[]) {
  return queryOptions({
    ...computedForever,
    queryKey: ['comparison', dataset.id, ...runs.map(({ id, doneCount }) => `${id} ${doneCount}`)],
    queryFn: () =>
      reportMeasure(async (): Promise<Comparison> => {
        await Promise.all(runs.map(ensureMatrix));
        const common = await inPieces(commonDistinctRows(dataset.texts, ...runs.map(presence)));
        const key = `${runs.map(({ id, doneCount }) => `${id} ${doneCount}`).join(', ')}, ${common.rows.length}`;
        return { key, runs, ...common };
      }),
  });
}

/** The nearest of each compared row among all compared rows; `ids` are rows × k dataset rows. */
export type ComparedLists = Pick<Neighbours, 'ids' | 'similarities' | 'k' | 'recall'>;

/** The nearest of the compared rows among themselves, deep enough for every measure of lists. */
export function comparedListsQuery(comparison: Comparison, run: RunRecord) {
  const { key, rows } = comparison;
  return queryOptions({
    ...computedForever,
    queryKey: ['compared-lists', key, run.id],
    queryFn: ({ signal }) =>
      reportMeasure(async (): Promise<ComparedLists> => {
        const wanted = Math.min(deepestList, Math.max(0, rows.length - 1));
        if (isSettled(run) && rows.length === run.doneCount) {
          const all = await awaitQuery(neighboursQuery(run), signal);
          if (all.k === wanted && all.members.length === rows.length) return all;
        }
        return inTurn(signal, () => searchNeighbours(run, rows, deepestList, signal));
      }),
  });
}

/** How far the neighbour lists of two of the compared runs agree. */
export function agreementQuery(comparison: Comparison, a: RunRecord, b: RunRecord, k: number) {
  const [first, second] = a.slot < b.slot ? [a, b] : [b, a];
  return queryOptions({
    ...computedForever,
    queryKey: ['agreement', comparison.key, first.id, second.id, k],
    queryFn: ({ signal }) =>
      reportMeasure(async (): Promise<PairAgreement> => {
        const [listsA, listsB] = await Promise.all(
          [first, second].map((run) => awaitQuery(comparedListsQuery(comparison, run), signal)),
        );
        const count = comparison.rows.length;
        const request = { a: listsA!.ids, b: listsB!.ids, count, k, listLength: listsA!.k };
        const agreement = await withNewWorker(() => compute.callFree('compareLists', request, { signal }));
        const { rows, withoutVector, duplicateTexts } = comparison;
        const recall = lowerRecall(listsA!.recall, listsB!.recall);
        return { ...agreement, rows, withoutVector, duplicateTexts, recall };
      }),
  });
}

function lowerRecall(a: NeighbourRecall | null, b: NeighbourRecall | null): NeighbourRecall | null {
  if (a === null || b === null) return a ?? b;
  return a.value <= b.value ? a : b;
}

function presence(run: RunRecord): Uint8Array {
  const present = new Uint8Array(run.rowCount);
  for (const row of compute.membersOf(run.id)) present[row] = 1;
  return present;
}
