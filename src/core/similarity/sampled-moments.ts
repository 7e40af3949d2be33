import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';
import type { PairMoments } from './pair-moments';
import { addRows, rowsPerYield, type UnitRows } from './unit-rows';

/** Pairs drawn by chance for the deviation of all. */
export const pairsSampled = 200_000;

/**
 * Moments of the cosines of members too many to multiply all: the mean is exact, (n‖c‖² − 1)/(n − 1) with c the mean of the unit
 * rows (MEASURES); the deviation is that of 200,000 pairs drawn by chance about it. Sums are float64. Equal input, equal result.
 * Null under two members. Progress counts rows.
 */
export function* sampledMoments(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly seed: number;
}): Work<PairMoments> {
  const { rows, members, seed } = request;
  const count = members.length;
  if (count < 2) return { mean: null, sd: null };
  const pause = rowsPerYield(rows.dims);
  const sum = new Float64Array(rows.dims);
  for (let from = 0; from < count; from += pause) {
    addRows(rows, members, from, Math.min(count, from + pause), sum);
    yield { done: from, total: count };
  }
  let squares = 0;
  for (const value of sum) squares += (value / count) ** 2;
  const mean = (count * squares - 1) / (count - 1);
  return { mean, sd: yield* sampledDeviation(rows, members, mean, seed) };
}

/** Root of the mean square of the cosines of 200,000 seeded pairs of different members about `mean`. */
export function* sampledDeviation(
  rows: UnitRows,
  members: Uint32Array,
  mean: number,
  seed: number,
): Work<number> {
  const random = seededRandom(seed);
  const pause = rowsPerYield(rows.dims);
  let squares = 0;
  for (let from = 0; from < pairsSampled; from += pause) {
    squares += squaresOfPairs(rows, members, mean, random, Math.min(pause, pairsSampled - from));
    yield { done: members.length, total: members.length };
  }
  return Math.sqrt(squares / pairsSampled);
}

// A loop of its own: in the middle of a generator it takes several times as long.
function squaresOfPairs(
  { values, dims }: UnitRows,
  members: Uint32Array,
  mean: number,
  random: () => number,
  pairs: number,
): number {
  const count = members.length;
  let squares = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const first = Math.floor(random() * count);
    const second = Math.floor(random() * (count - 1));
    const a = members[first]! * dims;
    const b = members[second < first ? second : second + 1]! * dims;
    let cosine = 0;
    for (let k = 0; k < dims; k++) cosine += values[a + k]! * values[b + k]!;
    squares += (cosine - mean) ** 2;
  }
  return squares;
}
