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
  const { values, dims } = rows;
  const scores = new Float64Array(members.length);
  const rowsAYield = rowsPerYield(dims);
  for (let member = 0; member < members.length; member++) {
    const start = members[member]! * dims;
    let score = 0;
    for (let k = 0; k < dims; k++) score += (values[start + k]! - mean[k]!) * direction[k]!;
    scores[member] = score;
    if ((member + 1) % rowsAYield === 0) yield { done: member + 1, total: members.length };
  }
  return scores;
}

/** The sign that makes the largest score positive: the first of those within a millionth of it. */
export function signOfLargest(scores: Float64Array): number {
  let largest = 0;
  for (const score of scores) largest = Math.max(largest, Math.abs(score));
  const first = scores.find((score) => Math.abs(score) >= largest * (1 - 1e-6));
  return first !== undefined && first < 0 ? -1 : 1;
}
