import { describe, expect, it } from 'vitest';
import { alignLayouts } from '@/core/projection/align-layouts';
import { describeResidual, explainAlignment } from './describe-alignment';

const places = Float32Array.from([0, 0, 1, 0, 3, 2, -2, 5]);
const aligned = alignLayouts(places, places);

describe('describeResidual', () => {
  it('says the share that is left over, never rounded to all or nothing', () => {
    const say = (residual: number | null) => describeResidual({ ...aligned, residual });
    expect(say(0.0812)).toBe('8 % left over');
    expect(say(0.001)).toBe('less than 1 % left over');
    expect(say(0)).toBe('nothing left over');
    expect(say(1)).toBe('100 % left over');
    expect(say(null)).toBe('too few rows in common');
    expect(describeResidual(aligned)).toBe('nothing left over');
  });
});

describe('explainAlignment', () => {
  it('says what was done over how many rows', () => {
    expect(explainAlignment(aligned, false)).toMatch(
      /^It started from the reference’s map, and was turned, scaled and moved onto it over 4 rows/,
    );
    expect(explainAlignment({ ...aligned, isMirrored: true, rows: 1 }, true)).toMatch(
      /^It started from its own principal components, and was mirrored, turned, scaled and moved onto it over 1 row /,
    );
  });
});
