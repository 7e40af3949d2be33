import { describe, expect, it } from 'vitest';
import { countByShared, orderByOverlap, pickRows } from './order-by-overlap';

const ordered = orderByOverlap({
  k: 10,
  perRow: Float32Array.from([1, 0.3, 0, 0.3]),
  rows: Uint32Array.from([2, 5, 6, 9]),
});

describe('orderByOverlap', () => {
  it('puts rows with the fewest common neighbours first, equal ones by row', () => {
    expect(ordered).toEqual([
      { row: 6, position: 2, shared: 0 },
      { row: 5, position: 1, shared: 3 },
      { row: 9, position: 3, shared: 3 },
      { row: 2, position: 0, shared: 10 },
    ]);
  });

  it('counts whole neighbours, however the shares were rounded', () => {
    const perRow = Float32Array.from({ length: 21 }, (_, i) => i / 20);
    const rows = Uint32Array.from({ length: 21 }, (_, i) => i);
    expect(orderByOverlap({ k: 20, perRow, rows }).map(({ shared }) => shared)).toEqual([...perRow.keys()]);
  });
});

describe('countByShared', () => {
  it('counts the rows of every number of neighbours', () => {
    expect(countByShared(ordered, 10)).toEqual([1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('pickRows', () => {
  it('keeps what lies in the range, its ends included, and is selected', () => {
    expect(pickRows(ordered, null, null)).toBe(ordered);
    expect(pickRows(ordered, [0, 3], null).map(({ row }) => row)).toEqual([6, 5, 9]);
    expect(pickRows(ordered, [3, 9], new Set([9, 2])).map(({ row }) => row)).toEqual([9]);
  });
});
