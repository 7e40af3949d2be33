import type { UnitRows } from './unit-rows';

/** Cosine of rows i and j, summed in float64 and kept within −1 to 1. */
export function cosineOf(rows: UnitRows, i: number, j: number): number {
  const { values, dims } = rows;
  const a = i * dims;
  const b = j * dims;
  let sum = 0;
  for (let k = 0; k < dims; k++) sum += values[a + k]! * values[b + k]!;
  return Math.max(-1, Math.min(1, sum));
}
