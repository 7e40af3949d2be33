import { expect, it } from 'vitest';
import { normRange } from './norm-range';

it('is over the rows that have a vector', () => {
  const norms = Float32Array.from([1, 0, 4, 2, 16]);
  expect(normRange(norms, Uint32Array.from([0, 1, 2, 4]))).toEqual({ least: 1, median: 4, most: 16 });
  expect(normRange(norms, Uint32Array.from([0, 3]))).toEqual({ least: 1, median: 1.5, most: 2 });
  expect(normRange(norms, Uint32Array.from([1]))).toBeNull();
});
