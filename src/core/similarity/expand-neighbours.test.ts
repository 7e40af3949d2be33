import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distinctMembers } from '@/core/projection/spread-twins';
import { finishWork } from '@/core/work';
import { expandNeighbours } from './expand-neighbours';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';
import { findTwins } from './twins';
import type { UnitRows } from './unit-rows';

/** The k nearest of each listed row among them, from all cosines. */
function nearest(rows: UnitRows, members: Uint32Array, k: number) {
  const cosines = referenceCosines(rows, members);
  const ids = new Int32Array(members.length * k).fill(-1);
  const similarities = new Float32Array(ids.length).fill(Number.NaN);
  cosines.forEach((line, position) => {
    Array.from(members, (row, other) => ({ row, cosine: Math.fround(Math.min(1, line[other]!)) }))
      .filter(({ row }) => row !== members[position])
      .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
      .slice(0, k)
      .forEach(({ row, cosine }, i) => {
        ids[position * k + i] = row;
        similarities[position * k + i] = cosine;
      });
  });
  return { ids, similarities };
}

it('equals a search of all rows, to the rounding of a vector’s product with itself', () => {
  fc.assert(
    fc.property(rowRecipes(60, [1, 3, 16]), fc.integer({ min: 0, max: 8 }), (recipe, wanted) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const twinOf = finishWork(findTwins({ rows, members }));
      const distinct = distinctMembers(members, twinOf);
      const k = Math.max(0, Math.min(wanted, members.length - 1));
      const ownK = Math.max(0, Math.min(wanted, distinct.length - 1));
      const found = { ...nearest(rows, distinct, ownK), k: ownK };
      const { ids, similarities } = finishWork(expandNeighbours({ members, twinOf, found, k }));
      const expected = nearest(rows, members, k);
      expect(ids.every((row) => row >= 0)).toBe(true);
      members.forEach((row, member) => {
        const own = ids.subarray(member * k, (member + 1) * k);
        expect(new Set(own).size).toBe(k);
        expect(own).not.toContain(row);
      });
      similarities.forEach((cosine, at) => {
        expect(Math.abs(cosine - expected.similarities[at]!)).toBeLessThan(1e-6);
      });
    }),
    { seed: propertySeed, numRuns: 100 },
  );
});

it('puts twins first, and the twins of a neighbour beside it, by row', () => {
  const members = Uint32Array.of(1, 2, 4, 5, 7);
  const twinOf = Int32Array.of(1, 2, 1, 2, 7);
  const found = {
    k: 2,
    ids: Int32Array.of(2, 7, 1, 7, 1, 2),
    similarities: Float32Array.of(0.5, 0.25, 0.5, 0.125, 0.25, 0.125),
  };
  const { ids, similarities } = finishWork(expandNeighbours({ members, twinOf, found, k: 3 }));
  expect([...ids]).toEqual([4, 2, 5, 5, 1, 4, 1, 2, 5, 2, 1, 4, 1, 4, 2]);
  expect([...similarities.subarray(0, 3)]).toEqual([1, 0.5, 0.5]);
});
