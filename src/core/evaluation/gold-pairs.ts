import { bootstrap, type Estimate, noEstimate, withInterval } from '@/core/evaluation/bootstrap';
import type { GoldPairs } from '@/core/evaluation/judged-pairs';
import { averageRanks, correlateRanks } from '@/core/similarity/spearman';
import type { Work } from '@/core/work';

/** How well one run's cosines follow the judgements. */
export interface GoldScores {
  /** Spearman of cosine and score; no number for same/not pairs. */
  readonly spearman: Estimate;
  /** Mean precision at each same pair, by falling cosine; no number for scored pairs. */
  readonly averagePrecision: Estimate;
  /** The cosine from which on calling pairs same gives the best F1, and that F1; null for scored pairs. */
  readonly cutOff: number | null;
  readonly bestF1: number | null;
  /**
   * Pairs that the cosines contradict: for scores all of them, those first whose rank by cosine is farthest from their score's;
   * for same/not pairs those on the wrong side of the best cut-off, in their order.
   */
  readonly against: Uint32Array<ArrayBuffer>;
  /** Replicates of what has a number, for the same pairs in every run. */
  readonly replicates: Float64Array<ArrayBuffer>;
}

/**
 * Scores of one run on judged pairs. Intervals resample pairs; Spearman keeps the ranks of all pairs. Equal cosines share
 * their place: precision counts all pairs down to the last of them.
 */
export function* goldScores(
  cosines: Float64Array,
  scores: Float64Array,
  kind: GoldPairs['kind'],
): Work<GoldScores> {
  const count = cosines.length;
  const none = { spearman: noEstimate, averagePrecision: noEstimate, cutOff: null, bestF1: null };
  if (kind === 'score') {
    const [x, y] = [averageRanks(cosines), averageRanks(scores)];
    const value = count < 3 ? null : correlateRanks(x, y);
    const [replicates] = yield* bootstrap({
      count,
      statistics: 1,
      measure: (picks, out) => {
        out[0] = correlate(x, y, picks);
      },
    });
    const against = Uint32Array.from({ length: count }, (_, i) => i).sort(
      (a, b) => Math.abs(x[b]! - y[b]!) - Math.abs(x[a]! - y[a]!) || a - b,
    );
    return { ...none, spearman: withInterval(value, replicates!), against, replicates: replicates! };
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (a, b) => cosines[b]! - cosines[a]! || a - b,
  );
  const all = new Uint32Array(count).fill(1);
  const own = rankSame(order, cosines, scores, all);
  const times = new Uint32Array(count);
  const [replicates] = yield* bootstrap({
    count,
    statistics: 1,
    measure: (picks, out) => {
      times.fill(0);
      for (const pick of picks) times[pick]!++;
      out[0] = rankSame(order, cosines, scores, times).precision ?? Number.NaN;
    },
  });
  return {
    ...none,
    averagePrecision: withInterval(own.precision, replicates!),
    cutOff: own.cutOff,
    bestF1: own.f1,
    against: Uint32Array.from(
      Array.from(scores.keys()).filter(
        (pair) => own.cutOff !== null && cosines[pair]! >= own.cutOff !== (scores[pair] === 1),
      ),
    ),
    replicates: replicates!,
  };
}

function correlate(x: Float64Array, y: Float64Array, picks: Uint32Array): number {
  const n = picks.length;
  let [sumX, sumY] = [0, 0];
  for (const pick of picks) {
    sumX += x[pick]!;
    sumY += y[pick]!;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (const pick of picks) {
    const a = x[pick]! - sumX / n;
    const b = y[pick]! - sumY / n;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}

/** Average precision and the cut-off of the best F1 with each pair counted `times`; null without a same pair. */
function rankSame(order: Uint32Array, cosines: Float64Array, scores: Float64Array, times: Uint32Array) {
  let same = 0;
  for (const pair of order) if (scores[pair] === 1) same += times[pair]!;
  if (same === 0) return { precision: null, cutOff: null, f1: null };
  let taken = 0;
  let right = 0;
  let precision = 0;
  let f1 = 0;
  let cutOff = Number.NaN;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let found = 0;
    while (end < order.length && cosines[order[end]!] === cosines[order[start]!]) {
      const pair = order[end++]!;
      taken += times[pair]!;
      if (scores[pair] === 1) found += times[pair]!;
    }
    right += found;
    if (taken > 0) precision += (found * right) / taken / same;
    const here = (2 * right) / (taken + same);
    if (here > f1) {
      f1 = here;
      cutOff = cosines[order[start]!]!;
    }
    start = end;
  }
  return { precision, cutOff, f1 };
}
