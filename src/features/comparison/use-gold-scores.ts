import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { GoldScores } from '@/core/evaluation/gold-pairs';
import { type PlacedPairs, placePairs } from '@/core/evaluation/judged-pairs';
import { judge, type Verdict } from '@/core/evaluation/verdict';
import type { Comparison } from '@/queries/comparison';
import { goldScoresQuery, onlyCompared } from '@/queries/gold-scores';
import { goldPairsStore } from '@/state/gold-pairs';

export type GoldMeasure = 'spearman' | 'averagePrecision';

export interface ShownGold {
  readonly measure: GoldMeasure;
  /** Pairs whose texts are both among the compared rows. */
  readonly placed: PlacedPairs;
  /** Pairs with a text that is not among the compared rows. */
  readonly leftOut: number;
  /** One a run, undefined while it is computed. */
  readonly scores: readonly (GoldScores | undefined)[];
  /** One a run; null until all scores are there. */
  readonly verdicts: readonly (Verdict | null)[] | null;
  readonly error: Error | null;
  retry(): void;
}

/** Scores of the compared runs on the judged pairs of the file; null without a file. */
export function useGoldScores(comparison: Comparison | null, dataset: Dataset): ShownGold | null {
  const { pairs, version } = useStore(goldPairsStore);
  const placed = useMemo(
    () =>
      pairs === null || comparison === null
        ? null
        : onlyCompared(placePairs(dataset, pairs), comparison.rows, dataset.rowCount),
    [dataset, pairs, comparison],
  );
  const isScored = comparison !== null && pairs !== null && placed !== null && placed.scores.length > 0;
  const results = useQueries({
    queries: isScored ? comparison.runs.map((run) => goldScoresQuery(run, placed, pairs.kind, version)) : [],
    combine: (each) => ({
      scores: each.map(({ data }) => data),
      failed: each.filter(({ error, isFetching }) => error !== null && !isFetching),
    }),
  });
  return useMemo(() => {
    if (pairs === null || placed === null) return null;
    const { scores, failed } = results;
    const measure = pairs.kind === 'score' ? 'spearman' : 'averagePrecision';
    const known = scores.filter((score) => score !== undefined);
    const verdicts =
      known.length === 0 || known.length < scores.length
        ? null
        : judge(
            known.map((score) => score[measure].value),
            known.map(({ replicates }) => replicates),
            placed.scores.length,
          );
    return {
      measure,
      placed,
      leftOut: pairs.scores.length - placed.scores.length,
      scores,
      verdicts,
      error: failed[0]?.error ?? null,
      retry: () => {
        for (const { refetch } of failed) void refetch();
      },
    };
  }, [pairs, placed, results]);
}
