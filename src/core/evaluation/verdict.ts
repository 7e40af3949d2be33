import { fewestTellingRows, quantile } from '@/core/evaluation/bootstrap';

/** What one run's score comes to beside the highest. */
export type Verdict =
  | { readonly kind: 'highest' }
  /** The interval of the gap holds 0, or the rows are too few. */
  | ({ readonly kind: 'close' } & Gap)
  | ({ readonly kind: 'behind' } & Gap);

interface Gap {
  /** How far the highest is ahead, with its interval. */
  readonly gap: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Compares the run with the highest score with every other, by a bootstrap of the largest difference: the interval of each gap is
 * as wide as the largest of all pairwise differences strays, each in units of its own spread, in 95 % of the draws. So among
 * twelve equal runs none wins by luck (simultaneous intervals after Tukey; Efron & Tibshirani 1993, ch. 16).
 * @param scores one a run; null where it has none
 * @param replicates the same draws for all runs, one array a run
 * @returns one verdict a run, null for runs without a score; null where fewer than two runs have one
 */
export function judge(
  scores: readonly (number | null)[],
  replicates: readonly ArrayLike<number>[],
  rowCount: number,
): (Verdict | null)[] | null {
  const measured = scores.flatMap((score, run) =>
    score === null ? [] : [{ run, score, draws: replicates[run]! }],
  );
  if (measured.length < 2) return null;
  const drawCount = measured[0]!.draws.length;
  const largest = new Float64Array(drawCount);
  const spreads = new Map<string, number>();
  for (let i = 0; i < measured.length; i++) {
    for (let j = i + 1; j < measured.length; j++) {
      const [a, b] = [measured[i]!, measured[j]!];
      const gap = a.score - b.score;
      let squares = 0;
      for (let draw = 0; draw < drawCount; draw++) squares += (a.draws[draw]! - b.draws[draw]! - gap) ** 2;
      const spread = Math.sqrt(squares / drawCount);
      spreads.set(`${a.run} ${b.run}`, spread);
      spreads.set(`${b.run} ${a.run}`, spread);
      if (!(spread > 0)) continue;
      for (let draw = 0; draw < drawCount; draw++) {
        const stray = Math.abs(a.draws[draw]! - b.draws[draw]! - gap) / spread;
        if (stray > largest[draw]!) largest[draw] = stray;
      }
    }
  }
  const width = quantile(largest.sort(), 0.95);
  const best = measured.reduce((top, each) => (each.score > top.score ? each : top));
  return scores.map((score, run) => {
    if (score === null) return null;
    if (run === best.run) return { kind: 'highest' };
    const gap = best.score - score;
    const half = width * spreads.get(`${best.run} ${run}`)!;
    const isClear = rowCount >= fewestTellingRows && gap - half > 0;
    return { kind: isClear ? 'behind' : 'close', gap, low: gap - half, high: gap + half };
  });
}
