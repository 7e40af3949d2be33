import { describe, expect, it } from 'vitest';
import { rankNeighbours } from './rank-lines';

describe('rankNeighbours', () => {
  it('joins what both have by their places, and tells what only one has', () => {
    expect(rankNeighbours([4, 7, 2], [2, 9, 4])).toEqual({
      a: [
        { row: 4, isShared: true },
        { row: 7, isShared: false },
        { row: 2, isShared: true },
      ],
      b: [
        { row: 2, isShared: true },
        { row: 9, isShared: false },
        { row: 4, isShared: true },
      ],
      lines: [
        { row: 4, placeA: 0, placeB: 2 },
        { row: 2, placeA: 2, placeB: 0 },
      ],
    });
  });
});
