import { describe, expect, it } from 'vitest';
import { nearestCompared, orderByOverlap } from './order-by-overlap';

describe('orderByOverlap', () => {
  it('puts the rows that share least first, equal ones by row, and counts in whole neighbours', () => {
    const perRow = Float32Array.from([0.7, 0.1, 1, 0.1, 0]);
    expect(orderByOverlap({ k: 10, perRow, rows: Uint32Array.from([2, 3, 5, 7, 11]) })).toEqual([
      { row: 11, shared: 0 },
      { row: 3, shared: 1 },
      { row: 7, shared: 1 },
      { row: 2, shared: 7 },
      { row: 5, shared: 10 },
    ]);
  });

  it('counts exactly for every share that k allows', () => {
    for (let k = 1; k <= 10; k++) {
      const perRow = Float32Array.from({ length: k + 1 }, (_, shared) => shared / k);
      const ordered = orderByOverlap({ k, perRow, rows: Uint32Array.from(perRow.keys()) });
      expect(ordered.map(({ shared }) => shared)).toEqual([...perRow.keys()]);
    }
  });
});

describe('nearestCompared', () => {
  // Row 4 has no vector; list 1 is that of row 2.
  const lists = {
    k: 3,
    positionOf: Int32Array.from([0, -1, 1, 2, -1]),
    ids: Int32Array.from([2, 3, 1, 0, 3, -1, 1, -1, -1]),
  };

  it('takes the nearest row of the right list that is compared', () => {
    expect(nearestCompared(lists, 0, Uint8Array.from([1, 1, 1, 1, 1]))).toBe(2);
    expect(nearestCompared(lists, 0, Uint8Array.from([1, 1, 0, 1, 1]))).toBe(3);
    expect(nearestCompared(lists, 2, Uint8Array.from([0, 1, 1, 1, 1]))).toBe(3);
  });

  it('is null where no neighbour is compared, or the row has no vector', () => {
    expect(nearestCompared(lists, 2, Uint8Array.from([0, 1, 1, 0, 1]))).toBeNull();
    expect(nearestCompared(lists, 3, Uint8Array.from([1, 0, 1, 1, 1]))).toBeNull();
    expect(nearestCompared(lists, 4, Uint8Array.from([1, 1, 1, 1, 1]))).toBeNull();
  });
});
