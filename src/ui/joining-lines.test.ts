import { expect, test } from 'vitest';
import { joinLists } from './joining-lines';

test('rows in both lists are joined by their places', () => {
  const list = (...rows: number[]) => rows.map((row) => ({ row }));
  expect(joinLists(list(5, 3, 9), list(9, 4, 5))).toEqual([
    { row: 5, left: 0, right: 2 },
    { row: 9, left: 2, right: 0 },
  ]);
  expect(joinLists([], list(1))).toEqual([]);
});
