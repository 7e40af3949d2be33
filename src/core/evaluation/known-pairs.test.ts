import { describe, expect, it } from 'vitest';
import { pairsByLabel } from './known-pairs';

describe('pairsByLabel', () => {
  it('takes all pairs of labelled rows', () => {
    const { rows, same, isSampled } = pairsByLabel(Int32Array.of(0, -1, 1, 0));
    expect([...rows]).toEqual([0, 2, 0, 3, 2, 3]);
    expect([...same]).toEqual([0, 1, 0]);
    expect(isSampled).toBe(false);
  });

  it('samples different pairs where there are too many, about as many of one label as there are', () => {
    const groupOf = Int32Array.from({ length: 400 }, (_, row) => row % 5);
    const { rows, same, isSampled } = pairsByLabel(groupOf, 5000);
    expect(isSampled).toBe(true);
    const keys = new Set(Array.from(same, (_, pair) => `${rows[2 * pair]} ${rows[2 * pair + 1]}`));
    expect(keys.size).toBe(5000);
    const share = same.reduce((sum, value) => sum + value, 0) / 5000;
    expect(Math.abs(share - 79 / 399)).toBeLessThan(0.02);
  });
});
