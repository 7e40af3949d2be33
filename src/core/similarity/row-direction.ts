import type { UnitRows } from './unit-rows';

// Loops of their own: in the middle of a generator they take twice as long.

/** Dot product of a row and a direction (dims numbers). Four sums, so that one addition need not wait for the last. */
export function along({ values, dims }: UnitRows, row: number, direction: Float64Array): number {
  const start = row * dims;
  const even = dims - (dims % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let k = 0; k < even; k += 4) {
    a += values[start + k]! * direction[k]!;
    b += values[start + k + 1]! * direction[k + 1]!;
    c += values[start + k + 2]! * direction[k + 2]!;
    d += values[start + k + 3]! * direction[k + 3]!;
  }
  for (let k = even; k < dims; k++) a += values[start + k]! * direction[k]!;
  return a + b + (c + d);
}

/** sum += factor · row */
export function addTimes({ values, dims }: UnitRows, row: number, factor: number, sum: Float64Array): void {
  const start = row * dims;
  for (let k = 0; k < dims; k++) sum[k]! += factor * values[start + k]!;
}
