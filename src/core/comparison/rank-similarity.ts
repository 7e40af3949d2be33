import { bootstrap, type Estimate, noEstimate, withInterval } from '@/core/evaluation/bootstrap';
import type { PairSample } from '@/core/similarity/pair-sample';
import type { Work } from '@/core/work';

/** Most pairs for which all are ranked: those of 2,000 rows. Beyond, a sample of half a million. */
export function rankedPairs(count: number): number {
  return count <= 2000 ? 1_999_000 : 500_000;
}

/**
 * RSA: Spearman's correlation of the similarities of the same pairs in two runs (Kriegeskorte 2008), from their average ranks.
 * The interval resamples rows: a pair weighs as often as both its rows were drawn, to first order in these weights, ranks
 * kept. Null where one run's similarities do not vary.
 */
export function* rankSimilarity(request: {
  readonly ranksA: Float32Array;
  readonly ranksB: Float32Array;
  readonly pairs: PairSample;
  /** Rows that the pairs join. */
  readonly count: number;
}): Work<Estimate> {
  const { ranksA, ranksB, pairs, count } = request;
  const pairCount = ranksA.length;
  if (pairCount < 3) return noEstimate;
  const mean = (pairCount + 1) / 2;
  const scale = 1 / mean;
  /** Σ over the pairs of each row of x, y, xx, yy, xy. */
  const sums = Array.from({ length: 5 }, () => new Float64Array(count));
  const [x, y, xx, yy, xy] = sums as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let pair = 0; pair < pairCount; pair++) {
    const a = (ranksA[pair]! - mean) * scale;
    const b = (ranksB[pair]! - mean) * scale;
    for (const row of [pairs.first[pair]!, pairs.second[pair]!]) {
      x[row]! += a;
      y[row]! += b;
      xx[row]! += a * a;
      yy[row]! += b * b;
      xy[row]! += a * b;
    }
    if (pair % 2 ** 16 === 2 ** 16 - 1) yield { done: pair, total: pairCount };
  }
  const totals = sums.map((perRow) => perRow.reduce((sum, value) => sum + value, 0) / 2);
  const value = correlation(totals, pairCount);
  if (value === null) return noEstimate;
  const moments = new Float64Array(5);
  const [replicates] = yield* bootstrap({
    count,
    statistics: 1,
    measure: (picks, out) => {
      for (let s = 0; s < 5; s++) {
        const perRow = sums[s]!;
        let sum = -totals[s]!;
        for (let i = 0; i < count; i++) sum += perRow[picks[i]!]!;
        moments[s] = sum;
      }
      out[0] = correlation(moments, pairCount) ?? Number.NaN;
    },
  });
  return withInterval(value, replicates!);
}

function correlation([x, y, xx, yy, xy]: ArrayLike<number> & Iterable<number>, pairs: number): number | null {
  const varianceA = xx! - (x! * x!) / pairs;
  const varianceB = yy! - (y! * y!) / pairs;
  if (!(varianceA > 0 && varianceB > 0)) return null;
  return Math.max(-1, Math.min(1, (xy! - (x! * y!) / pairs) / Math.sqrt(varianceA * varianceB)));
}
