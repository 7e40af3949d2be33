import { queryOptions } from '@tanstack/react-query';
import { groupsOf } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type LabelledRows, labelledRows } from '@/core/evaluation/label-scores';
import { awaitQuery } from '@/queries/await-query';
import { type Comparison, comparedListsQuery } from '@/queries/comparison';
import { compute } from '@/queries/compute-client';
import { inTurn } from '@/queries/in-turn';
import { searchNeighbours } from '@/queries/neighbours';
import { computedForever } from '@/queries/query-client';
import { reportMeasure } from '@/queries/report-measure';
import { withNewWorker } from '@/queries/run-matrix';

/** Spread, hubness and dimension of one of the compared runs. */
export function spaceScoresQuery(comparison: Comparison, run: RunRecord) {
  const { key, rows } = comparison;
  return queryOptions({
    ...computedForever,
    queryKey: ['space-scores', key, run.id],
    queryFn: ({ signal }) =>
      reportMeasure(async () => {
        const { ids, k } = await awaitQuery(comparedListsQuery(comparison, run), signal);
        const request = { matrix: run.id, members: rows, ids, listLength: k };
        return withNewWorker(() => compute.callFree('scoreSpace', request, { signal }));
      }),
  });
}

/** Effective rank, which takes seconds where rows and dimensions are many. */
export function effectiveRankQuery({ key, rows }: Comparison, run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['effective-rank', key, run.id],
    queryFn: ({ signal }) =>
      reportMeasure(() =>
        withNewWorker(() => compute.callFree('measureRank', { matrix: run.id, members: rows }, { signal })),
      ),
  });
}

const labelled = new WeakMap<Comparison, LabelledRows | null>();

/** The compared rows that can be scored by their labels; null where the dataset has none or too few. */
export function labelledOf(comparison: Comparison, dataset: Dataset): LabelledRows | null {
  const known = labelled.get(comparison);
  if (known !== undefined) return known;
  const column = columnNamed(dataset, dataset.labelColumn);
  const found = column === undefined ? null : labelledRows(groupsOf(column).groupOf, comparison.rows);
  const usable = found !== null && found.classCount >= 2 ? found : null;
  labelled.set(comparison, usable);
  return usable;
}

/** Scores by labels of one of the compared runs. */
export function labelScoresQuery(comparison: Comparison, dataset: Dataset, run: RunRecord) {
  return queryOptions({
    ...computedForever,
    queryKey: ['label-scores', comparison.key, dataset.labelColumn, run.id],
    queryFn: ({ signal }) =>
      reportMeasure(async () => {
        const rows = labelledOf(comparison, dataset);
        if (rows === null) return null;
        const { members, classOf, classCount, k } = rows;
        const lists =
          members.length === comparison.rows.length
            ? await awaitQuery(comparedListsQuery(comparison, run), signal)
            : await inTurn(signal, () => searchNeighbours(run, members, k, signal));
        const request = {
          matrix: run.id,
          members,
          classOf,
          classCount,
          k,
          ids: lists.ids,
          similarities: lists.similarities,
          listLength: lists.k,
        };
        return withNewWorker(() => compute.callFree('scoreLabels', request, { signal }));
      }),
  });
}
