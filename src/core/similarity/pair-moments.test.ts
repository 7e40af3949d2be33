import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { smallerGram } from './gram';
import { pairMoments } from './pair-moments';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';

it('equals mean and deviation of all pairs, with more rows than dimensions and with fewer', () => {
  fc.assert(
    fc.property(rowRecipes(80, [1, 8, 33, 100]), fc.constantFrom(0.6, 1), (recipe, share) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, share, recipe.seed);
      const gram = finishWork(smallerGram({ rows, members, product: referenceProduct }));
      const { mean, sd } = pairMoments(gram);
      const pairs = referenceCosines(rows, members).flatMap((line, i) => line.filter((_, j) => j !== i));
      if (pairs.length === 0) {
        expect([mean, sd]).toEqual([null, null]);
        return;
      }
      const expectedMean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
      const variance = pairs.reduce((sum, value) => sum + (value - expectedMean) ** 2, 0) / pairs.length;
      expect(Math.abs(mean! - expectedMean)).toBeLessThan(1e-9);
      expect(Math.abs(sd! ** 2 - variance)).toBeLessThan(3e-7);
    }),
    { seed: propertySeed, numRuns: 120 },
  );
});

it('keeps its digits where all vectors point almost the same way', () => {
  for (const [count, dims] of [
    [600, 16],
    [40, 64],
  ] as const) {
    const rows = makeUnitRows({ count, dims, seed: 3, pull: 100, copies: 0 });
    const members = pickMembers(count, 1, 1);
    const { mean, sd } = pairMoments(finishWork(smallerGram({ rows, members, product: referenceProduct })));
    const pairs = referenceCosines(rows, members).flatMap((line, i) => line.filter((_, j) => j !== i));
    const expectedMean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
    const expectedSd = Math.sqrt(
      pairs.reduce((sum, value) => sum + (value - expectedMean) ** 2, 0) / pairs.length,
    );
    expect(expectedMean).toBeGreaterThan(0.99);
    expect(expectedSd).toBeLessThan(1e-4);
    expect(Math.abs(mean! - expectedMean)).toBeLessThan(1e-9);
    expect(Math.abs(sd! / expectedSd - 1)).toBeLessThan(1e-3);
  }
});

it('holds the Gram matrix of the centred rows, the smaller of the two', () => {
  for (const [count, dims] of [
    [1100, 7],
    [7, 30],
    [420, 380],
    [400, 500],
  ] as const) {
    const rows = makeUnitRows({ count, dims, seed: 8, pull: 0.5, copies: 0 });
    const gram = finishWork(
      smallerGram({ rows, members: pickMembers(count, 1, 1), product: referenceProduct }),
    );
    expect([gram.kind, gram.size]).toEqual(count > dims ? ['columns', dims] : ['rows', count]);
    const centred = Array.from({ length: count }, (_, row) =>
      Array.from(rows.values.subarray(row * dims, (row + 1) * dims)),
    );
    for (let k = 0; k < dims; k++) {
      const mean = centred.reduce((sum, line) => sum + line[k]!, 0) / count;
      for (const line of centred) line[k]! -= mean;
    }
    let worst = 0;
    for (let i = 0; i < gram.size; i++) {
      for (let j = 0; j < gram.size; j++) {
        let expected = 0;
        if (count > dims) for (const line of centred) expected += line[i]! * line[j]!;
        else for (let k = 0; k < dims; k++) expected += centred[i]![k]! * centred[j]![k]!;
        const error = Math.abs(gram.values[i * gram.size + j]! - expected) / Math.max(1, Math.abs(expected));
        worst = Math.max(worst, error);
      }
    }
    expect(worst).toBeLessThan(2e-7);
  }
});
