import { expect, it } from 'vitest';
import { mostFrequentGroup, rowsOfBlock } from './block-rows';

it('a line of a drawn matrix stands for all rows of its block, fewer at the end', () => {
  // 11 rows, backwards, that travelled as 3 cells of 4.
  const rows = Int32Array.from({ length: 11 }, (_, i) => 10 - i);
  const of = (level: number, line: number) => [...rowsOfBlock(rows, 2, level, line)];
  expect([0, 1, 2].map((line) => of(0, line))).toEqual([
    [10, 9, 8, 7],
    [6, 5, 4, 3],
    [2, 1, 0],
  ]);
  // Drawn one level higher, two cells are one line.
  expect([0, 1, 2].map((line) => of(1, line).length)).toEqual([8, 8, 3]);
  expect([...rowsOfBlock(rows, 0, 0, 3)]).toEqual([7]);
});

it('a block has the group of most of its rows', () => {
  const groupOf = Int32Array.of(2, 0, 0, -1, -1, -1, 1);
  expect(mostFrequentGroup(Int32Array.of(0, 1, 2), groupOf)).toBe(0);
  expect(mostFrequentGroup(Int32Array.of(3, 4, 0), groupOf)).toBe(-1);
  expect(mostFrequentGroup(Int32Array.of(6, 0), groupOf)).toBe(1);
});
