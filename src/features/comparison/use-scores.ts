import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type Estimate, noEstimate } from '@/core/evaluation/bootstrap';
import type { LabelledRows, LabelMeasure, LabelScores } from '@/core/evaluation/label-scores';
import { labelColumns, type ScoreColumn } from '@/core/evaluation/score-words';
import type { SpaceScores } from '@/core/evaluation/space-scores';
import { judge, type Verdict } from '@/core/evaluation/verdict';
import type { Comparison } from '@/queries/comparison';
import { effectiveRankQuery, labelledOf, labelScoresQuery, spaceScoresQuery } from '@/queries/run-scores';

export interface RunScores {
  readonly run: RunRecord;
  /** Undefined while it is computed. */
  readonly space: SpaceScores | undefined;
  readonly labels: LabelScores | null | undefined;
  estimateOf(column: ScoreColumn): Estimate | undefined;
  readonly error: Error | null;
}

export interface Scores {
  readonly runs: readonly RunScores[];
  /** Rows that the labels can score; null without labels. */
  readonly labelled: LabelledRows | null;
  /** Verdicts of a measure by labels, one a run; null until all are there. Of some runs only, the others have none. */
  verdictsOf(measure: LabelMeasure, among?: readonly number[]): readonly (Verdict | null)[] | null;
  retry(): void;
}

/** The scores of all compared runs, as they come. */
export function useScores(comparison: Comparison | null, dataset: Dataset): Scores {
  const runs = comparison?.runs ?? noRuns;
  const spaces = useQueries({
    queries: comparison === null ? [] : runs.map((run) => spaceScoresQuery(comparison, run)),
    combine: settle,
  });
  const labels = useQueries({
    queries: comparison === null ? [] : runs.map((run) => labelScoresQuery(comparison, dataset, run)),
    combine: settle,
  });
  const ranks = useQueries({
    queries: comparison === null ? [] : runs.map((run) => effectiveRankQuery(comparison, run)),
    combine: settle,
  });
  return useMemo(() => {
    const labelled = comparison === null ? null : labelledOf(comparison, dataset);
    const all = runs.map((run, i): RunScores => {
      const space = spaces.data[i];
      const ofLabels = labels.data[i];
      const rank = ranks.data[i];
      return {
        run,
        space,
        labels: ofLabels,
        error: spaces.errors[i] ?? labels.errors[i] ?? ranks.errors[i] ?? null,
        estimateOf: (column) => {
          if (column === 'effectiveRank')
            return rank === undefined ? undefined : { value: rank, low: null, high: null };
          const measure = labelColumns.find((name) => name === column);
          if (measure !== undefined) return ofLabels === null ? noEstimate : ofLabels?.[measure];
          return space?.[column as Exclude<ScoreColumn, LabelMeasure | 'effectiveRank'>];
        },
      };
    });
    const judged = new Map<string, readonly (Verdict | null)[] | null>();
    const verdictsOf = (measure: LabelMeasure, among?: readonly number[]) => {
      if (labelled === null || all.some(({ labels: ofLabels }) => ofLabels == null)) return null;
      const key = `${measure} ${among?.join(' ') ?? ''}`;
      if (!judged.has(key)) {
        const values = all.map(({ labels: ofLabels }, i) =>
          among === undefined || among.includes(i) ? (ofLabels?.[measure].value ?? null) : null,
        );
        const draws = all.map(({ labels: ofLabels }) => ofLabels?.replicates[measure] ?? []);
        judged.set(key, judge(values, draws, labelled.members.length));
      }
      return judged.get(key) ?? null;
    };
    const retry = () => {
      for (const refetch of [spaces, labels, ranks].flatMap(({ failed }) => failed)) refetch();
    };
    return { runs: all, labelled, verdictsOf, retry };
  }, [comparison, dataset, runs, spaces, labels, ranks]);
}

const noRuns: readonly RunRecord[] = [];

interface Result<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  refetch(): Promise<unknown>;
}

function settle<Data>(results: readonly Result<Data>[]) {
  return {
    data: results.map(({ data }) => data),
    errors: results.map(({ error, isFetching }) => (isFetching ? null : error)),
    failed: results.flatMap(({ error, refetch }) => (error === null ? [] : [() => void refetch()])),
  };
}
