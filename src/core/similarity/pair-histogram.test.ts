import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { pairHistogram, percentileOf } from './pair-histogram';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';

const product = referenceProduct;

it('counts all pairs, and its percentiles are those of sorting, to a bin', () => {
  fc.assert(
    fc.property(rowRecipes(70, [2, 20]), fc.double({ min: -1, max: 1, noNaN: true }), (recipe, cosine) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const histogram = finishWork(pairHistogram({ rows, members, product, seed: 1 }));
      const pairs = referenceCosines(rows, members).flatMap((line, i) => line.slice(i + 1));
      expect(histogram.pairs).toBe(pairs.length);
      expect(histogram.sampledPairs).toBeNull();
      expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(pairs.length);
      const percentile = percentileOf(histogram, cosine);
      if (pairs.length === 0) {
        expect(percentile).toBeNaN();
        return;
      }
      const bin = 2 / 4096 + 1e-6;
      const shareBelow = (limit: number): number =>
        (100 * pairs.filter((pair) => pair < limit).length) / pairs.length;
      expect(percentile).toBeGreaterThanOrEqual(shareBelow(cosine - bin) - 1e-9);
      expect(percentile).toBeLessThanOrEqual(shareBelow(cosine + bin) + 1e-9);
    }),
    { seed: propertySeed, numRuns: 80 },
  );
});

it('gives half of the pairs that are equal', () => {
  const rows = { values: Float32Array.from([1, 0, 1, 0, 0, 1, 0, 1]), dims: 2 };
  const histogram = finishWork(
    pairHistogram({ rows, members: Uint32Array.of(0, 1, 2, 3), product, seed: 1 }),
  );
  expect(percentileOf(histogram, 0)).toBeCloseTo((100 * 2) / 6, 10);
  expect(percentileOf(histogram, 1)).toBeCloseTo((100 * 5) / 6, 10);
  expect(percentileOf(histogram, 0.5)).toBeCloseTo((100 * 4) / 6, 10);
  expect(percentileOf(histogram, -1)).toBe(0);
});

it('draws a seeded sample where there are too many pairs, close to the whole', () => {
  const rows = makeUnitRows({ count: 900, dims: 6, seed: 4, pull: 0.5, copies: 0 });
  const members = pickMembers(900, 0.97, 2);
  const sample = (seed: number) =>
    finishWork(pairHistogram({ rows, members, product, seed, maxPairs: 60_000 }));
  const whole = finishWork(pairHistogram({ rows, members, product, seed: 1 }));
  const expected = new Uint32Array(4096);
  let pairs = 0;
  for (const [i, line] of referenceCosines(rows, members).entries()) {
    for (const cosine of line.slice(i + 1)) {
      expected[Math.floor(((Math.fround(cosine) + 1) / 2) * 4096)]!++;
      pairs++;
    }
  }
  expect(whole.pairs).toBe(pairs);
  const misplaced = whole.counts.reduce((sum, count, bin) => sum + Math.abs(count - expected[bin]!), 0);
  expect(misplaced).toBeLessThan(pairs / 1000);
  const first = sample(1);
  expect(first.sampledPairs).toBe(members.length * Math.floor(60_000 / members.length));
  expect(first.counts.reduce((sum, count) => sum + count, 0)).toBe(first.sampledPairs);
  expect(sample(1)).toEqual(first);
  expect(sample(2).counts).not.toEqual(first.counts);
  for (const cosine of [-0.5, 0, 0.3, 0.6, 0.9]) {
    expect(Math.abs(percentileOf(first, cosine) - percentileOf(whole, cosine))).toBeLessThan(2);
  }
});

it('draws no pair twice', () => {
  // Directions at the marks of a Golomb ruler: every pair has an angle, and a bin, of its own.
  const marks = [0, 2, 6, 24, 29, 40, 43, 55, 68, 75, 76, 85];
  const values = Float32Array.from(
    marks.flatMap((mark) => [Math.cos((mark * Math.PI) / 90), Math.sin((mark * Math.PI) / 90)]),
  );
  const members = Uint32Array.from(marks.keys());
  const drawn = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const sample = finishWork(
      pairHistogram({ rows: { values, dims: 2 }, members, product, seed, maxPairs: 64 }),
    );
    expect(sample.sampledPairs).toBe(60);
    expect(sample.counts.filter((count) => count === 1).length).toBe(60);
    sample.counts.forEach((count, bin) => {
      if (count > 0) drawn.add(String(bin));
    });
  }
  expect(drawn.size).toBe(66);
});
