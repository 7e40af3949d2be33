import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';
import { sampledMoments } from './sampled-moments';

it('has the exact mean of all pairs and nearly their deviation, the same each time', () => {
  fc.assert(
    fc.property(rowRecipes(60, [3, 20]), fc.constantFrom(0.6, 1), (recipe, share) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, share, recipe.seed);
      const found = finishWork(sampledMoments({ rows, members, seed: 1 }));
      const pairs = referenceCosines(rows, members).flatMap((line, i) => line.filter((_, j) => j !== i));
      if (pairs.length === 0) {
        expect(found).toEqual({ mean: null, sd: null });
        return;
      }
      const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
      const sd = Math.sqrt(pairs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / pairs.length);
      expect(Math.abs(found.mean! - mean)).toBeLessThan(1e-6);
      expect(Math.abs(found.sd! - sd)).toBeLessThan(0.02 * sd + 1e-6);
      expect(finishWork(sampledMoments({ rows, members, seed: 1 }))).toEqual(found);
    }),
    { seed: propertySeed, numRuns: 10 },
  );
});
