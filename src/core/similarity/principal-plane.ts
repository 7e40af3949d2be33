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
  for (let axis = 0; axis < pairs.values.length; axis++) {
    const eigenvalue = pairs.values[axis]!;
    if (!(eigenvalue > largest * noSecondAxis)) continue;
    const scores =
      gram.kind === 'rows'
        ? pairs.vectors[axis]!.map((entry) => entry * Math.sqrt(eigenvalue))
        : yield* projectOn(rows, members, gram.mean, pairs.vectors[axis]!);
    const sign = signOfLargest(scores);
    for (let member = 0; member < count; member++) coordinates[member * 2 + axis] = sign * scores[member]!;
    explained[axis] = Math.min(1, eigenvalue / variance);
  }
  return { coordinates, explained };
}

function* projectOn(
  rows: UnitRows,
  members: Uint32Array,
  mean: Float64Array,
  direction: Float64Array,
): Work<Float64Array> {
  const scores = new Float64Array(members.length);
  const rowsAYield = rowsPerYield(rows.dims);
  for (let from = 0; from < members.length; from += rowsAYield) {
    const to = Math.min(members.length, from + rowsAYield);
    project(rows, members, from, to, mean, direction, scores);
    yield { done: to, total: members.length };
  }
  return scores;
}

/** Four sums each: one addition need not wait for the one before. */
function project(
  { values, dims }: UnitRows,
  members: Uint32Array,
  from: number,
  to: number,
  mean: Float64Array,
  direction: Float64Array,
  scores: Float64Array,
): void {
  const whole = dims - (dims % 4);
  for (let member = from; member < to; member++) {
    const start = members[member]! * dims;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let k = 0; k < whole; k += 4) {
      s0 += (values[start + k]! - mean[k]!) * direction[k]!;
      s1 += (values[start + k + 1]! - mean[k + 1]!) * direction[k + 1]!;
      s2 += (values[start + k + 2]! - mean[k + 2]!) * direction[k + 2]!;
      s3 += (values[start + k + 3]! - mean[k + 3]!) * direction[k + 3]!;
    }
    for (let k = whole; k < dims; k++) s0 += (values[start + k]! - mean[k]!) * direction[k]!;
    scores[member] = s0 + s1 + s2 + s3;
  }
}

/** The sign that makes the largest score positive: the first of those within a millionth of it. */
export function signOfLargest(scores: Float64Array): number {
  let largest = 0;
  for (const score of scores) largest = Math.max(largest, Math.abs(score));
  const first = scores.find((score) => Math.abs(score) >= largest * (1 - 1e-6));
  return first !== undefined && first < 0 ? -1 : 1;
}
