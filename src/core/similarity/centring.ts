import type { Work } from '@/core/work';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** What makes mean-centred rows out of unit rows: row i becomes scale[i] · (x_i − mean), of length 1 again. */
export interface Centring {
  /** The mean of the members. */
  readonly mean: Float64Array<ArrayBuffer>;
  /** One a row of the matrix; 0 for a row that is the mean itself, whose centred row is zero, and for rows that are no members. */
  readonly scale: Float64Array<ArrayBuffer>;
}

/** Below this a row is the mean up to the rounding of float32. */
const leastLength = 1e-6;

/** Finds the mean of the members (any order) and how long each of them is without it, in float64. */
export function* centreRows(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
}): Work<Centring> {
  const { rows, members } = request;
  const { values, dims } = rows;
  const rowsAYield = rowsPerYield(dims);
  const total = 2 * members.length;
  const mean = new Float64Array(dims);
  for (let at = 0; at < members.length; at++) {
    const start = members[at]! * dims;
    for (let k = 0; k < dims; k++) mean[k]! += values[start + k]!;
    if ((at + 1) % rowsAYield === 0) yield { done: at + 1, total };
  }
  for (let k = 0; k < dims; k++) mean[k]! /= Math.max(1, members.length);
  const scale = new Float64Array(dims === 0 ? 0 : values.length / dims);
  for (let at = 0; at < members.length; at++) {
    const start = members[at]! * dims;
    let square = 0;
    for (let k = 0; k < dims; k++) square += (values[start + k]! - mean[k]!) ** 2;
    const length = Math.sqrt(square);
    scale[members[at]!] = length < leastLength ? 0 : 1 / length;
    if ((at + 1) % rowsAYield === 0) yield { done: members.length + at + 1, total };
  }
  return { mean, scale };
}
