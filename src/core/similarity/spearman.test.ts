import fc from 'fast-check';
import { expect, it } from 'vitest';
import { averageRanks, correlateRanks } from './spearman';

const spearman = (a: Float64Array, b: Float64Array) => correlateRanks(averageRanks(a), averageRanks(b));
const of = (...values: number[]) => Float64Array.from(values);

it('is that of published examples', () => {
  // Ten pairs without ties: ρ = 1 − 6 Σd² / (n(n² − 1)), Σd² = 194.
  const a = of(106, 86, 100, 101, 99, 103, 97, 113, 112, 110);
  const b = of(7, 0, 27, 50, 28, 29, 20, 12, 6, 17);
  expect(spearman(a, b)).toBeCloseTo(1 - (6 * 194) / 990, 12);
  // With ties: Pearson of the ranks 1.5 1.5 3 4 and 1 2 3.5 3.5.
  expect(spearman(of(1, 1, 2, 3), of(5, 6, 9, 9))).toBeCloseTo(4 / 4.5, 12);
});

it('is null where a series does not vary', () => {
  expect(spearman(of(2, 2, 2), of(1, 2, 3))).toBeNull();
  expect(spearman(of(1), of(1))).toBeNull();
  expect(spearman(of(), of())).toBeNull();
});

it('gives equal values the mean of their ranks', () => {
  expect([...averageRanks(of(3, 1, 3, 2, 3))]).toEqual([4, 1, 4, 2, 4]);
  expect([...averageRanks(of(0, -0, Number.NEGATIVE_INFINITY))]).toEqual([2.5, 2.5, 1]);
});

it('sees order only, turns with one series and is the same both ways', () => {
  const series = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
    minLength: 2,
    maxLength: 40,
  });
  fc.assert(
    fc.property(series, (pairs) => {
      const a = Float64Array.from(pairs, ([x]) => x);
      const b = Float64Array.from(pairs, ([, y]) => y);
      const rho = spearman(a, b);
      expect(spearman(b, a)).toBe(rho);
      expect(spearman(a.map(Math.exp), b)).toBe(rho);
      const turned = spearman(
        a.map((value) => -value),
        b,
      );
      if (rho === null) expect(turned).toBeNull();
      else expect(turned).toBeCloseTo(-rho, 12);
      if (new Set(a).size > 1) expect(spearman(a, a)).toBeCloseTo(1, 12);
    }),
    { seed: 20261122, numRuns: 300 },
  );
});
