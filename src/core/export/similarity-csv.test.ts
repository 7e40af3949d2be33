import { describe, expect, it } from 'vitest';
import { similarityCsvLine } from './similarity-csv';

describe('similarityCsvLine', () => {
  it('writes six decimals and leaves cells of failed rows empty', () => {
    expect(similarityCsvLine(Float32Array.of(1, 0.5, -0.25, Number.NaN, 0))).toBe(
      '1.000000,0.500000,-0.250000,,0.000000\n',
    );
    expect(similarityCsvLine([0.12345649, -1 / 3])).toBe('0.123456,-0.333333\n');
    expect(similarityCsvLine([Number.NaN, Number.NaN])).toBe(',\n');
  });

  it('does not write a negative zero', () => {
    expect(similarityCsvLine([-1e-9])).toBe('0.000000\n');
  });
});
