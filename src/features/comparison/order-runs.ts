import type { Estimate } from '@/core/evaluation/bootstrap';
import type { ScoreColumn } from '@/core/evaluation/score-words';

interface Scored {
  estimateOf(column: ScoreColumn): Estimate | undefined;
}

/** Places of the runs in the scoreboard: the highest score first, runs without one last, else as they were added. */
export function orderRuns(runs: readonly Scored[], column: ScoreColumn | null): number[] {
  const scoreOf = (run: Scored) =>
    column === null ? 0 : (run.estimateOf(column)?.value ?? Number.NEGATIVE_INFINITY);
  const places = runs.map((_, i) => i);
  const scores = runs.map(scoreOf);
  return places.sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b]! - scores[a]!));
}
