import { describe, expect, it } from 'vitest';
import { meanShares, spreadShares, trailRows } from './shared-rows';

describe('spreadShares', () => {
  it('leaves rows that are not compared without a share', () => {
    const shares = spreadShares({ rows: Uint32Array.from([0, 3]), perRow: Float32Array.from([1, 0.5]) }, 4);
    expect([...shares]).toEqual([1, Number.NaN, Number.NaN, 0.5]);
  });
});

describe('meanShares', () => {
  it('is the mean, and nothing where one has none', () => {
    const mean = meanShares([Float32Array.from([1, 0.5]), Float32Array.from([0.5, Number.NaN])]);
    expect([...mean]).toEqual([0.75, Number.NaN]);
  });
});

describe('trailRows', () => {
  it('takes the rows that keep the fewest neighbours, none that keep all', () => {
    expect(trailRows(Float32Array.from([1, 0.2, Number.NaN, 0, 0.2, 1]))).toEqual([3, 1, 4]);
    expect(trailRows(new Float32Array(9).fill(1))).toEqual([]);
    expect(trailRows(new Float32Array(100))).toHaveLength(40);
  });
});
