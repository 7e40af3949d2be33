import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';

/** A number with its 95 % interval; `low` and `high` are null where there is none, `value` where it cannot be had. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const noEstimate: Estimate = { value: null, low: null, high: null };

const drawCount = 1000;
/** Every bootstrap over as many rows draws the same rows, so that what is drawn for one run pairs with every other. */
const drawSeed = 20_250_101;

/** Fewer rows than this cannot tell one model from another. */
export const fewestTellingRows = 30;

const picksAYield = 2 ** 16;

/**
 * Replicates of some statistics: `measure` is given the rows of each draw (positions 0 … count − 1, with replacement, valid
 * until the next call) and writes one number a statistic. Efron 1979. Returns one array of `draws` numbers a statistic.
 */
export function* bootstrap(request: {
  readonly count: number;
  readonly statistics: number;
  readonly measure: (picks: Uint32Array, out: Float64Array) => void;
  readonly draws?: number;
  readonly seed?: number;
}): Work<Float64Array<ArrayBuffer>[]> {
  const { count, statistics, measure, draws = drawCount, seed = drawSeed } = request;
  const random = seededRandom(seed);
  const picks = new Uint32Array(count);
  const out = new Float64Array(statistics);
  const replicates = Array.from({ length: statistics }, () => new Float64Array(draws));
  let picked = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < count; i++) picks[i] = Math.floor(random() * count);
    measure(picks, out);
    for (let s = 0; s < statistics; s++) replicates[s]![draw] = out[s]!;
    picked += count;
    if (picked >= picksAYield) {
      picked = 0;
      yield { done: draw + 1, total: draws };
    }
  }
  return replicates;
}

/** Replicates of the means of per-row scores; NaN scores count as rows that do not take part. */
export function* bootstrapMeans(
  scores: readonly ArrayLike<number>[],
  count: number,
): Work<Float64Array<ArrayBuffer>[]> {
  return yield* bootstrap({
    count,
    statistics: scores.length,
    measure: (picks, out) => {
      scores.forEach((score, s) => {
        out[s] = meanOf(score, picks);
      });
    },
  });
}

function meanOf(scores: ArrayLike<number>, picks: Uint32Array): number {
  let sum = 0;
  let counted = 0;
  for (let i = 0; i < picks.length; i++) {
    const score = scores[picks[i]!]!;
    if (Number.isNaN(score)) continue;
    sum += score;
    counted++;
  }
  return sum / counted;
}

/** The value between which and which 95 % of the replicates lie; null where fewer than half of them are numbers. */
export function percentileInterval(replicates: ArrayLike<number>): {
  low: number | null;
  high: number | null;
} {
  const sorted = Float64Array.from(replicates)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sorted.length * 2 < replicates.length || sorted.length === 0) return { low: null, high: null };
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/** Quantile of sorted values, between the two nearest where it falls between them. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

export function withInterval(value: number | null, replicates: ArrayLike<number>): Estimate {
  if (value === null || Number.isNaN(value)) return noEstimate;
  return { value, ...percentileInterval(replicates) };
}
