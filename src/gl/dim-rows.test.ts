import { expect, test } from 'vitest';
import { dimRows } from './dim-rows';

const groups = {
  names: ['a', 'b'],
  counts: [2, 1],
  groupOf: Int32Array.of(0, 1, -1, 0),
  emptyCount: 1,
};
const plain = {
  rowCount: 4,
  groups,
  focused: null,
  hiddenGroups: new Set<number>(),
  selection: [],
};

test('filtered rows are hidden, unselected and unfocused ones grey', () => {
  expect(dimRows(plain)).toBeNull();
  expect(dimRows({ ...plain, selection: [1, 3] })).toEqual(Uint8Array.of(1, 0, 1, 0));
  expect(dimRows({ ...plain, hiddenGroups: new Set([-1]) })).toEqual(Uint8Array.of(0, 0, 2, 0));
  const both = { ...plain, focused: new Set([0]), hiddenGroups: new Set([-1]), selection: [0] };
  expect(dimRows(both)).toEqual(Uint8Array.of(0, 1, 2, 1));
  expect(dimRows({ ...both, groups: null, selection: [] })).toBeNull();
});
