import { describe, expect, it } from 'vitest';
import { averageShares } from './average-shares';

const groups = {
  names: ['copper', 'velvet'],
  counts: [3, 2],
  groupOf: Int32Array.from([0, 1, 0, -1, 1, 0]),
  emptyCount: 1,
};
const rows = [5, 9, 1, 0, 7].map((shared, row) => ({ row, position: row, shared }));

describe('averageShares', () => {
  it('averages over the compared rows of each group, the lowest first, rows without a value too', () => {
    expect(averageShares(rows, groups)).toEqual([
      { group: -1, name: '', rows: [3], meanShared: 0 },
      { group: 0, name: 'copper', rows: [0, 2], meanShared: 3 },
      { group: 1, name: 'velvet', rows: [1, 4], meanShared: 8 },
    ]);
  });
});
