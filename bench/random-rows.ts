import { seededGaussian } from '@/core/random';

/** Rows of length 1 in random directions, row-major. */
export function randomUnitRows(n: number, d: number, seed: number): Float32Array<ArrayBuffer> {
  const next = seededGaussian(seed);
  const rows = Float32Array.from({ length: n * d }, next);
  for (let row = 0; row < n; row++) {
    const values = rows.subarray(row * d, (row + 1) * d);
    let squares = 0;
    for (const value of values) squares += value * value;
    const factor = 1 / Math.sqrt(squares);
    for (let k = 0; k < d; k++) values[k]! *= factor;
  }
  return rows;
}
