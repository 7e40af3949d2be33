import type { Work } from '@/core/work';
import type { Gram } from './gram';
import { leadingEigenpairs } from './leading-eigenpairs';
import { rowsPerYield, type UnitRows } from './unit-rows';

export interface PrincipalPlane {
  /** count × 2, in members' order: scores on the first two principal components, in units of the vectors. */
  readonly coordinates: Float32Array<ArrayBuffer>;
  /** Share of the variance along each axis. */
  readonly explained: readonly [number, number];
}

/** Mean squared distance from the mean below which vectors differ by rounding only. */
export const noVariance = 1e-13;
/** Share of the first eigenvalue below which the second is rounding. */
const noSecondAxis = 1e-10;

/**
 * Exact PCA to two dimensions from the members' Gram matrix. On each axis the score that is largest in absolute value (the first
 * of those within a millionth of it) is positive. Axes without variance are zero. Deterministic.
 */
export function* principalPlane(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly gram: Gram;
}): Work<PrincipalPlane> {
  const { rows, members, gram } = request;
  const count = members.length;
  const coordinates = new Float32Array(count * 2);
  const explained: [number, number] = [0, 0];
  let variance = 0;
  for (const squared of gram.squaredLengths) variance += squared;
  if (!(variance > count * noVariance)) return { coordinates, explained };

  const pairs = yield* leadingEigenpairs(gram.values, gram.size, 2);
  const largest = pairs.values[0]!;
  const axes = pairs.values.flatMap((value, axis) => (value > largest * noSecondAxis ? [axis] : []));
  if (axes.length === 0) return { coordinates, explained };
  const directions = axes.map((axis) => pairs.vectors[axis]!);
  const scores =
    gram.kind === 'rows'
      ? directions.map((vector, at) => vector.map((entry) => entry * Math.sqrt(pairs.values[axes[at]!]!)))
      : yield* projectOn(rows, members, gram.mean, directions);
  axes.forEach((axis, at) => {
    const sign = signOfLargest(scores[at]!);
    for (let member = 0; member < count; member++)
      coordinates[member * 2 + axis] = sign * scores[at]![member]!;
    explained[axis] = Math.min(1, pairs.values[axis]! / variance);
  });
  return { coordinates, explained };
}

/** Scores on one or two directions. */
function* projectOn(
  rows: UnitRows,
  members: Uint32Array,
  mean: Float64Array,
  directions: readonly Float64Array[],
): Work<Float64Array[]> {
  const scores = directions.map(() => new Float64Array(members.length));
  const [first, second = first] = directions;
  const [ofFirst, ofSecond = ofFirst] = scores;
  const rowsAYield = rowsPerYield(rows.dims);
  for (let from = 0; from < members.length; from += rowsAYield) {
    const to = Math.min(members.length, from + rowsAYield);
    project(rows, members, from, to, mean, first!, second!, ofFirst!, ofSecond!);
    yield { done: to, total: members.length };
  }
  return scores;
}

/** Both directions at once, and two sums each: one addition need not wait for the one before. */
function project(
  { values, dims }: UnitRows,
  members: Uint32Array,
  from: number,
  to: number,
  mean: Float64Array,
  first: Float64Array,
  second: Float64Array,
  ofFirst: Float64Array,
  ofSecond: Float64Array,
): void {
  const even = dims - (dims % 2);
  for (let member = from; member < to; member++) {
    const start = members[member]! * dims;
    let first0 = 0;
    let first1 = 0;
    let second0 = 0;
    let second1 = 0;
    for (let k = 0; k < even; k += 2) {
      const value0 = values[start + k]! - mean[k]!;
      const value1 = values[start + k + 1]! - mean[k + 1]!;
      first0 += value0 * first[k]!;
      first1 += value1 * first[k + 1]!;
      second0 += value0 * second[k]!;
      second1 += value1 * second[k + 1]!;
    }
    if (even < dims) {
      const value = values[start + even]! - mean[even]!;
      first0 += value * first[even]!;
      second0 += value * second[even]!;
    }
    ofFirst[member] = first0 + first1;
    ofSecond[member] = second0 + second1;
  }
}

/** The sign that makes the largest score positive: the first of those within a millionth of it. */
export function signOfLargest(scores: Float64Array): number {
  let largest = 0;
  for (const score of scores) largest = Math.max(largest, Math.abs(score));
  const first = scores.find((score) => Math.abs(score) >= largest * (1 - 1e-6));
  return first !== undefined && first < 0 ? -1 : 1;
}
