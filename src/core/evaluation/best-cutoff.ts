import { type Estimate, percentileInterval } from '@/core/evaluation/bootstrap';
import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';

/** Pairs that are known to mean the same or not. */
export interface JudgedPairs {
  readonly cosines: ArrayLike<number>;
  /** 1 where the two mean the same, else 0. */
  readonly same: ArrayLike<number>;
  /**
   * The rows of each pair where pairs share rows, as all pairs under one label do: then the rows are drawn again, not the pairs. Null
   * draws the pairs.
   */
  readonly rows: { readonly a: ArrayLike<number>; readonly b: ArrayLike<number> } | null;
}

/** How well a cut-off tells the same from the different. */
interface CutoffScore {
  /** Pairs at this cosine or above count as the same. */
  readonly cutoff: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface BestCutoff extends CutoffScore {
  /** 95 %, by bootstrap: of the best cut-off of each draw, and of the measures of this cut-off in each draw. */
  readonly intervals: Readonly<Record<'cutoff' | 'precision' | 'recall' | 'f1', Omit<Estimate, 'value'>>>;
  /** Chance that a same pair has a higher cosine than a different one, ties counting half. */
  readonly auc: number;
  /** Shares of different and of same pairs at falling cut-offs, from (0, 0) to (1, 1); at most some 200 points. */
  readonly roc: readonly (readonly [number, number])[];
  readonly sameCount: number;
  readonly differentCount: number;
}

const usualDraws = 400;
const drawSeed = 20_250_101;
const mostRocPoints = 200;
const weighedAYield = 2 ** 18;

/**
 * The cut-off with the greatest F1 among the pairs' own cosines (the higher one where two are equal), with its intervals (Efron 1979,
 * percentile). Null where there are no same or no different pairs. Progress counts draws.
 */
export function* findBestCutoff(pairs: JudgedPairs, draws = usualDraws): Work<BestCutoff | null> {
  const count = pairs.cosines.length;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    (x, y) => pairs.cosines[y]! - pairs.cosines[x]! || x - y,
  );
  const cosines = Float64Array.from(order, (pair) => pairs.cosines[pair]!);
  const same = Uint8Array.from(order, (pair) => pairs.same[pair]!);
  const ones = new Float64Array(count).fill(1);
  const best = sweep(cosines, same, ones, null);
  if (best === null) return null;

  const drawn = {
    cutoff: new Float64Array(draws),
    precision: new Float64Array(draws),
    recall: new Float64Array(draws),
    f1: new Float64Array(draws),
  };
  const weights = new Float64Array(count);
  const weigh = drawWeights(pairs, order);
  let weighed = 0;
  for (let draw = 0; draw < draws; draw++) {
    weigh(weights);
    const found = sweep(cosines, same, weights, best.score.cutoff);
    drawn.cutoff[draw] = found?.score.cutoff ?? Number.NaN;
    drawn.precision[draw] = found?.atFixed.precision ?? Number.NaN;
    drawn.recall[draw] = found?.atFixed.recall ?? Number.NaN;
    drawn.f1[draw] = found?.atFixed.f1 ?? Number.NaN;
    weighed += count;
    if (weighed >= weighedAYield) {
      weighed = 0;
      yield { done: draw + 1, total: draws };
    }
  }
  const sameCount = same.reduce((sum, value) => sum + value, 0);
  return {
    ...best.score,
    intervals: {
      cutoff: percentileInterval(drawn.cutoff),
      precision: percentileInterval(drawn.precision),
      recall: percentileInterval(drawn.recall),
      f1: percentileInterval(drawn.f1),
    },
    ...rocOf(cosines, same),
    sameCount,
    differentCount: count - sameCount,
  };
}

/** Fills weights for the pairs in `order`: how often each was drawn, or both its rows. */
function drawWeights({ rows, cosines }: JudgedPairs, order: Uint32Array): (weights: Float64Array) => void {
  const random = seededRandom(drawSeed);
  const count = cosines.length;
  if (rows === null) {
    return (weights) => {
      weights.fill(0);
      for (let i = 0; i < count; i++) weights[Math.floor(random() * count)]! += 1;
    };
  }
  const places = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    for (const row of [rows.a[i]!, rows.b[i]!]) if (!places.has(row)) places.set(row, places.size);
  }
  const a = Uint32Array.from(order, (pair) => places.get(rows.a[pair]!)!);
  const b = Uint32Array.from(order, (pair) => places.get(rows.b[pair]!)!);
  const times = new Float64Array(places.size);
  return (weights) => {
    times.fill(0);
    for (let i = 0; i < times.length; i++) times[Math.floor(random() * times.length)]! += 1;
    for (let i = 0; i < count; i++) weights[i] = times[a[i]!]! * times[b[i]!]!;
  };
}

/** Goes through pairs of falling cosine once; null where one kind has no weight. `fixed`: a cut-off whose measures are wanted too. */
function sweep(
  cosines: Float64Array,
  same: Uint8Array,
  weights: Float64Array,
  fixed: number | null,
): { score: CutoffScore; atFixed: CutoffScore } | null {
  let allSame = 0;
  let all = 0;
  for (let i = 0; i < cosines.length; i++) {
    all += weights[i]!;
    allSame += weights[i]! * same[i]!;
  }
  if (allSame === 0 || allSame === all) return null;
  const scoreOf = (cutoff: number, taken: number, takenSame: number): CutoffScore => ({
    cutoff,
    precision: taken === 0 ? 1 : takenSame / taken,
    recall: takenSame / allSame,
    f1: (2 * takenSame) / (taken + allSame),
  });
  let taken = 0;
  let takenSame = 0;
  let best = scoreOf(1, 0, 0);
  let atFixed = best;
  for (let i = 0; i < cosines.length; i++) {
    taken += weights[i]!;
    takenSame += weights[i]! * same[i]!;
    // Equal cosines fall on the same side of any cut-off.
    if (i + 1 < cosines.length && cosines[i + 1] === cosines[i]) continue;
    const cutoff = cosines[i]!;
    if ((2 * takenSame) / (taken + allSame) > best.f1) best = scoreOf(cutoff, taken, takenSame);
    if (fixed !== null && cutoff >= fixed) atFixed = scoreOf(fixed, taken, takenSame);
  }
  return { score: best, atFixed };
}

function rocOf(cosines: Float64Array, same: Uint8Array): Pick<BestCutoff, 'auc' | 'roc'> {
  const allSame = same.reduce((sum, value) => sum + value, 0);
  const allDifferent = same.length - allSame;
  const roc: [number, number][] = [[0, 0]];
  let takenSame = 0;
  let takenDifferent = 0;
  let area = 0;
  let last: [number, number] = [0, 0];
  for (let i = 0; i < cosines.length; i++) {
    if (same[i] === 1) takenSame++;
    else takenDifferent++;
    if (i + 1 < cosines.length && cosines[i + 1] === cosines[i]) continue;
    const point: [number, number] = [takenDifferent / allDifferent, takenSame / allSame];
    area += ((point[0] - last[0]) * (point[1] + last[1])) / 2;
    last = point;
    const shown = roc.at(-1)!;
    if (point[0] - shown[0] + (point[1] - shown[1]) >= 2 / mostRocPoints) roc.push(point);
  }
  const end = roc.at(-1)!;
  if (end[0] < 1 || end[1] < 1) roc.push([1, 1]);
  return { auc: area, roc };
}
