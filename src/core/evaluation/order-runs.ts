import type { RunRecord } from '@/core/embedding/run';
import type { Estimate } from '@/core/evaluation/bootstrap';
import { labelColumns, type ScoreColumn, spaceColumns } from '@/core/evaluation/score-words';

interface Scored {
  estimateOf(column: ScoreColumn): Estimate | undefined;
}

interface Scores {
  readonly runs: readonly (Scored & { readonly run: RunRecord })[];
  /** Null without labels. */
  readonly labelled: object | null;
}

/** Places of the runs in the scoreboard: the highest score first, runs without one last, else as they were added. */
export function orderRuns(runs: readonly Scored[], column: ScoreColumn | null): number[] {
  const scoreOf = (run: Scored) =>
    column === null ? 0 : (run.estimateOf(column)?.value ?? Number.NEGATIVE_INFINITY);
  const places = runs.map((_, i) => i);
  const scores = runs.map(scoreOf);
  return places.sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b]! - scores[a]!));
}

/** The measure that orders the scoreboard: the one chosen where it is shown, else the first by labels, else none. */
export function sortingColumn(
  { labelled }: Pick<Scores, 'labelled'>,
  chosen: string | null,
): ScoreColumn | null {
  const columns: readonly ScoreColumn[] = [...(labelled === null ? [] : labelColumns), ...spaceColumns];
  return columns.find((column) => column === chosen) ?? (labelled === null ? null : 'knnAccuracy');
}

/** The compared runs as the scoreboard lists them. */
export function runsByScore(scores: Scores, chosen: string | null): RunRecord[] {
  return orderRuns(scores.runs, sortingColumn(scores, chosen)).map((place) => scores.runs[place]!.run);
}
