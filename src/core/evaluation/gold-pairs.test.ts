import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertySeed } from '@/core/similarity/reference-similarity';
import { finishWork } from '@/core/work';
import { goldScores } from './gold-pairs';
import { spearman } from './reference-measures';

describe('goldScores', () => {
  const cosines = fc.array(fc.constantFrom(-0.2, 0.1, 0.3, 0.31, 0.5, 0.8, 0.9), {
    minLength: 5,
    maxLength: 40,
  });

  it('is Spearman of cosine and score', () => {
    fc.assert(
      fc.property(cosines, fc.integer({ min: 1, max: 1000 }), (list, seed) => {
        const scores = list.map((value, i) => Math.round(5 * value + 2 * Math.sin(seed + i)));
        const expected = spearman(list, scores);
        const { spearman: measured } = finishWork(
          goldScores(Float64Array.from(list), Float64Array.from(scores), 'score'),
        );
        if (Number.isFinite(expected)) expect(measured.value).toBeCloseTo(expected, 10);
        else expect(measured.value).toBeNull();
      }),
      { seed: propertySeed, numRuns: 25 },
    );
  });

  it('is average precision and the cut-off of the best F1', () => {
    fc.assert(
      fc.property(cosines, fc.integer({ min: 1, max: 1000 }), (list, seed) => {
        const same = list.map((value, i) => (value + 0.5 * Math.sin(seed * (i + 1)) > 0.4 ? 1 : 0));
        const result = finishWork(goldScores(Float64Array.from(list), Float64Array.from(same), 'same'));
        const positives = same.filter((value) => value === 1).length;
        if (positives === 0) {
          expect(result.averagePrecision.value).toBeNull();
          return;
        }
        const precisionFrom = (cut: number) => {
          const taken = list.map((value, i) => [value, same[i]!] as const).filter(([value]) => value >= cut);
          return { right: taken.filter(([, value]) => value === 1).length, taken: taken.length };
        };
        const precisions = list.flatMap((value, i) => {
          const { right, taken } = precisionFrom(value);
          return same[i] === 1 ? [right / taken] : [];
        });
        expect(result.averagePrecision.value).toBeCloseTo(
          precisions.reduce((sum, p) => sum + p, 0) / positives,
          10,
        );
        const f1Of = (cut: number) => {
          const { right, taken } = precisionFrom(cut);
          return (2 * right) / (taken + positives);
        };
        expect(result.bestF1).toBeCloseTo(Math.max(...list.map(f1Of)), 10);
        expect(f1Of(result.cutOff!)).toBeCloseTo(result.bestF1!, 10);
      }),
      { seed: propertySeed, numRuns: 25 },
    );
  });

  it('says which pairs go against the cosines', () => {
    const same = finishWork(
      goldScores(Float64Array.of(0.9, 0.8, 0.7, 0.2), Float64Array.of(1, 0, 1, 0), 'same'),
    );
    expect(same.cutOff).toBe(0.7);
    expect(Array.from(same.against)).toEqual([1]);
    const scored = finishWork(
      goldScores(Float64Array.of(0.1, 0.9, 0.5, 0.6, 0.7), Float64Array.of(5, 4, 1, 2, 3), 'score'),
    );
    // Its rank by cosine is the lowest, by score the highest.
    expect(scored.against[0]).toBe(0);
  });
});
