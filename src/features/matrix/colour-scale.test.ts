import { describe, expect, it } from 'vitest';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import { colourScale } from './colour-scale';

const counts = new Uint32Array(4096);
counts.set([10, 20, 70], 3000);
const histogram: PairHistogram = { counts, pairs: 100, sampledPairs: null };
const spread = { mean: 0.3, sd: 0.05, histogram };

describe('colourScale', () => {
  it('maps z to cosines by mean and spread', () => {
    const scale = colourScale('z', null, spread);
    expect(scale.kind).toBe('z');
    expect(scale.drawnRange[0]).toBeCloseTo(0.2, 12);
    expect(scale.drawnRange[1]).toBeCloseTo(0.5, 12);
    expect(scale.range.map(scale.format)).toEqual(['−2', '+4']);
    expect(scale.toUnit(0.35)).toBeCloseTo(1, 12);
    expect(scale.toCosine(1)).toBeCloseTo(0.35, 12);
    expect(scale.explanation).toContain('mean cosine, 0.30');
    expect(scale.explanation).not.toContain('chance');
    expect(colourScale('z', null, { ...spread, isRandomised: true }).explanation).toContain(
      'one standard deviation, 0.05, estimated from 200,000 pairs drawn by chance.',
    );
  });

  it('keeps the ends a person has set', () => {
    const scale = colourScale('z', [-1, 2], spread);
    expect(scale.isOwnRange).toBe(false);
    expect(scale.drawnRange[0]).toBeCloseTo(0.25, 12);
    expect(colourScale('raw', [0.2, 0.6], spread).drawnRange).toEqual([0.2, 0.6]);
  });

  it('keeps the raw scale the same for every run', () => {
    expect(colourScale('raw', null, spread).drawnRange).toEqual([0, 1]);
  });

  it('looks percentiles up in the curve: half of the equal ones count as below', () => {
    const scale = colourScale('percentile', null, spread);
    expect(scale.drawnRange).toEqual([0, 100]);
    expect([...scale.curve!.subarray(2999, 3004)]).toEqual([0, 5, 20, 65, 100]);
    const cosine = scale.toCosine(20);
    expect(scale.toUnit(cosine)).toBe(20);
    expect(colourScale('percentile', null, { ...spread, histogram: undefined }).kind).toBe('raw');
  });

  it.each([
    ['one row', { mean: null, sd: null, histogram }, 'One row makes no pair'],
    ['two rows', { mean: 0.53, sd: 0, histogram }, 'equally alike (0.53)'],
    ['equal rows up to rounding', { mean: 1, sd: 3e-8, histogram }, 'equally alike (1.00)'],
  ])('falls back to raw for %s and says so', (_, measures, words) => {
    for (const kind of ['z', 'percentile'] as const) {
      const scale = colourScale(kind, [5, 6], measures);
      expect(scale.kind).toBe('raw');
      expect(scale.range).toEqual([0, 1]);
      expect(scale.explanation).toContain(words);
    }
  });
});
