import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFloat32 } from './float32-text';

describe('formatFloat32', () => {
  it('writes as few digits as needed', () => {
    expect(formatFloat32(Math.fround(0.1))).toBe('0.1');
    expect(formatFloat32(-2.5)).toBe('-2.5');
    expect(formatFloat32(0)).toBe('0');
    expect(formatFloat32(Number.NaN)).toBe('');
    expect(formatFloat32(Number.NEGATIVE_INFINITY)).toBe('');
  });

  it('brings every float32 back', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // −0 is written as 0.
        expect(Math.fround(Number(formatFloat32(value)))).toBe(value + 0);
      }),
      { seed: 20261122, numRuns: 2000 },
    );
  });
});
