import { describe, expect, it } from 'vitest';
import { colourScale } from './colour-scale';

describe('colourScale', () => {
  it('maps z to cosines by mean and spread', () => {
    const scale = colourScale('z', { mean: 0.3, sd: 0.05 });
    expect(scale.kind).toBe('z');
    expect(scale.range[0]).toBeCloseTo(0.2, 12);
    expect(scale.range[1]).toBeCloseTo(0.5, 12);
    expect(scale.ticks).toEqual([
      { place: 0, label: '−2', cosine: '0.20' },
      { place: 0.5, label: '+1', cosine: '0.35' },
      { place: 1, label: '+4', cosine: '0.50' },
    ]);
    expect(scale.explanation).toContain('mean cosine, 0.30');
  });

  it('names no cosine beyond 1 or −1', () => {
    const { ticks, range } = colourScale('z', { mean: 0.85, sd: 0.05 });
    expect(ticks.map(({ cosine }) => cosine)).toEqual(['0.75', '0.90', '> 1']);
    expect(range[1]).toBeCloseTo(1.05, 12);
    expect(colourScale('z', { mean: -0.9, sd: 0.1 }).ticks[0]?.cosine).toBe('< −1');
  });

  it('keeps the raw scale the same for every run', () => {
    const scale = colourScale('raw', { mean: 0.3, sd: 0.05 });
    expect(scale.range).toEqual([0, 1]);
    expect(scale.ticks.map(({ label }) => label)).toEqual(['0.00', '0.50', '1.00']);
  });

  it.each([
    ['one row', { mean: null, sd: null }, 'One row makes no pair'],
    ['two rows', { mean: 0.53, sd: 0 }, 'equally alike (0.53)'],
    ['equal rows up to rounding', { mean: 1, sd: 3e-8 }, 'equally alike (1.00)'],
  ])('falls back to raw for %s and says so', (_, spread, words) => {
    const scale = colourScale('z', spread);
    expect(scale.kind).toBe('raw');
    expect(scale.range).toEqual([0, 1]);
    expect(scale.explanation).toContain(words);
  });
});
