import { expect, it } from 'vitest';
import { groupMix } from './group-mix';
import { groupRows } from './group-rows';
import { packTexts } from './text-column';

it('holds the groups of some rows against all rows', () => {
  const groups = groupRows(packTexts(['a', 'a', 'a', 'a', 'b', 'b', '', 'c']));
  expect(groupMix(groups, [0, 4, 5, 6])).toEqual([
    { group: 1, count: 2, countInAll: 2, lift: 2 },
    { group: -1, count: 1, countInAll: 1, lift: 2 },
    { group: 0, count: 1, countInAll: 4, lift: 0.5 },
  ]);
  expect(groupMix(groups, [])).toEqual([]);
});
