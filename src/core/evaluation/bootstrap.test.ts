import { describe, expect, it } from 'vitest';
import { seededGaussian } from '@/core/random';
import { finishWork } from '@/core/work';
import { bootstrap, bootstrapMeans, percentileInterval, quantile, withInterval } from './bootstrap';

describe('bootstrap', () => {
  it('draws the same rows every time, as many as there are, with replacement', () => {
    const drawsOf = () => {
      const draws: number[][] = [];
      const measure = (picks: Uint32Array, out: Float64Array) => {
        draws.push(Array.from(picks));
        out[0] = 0;
      };
      finishWork(bootstrap({ count: 5, statistics: 1, draws: 50, measure }));
      return draws;
    };
    const draws = drawsOf();
    expect(draws).toEqual(drawsOf());
    expect(draws).toHaveLength(50);
    expect(draws.every((picks) => picks.length === 5 && picks.every((row) => row >= 0 && row < 5))).toBe(
      true,
    );
    expect(draws.some((picks) => new Set(picks).size < 5)).toBe(true);
    expect(new Set(draws.flat()).size).toBe(5);
  });

  it('has the spread of the mean that theory gives', () => {
    const gaussian = seededGaussian(4);
    const scores = Float64Array.from({ length: 500 }, () => gaussian());
    const mean = scores.reduce((sum, value) => sum + value, 0) / 500;
    const sd = Math.sqrt(scores.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 500);
    const [replicates] = finishWork(bootstrapMeans([scores], 500));
    const { low, high } = withInterval(mean, replicates!);
    expect((high! - low!) / (2 * 1.96 * (sd / Math.sqrt(500)))).toBeCloseTo(1, 1);
    expect((high! + low!) / 2).toBeCloseTo(mean, 1);
  });

  it('pairs: the difference of equal scores has no spread', () => {
    const scores = Float64Array.from({ length: 90 }, (_, i) => Math.sin(i));
    const [a, b] = finishWork(bootstrapMeans([scores, scores.map((value) => value + 2)], 90));
    const differences = a!.map((value, draw) => b![draw]! - value);
    expect(Math.max(...differences) - Math.min(...differences)).toBeLessThan(1e-12);
  });

  it('leaves out rows without a score', () => {
    const scores = Float64Array.from({ length: 40 }, (_, i) => (i % 2 ? Number.NaN : 3));
    const [replicates] = finishWork(bootstrapMeans([scores], 40));
    expect(percentileInterval(replicates!)).toEqual({ low: 3, high: 3 });
  });

  it('has no interval where most draws have no number', () => {
    expect(percentileInterval(new Float64Array(10).fill(Number.NaN))).toEqual({ low: null, high: null });
    expect(percentileInterval([])).toEqual({ low: null, high: null });
    expect(withInterval(null, [1, 2])).toEqual({ value: null, low: null, high: null });
  });

  it('finds quantiles between values', () => {
    expect(quantile([1, 2, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 4], 0.75)).toBe(3);
    expect(quantile([1, 2, 4], 1)).toBe(4);
  });
});
