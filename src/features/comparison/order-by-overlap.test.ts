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
  it('passes over rows that are not compared', () => {
    const isCompared = Uint8Array.from([0, 1, 0, 1]);
    expect(nearestCompared([{ row: 2 }, { row: 3 }, { row: 1 }], isCompared)).toBe(3);
    expect(nearestCompared([{ row: 0 }, { row: 2 }], isCompared)).toBeNull();
    expect(nearestCompared([], isCompared)).toBeNull();
  });
});
