import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import {
  makeUnitRows,
  openReferenceRowProducts as openRowProducts,
  pickMembers,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';
import { type RefinedNeighbours, refineNeighbours } from './refine-neighbours';

const k = 5;

/** Lists of k members chosen by index, sorted as lists are. */
function startLists(cosines: number[][], members: Uint32Array): RefinedNeighbours {
  const ids = new Int32Array(members.length * k).fill(-1);
  const similarities = new Float32Array(ids.length).fill(Number.NaN);
  members.forEach((_, position) => {
    const chosen = Array.from({ length: k }, (_unused, i) => (position + 1 + 3 * i) % members.length);
    [...new Set(chosen)]
      .filter((other) => other !== position)
      .map((other) => ({
        row: members[other]!,
        cosine: Math.fround(Math.min(1, cosines[position]![other]!)),
      }))
      .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
      .forEach(({ row, cosine }, i) => {
        ids[position * k + i] = row;
        similarities[position * k + i] = cosine;
      });
  });
  return { ids, similarities, fresh: new Uint8Array(ids.length).fill(1) };
}

it('gives lists that are right, never worse than before, and the same in parts', () => {
  fc.assert(
    fc.property(rowRecipes(70, [3, 16]), (recipe) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const total = members.length;
      const cosines = referenceCosines(rows, members);
      const before = startLists(cosines, members);
      const refine = (from: number, to: number, lists = before) =>
        finishWork(refineNeighbours({ rows, members, from, to, k, lists, openRowProducts }));
      const after = refine(0, total);
      for (let position = 0; position < total; position++) {
        const list = [...after.ids.subarray(position * k, (position + 1) * k)].filter((row) => row >= 0);
        expect(new Set(list).size).toBe(list.length);
        expect(list).not.toContain(members[position]);
        list.forEach((row, i) => {
          const at = position * k + i;
          expect(Math.abs(after.similarities[at]! - cosines[position]![members.indexOf(row)]!)).toBeLessThan(
            1e-6,
          );
          expect(
            Number.isNaN(before.similarities[at]!) || after.similarities[at]! >= before.similarities[at]!,
          ).toBe(true);
          const old = before.ids.subarray(position * k, (position + 1) * k).includes(row);
          expect(after.fresh[at]).toBe(old ? 0 : 1);
        });
      }
      const middle = Math.floor(total / 3);
      const parts = [refine(0, middle), refine(middle, total)];
      expect([...parts[0]!.ids, ...parts[1]!.ids]).toEqual([...after.ids]);
      expect([...parts[0]!.fresh, ...parts[1]!.fresh]).toEqual([...after.fresh]);
      // Where nothing is new there is nothing to follow.
      const settled = { ...after, fresh: new Uint8Array(after.fresh.length) };
      expect(refine(0, total, settled).ids.length).toBe(after.ids.length);
    }),
    { seed: propertySeed, numRuns: 60 },
  );
});
