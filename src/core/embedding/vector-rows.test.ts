import { expect, it } from 'vitest';
import { spreadVectors } from './vector-rows';

const values = Float32Array.of(1, 2, 3, 4, 5, 6);
const batchesOf = (rowsOf: readonly (readonly number[])[], given = values, width = 2) =>
  Array.from(
    spreadVectors(
      rowsOf.map((rows, order) => ({ order, rows })),
      width,
      given,
    ),
  );

it('hands a reply of one row a vector on as it is', () => {
  const batches = batchesOf([[4], [7], [9]]);
  expect(batches).toEqual([{ rows: Uint32Array.of(4, 7, 9), width: 2, values }]);
  expect(batches[0]!.values).toBe(values);
});

it('copies what several rows share, and what some of the reply is left out of', () => {
  expect(batchesOf([[4, 5], [7], [9]])).toEqual([
    { rows: Uint32Array.of(4, 5, 7, 9), width: 2, values: Float32Array.of(1, 2, 1, 2, 3, 4, 5, 6) },
  ]);
  expect(batchesOf([[4], [7]])).toEqual([
    { rows: Uint32Array.of(4, 7), width: 2, values: Float32Array.of(1, 2, 3, 4) },
  ]);
  expect(batchesOf([[], [7], [9]])).toEqual([
    { rows: Uint32Array.of(7, 9), width: 2, values: Float32Array.of(3, 4, 5, 6) },
  ]);
});

it('cuts a large reply into batches of at most 8 MB with buffers of their own', () => {
  const width = 2 ** 20;
  const large = new Float32Array(5 * width).map((_, i) => Math.floor(i / width));
  const batches = batchesOf([[0], [1], [2], [3], [4]], large, width);
  expect(batches.map(({ rows }) => [...rows])).toEqual([[0, 1], [2, 3], [4]]);
  for (const { rows, values: part } of batches) {
    expect(part.buffer.byteLength).toBe(rows.length * width * 4);
    for (const [i, row] of rows.entries()) expect(part[i * width]).toBe(row);
  }
});
