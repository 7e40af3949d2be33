import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cosineOf } from './cosine';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';
import { similarityLines } from './similarity-matrix';

it('hands out every line of the full matrix once, with ones on the diagonal', () => {
  fc.assert(
    fc.property(rowRecipes(60, [1, 7, 4096]), (recipe) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const cosines = referenceCosines(rows, members);
      let next = 0;
      for (const block of similarityLines({ rows, members, product: referenceProduct })) {
        expect(block.from).toBe(next);
        next += block.count;
        expect([block.done, block.total]).toEqual([next, members.length]);
        expect(block.values.length).toBe(block.count * members.length);
        block.values.forEach((value, at) => {
          const i = block.from + Math.floor(at / members.length);
          const j = at % members.length;
          if (i === j) expect(value).toBe(1);
          else expect(Math.abs(value - cosines[i]![j]!)).toBeLessThan(1e-6);
        });
      }
      expect(next).toBe(members.length);
    }),
    { seed: propertySeed, numRuns: 25 },
  );
});

it('comes in several blocks where one would take long', () => {
  const rows = makeUnitRows({ count: 1200, dims: 2, seed: 6, pull: 0, copies: 0 });
  const members = pickMembers(1200, 1, 1);
  const starts = [...similarityLines({ rows, members, product: referenceProduct })].map(
    (block) => block.from,
  );
  expect(starts.length).toBeGreaterThan(4);
  for (const block of similarityLines({ rows, members, product: referenceProduct })) {
    let worst = 0;
    block.values.forEach((value, at) => {
      const cosine = cosineOf(rows, block.from + Math.floor(at / 1200), at % 1200);
      worst = Math.max(worst, Math.abs(value - cosine));
    });
    expect(worst).toBeLessThan(1e-6);
  }
});

it('compares a pair in float64', () => {
  fc.assert(
    fc.property(rowRecipes(20, [1, 33, 1024]), (recipe) => {
      const rows = makeUnitRows(recipe);
      const cosines = referenceCosines(rows, pickMembers(recipe.count, 1, 1));
      for (let i = 0; i < recipe.count; i++) {
        for (let j = 0; j < recipe.count; j++) {
          expect(Math.abs(cosineOf(rows, i, j) - Math.max(-1, Math.min(1, cosines[i]![j]!)))).toBeLessThan(
            1e-12,
          );
        }
      }
    }),
    { seed: propertySeed, numRuns: 20 },
  );
});
