import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { groupMeans } from './group-means';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';

it('is the plain mean over the pairs between two groups, and over the pairs within one', () => {
  fc.assert(
    fc.property(rowRecipes(60, [3, 17]), fc.integer({ min: 1, max: 6 }), (recipe, count) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const groupOf = Int32Array.from({ length: recipe.count }, (_, row) => ((row * 7) % (count + 1)) - 1);
      const { means, sizes } = finishWork(groupMeans({ rows, members, groupOf, count }));
      const cosines = referenceCosines(rows, members);
      for (let a = 0; a < count; a++) {
        const inA = [...members.keys()].filter((i) => groupOf[members[i]!] === a);
        expect(sizes[a]).toBe(inA.length);
        for (let b = 0; b < count; b++) {
          const inB = [...members.keys()].filter((j) => groupOf[members[j]!] === b);
          const pairs = inA.flatMap((i) => inB.filter((j) => i !== j).map((j) => cosines[i]![j]!));
          const mean = means[a * count + b]!;
          if (pairs.length === 0) expect(mean).toBeNaN();
          else expect(Math.abs(mean - pairs.reduce((x, y) => x + y) / pairs.length)).toBeLessThan(1e-6);
        }
      }
    }),
    { seed: propertySeed, numRuns: 40 },
  );
});
