import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { nearestNeighbours } from './neighbours';
import {
  makeUnitRows,
  openReferenceRowProducts,
  pickMembers,
  propertySeed,
  referenceCosines,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';

const products = { product: referenceProduct, openRowProducts: openReferenceRowProducts };
const allOf = (members: Uint32Array) => Uint32Array.from(members, (_, position) => position);

it('finds what sorting all cosines finds, up to swaps within 1e-6', () => {
  fc.assert(
    fc.property(
      rowRecipes(90, [1, 3, 33]),
      fc.constantFrom(0.7, 1),
      fc.integer({ min: 0, max: 12 }),
      (recipe, share, k) => {
        const rows = makeUnitRows(recipe);
        const members = pickMembers(recipe.count, share, recipe.seed);
        const cosines = referenceCosines(rows, members);
        const block = finishWork(
          nearestNeighbours({ rows, members, positions: allOf(members), k, ...products }),
        );
        expect(block.ids.length).toBe(members.length * k);
        for (let query = 0; query < members.length; query++) {
          const sorted = cosines[query]!.filter((_, other) => other !== query).sort((a, b) => b - a);
          const ids = [...block.ids.subarray(query * k, (query + 1) * k)];
          const found = ids.filter((id) => id !== -1);
          expect(found.length).toBe(Math.min(k, members.length - 1));
          expect(new Set(found).size).toBe(found.length);
          expect(found).not.toContain(members[query]);
          ids.forEach((id, rank) => {
            const similarity = block.similarities[query * k + rank]!;
            if (id === -1) {
              expect(similarity).toBeNaN();
              return;
            }
            expect(Math.abs(similarity - cosines[query]![members.indexOf(id)]!)).toBeLessThan(1e-6);
            expect(Math.abs(similarity - sorted[rank]!)).toBeLessThan(1e-6);
          });
        }
      },
    ),
    { seed: propertySeed, numRuns: 60 },
  );
});

it('puts the lower row first where cosines are equal', () => {
  const values = Float32Array.from([1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1]);
  const members = Uint32Array.of(0, 1, 2, 3, 4, 5);
  const { ids } = finishWork(
    nearestNeighbours({ rows: { values, dims: 2 }, members, positions: members, k: 5, ...products }),
  );
  expect([...ids.subarray(0, 5)]).toEqual([2, 3, 4, 1, 5]);
  expect([...ids.subarray(15, 20)]).toEqual([0, 2, 4, 1, 5]);
  expect([...ids.subarray(25, 30)]).toEqual([1, 0, 2, 3, 4]);
});

it('gives the same bytes whichever rows are asked for together, over several tiles', () => {
  const rows = makeUnitRows({ count: 1150, dims: 4, seed: 5, pull: 0.5, copies: 0.3 });
  const members = pickMembers(1150, 0.95, 9);
  const request = { rows, members, k: 7, ...products };
  const whole = finishWork(nearestNeighbours({ ...request, positions: allOf(members) }));
  const cosines = referenceCosines(rows, members);
  for (let query = 0; query < members.length; query += 37) {
    const best = cosines[query]!.filter((_, other) => other !== query).sort((a, b) => b - a);
    for (let rank = 0; rank < 7; rank++) {
      expect(Math.abs(whole.similarities[query * 7 + rank]! - best[rank]!)).toBeLessThan(1e-6);
    }
  }
  for (const positions of [
    Uint32Array.of(members.length - 1, 0, 513),
    allOf(members).filter((position) => position % 2 === 1),
  ]) {
    const block = finishWork(nearestNeighbours({ ...request, positions }));
    positions.forEach((position, i) => {
      const own = (values: Int32Array | Float32Array, at: number) => values.subarray(at * 7, (at + 1) * 7);
      expect(own(block.ids, i)).toEqual(own(whole.ids, position));
      expect(own(block.similarities, i)).toEqual(own(whole.similarities, position));
    });
  }
});

it('reports each tile, and every tile once', () => {
  const rows = makeUnitRows({ count: 700, dims: 2, seed: 1, pull: 0, copies: 0 });
  const members = pickMembers(700, 1, 1);
  const steps = [...nearestNeighbours({ rows, members, positions: allOf(members), k: 1, ...products })];
  expect(steps).toEqual([1, 2, 3, 4].map((done) => ({ done, total: 4 })));
});
