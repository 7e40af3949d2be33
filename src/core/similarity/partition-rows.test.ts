import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { partitionRows } from './partition-rows';
import { makeUnitRows, pickMembers, propertySeed, rowRecipes } from './reference-similarity';

it('orders the members, each once, the same way for the same seed', () => {
  fc.assert(
    fc.property(rowRecipes(150, [1, 5, 33]), fc.constantFrom(16, 48), (recipe, bandRows) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const cut = (seed: number) => finishWork(partitionRows({ rows, members, bandRows, seed }));
      const order = cut(recipe.seed);
      expect(order.slice().sort()).toEqual(members);
      expect(cut(recipe.seed)).toEqual(order);
    }),
    { seed: propertySeed, numRuns: 60 },
  );
});

it('keeps well parted groups together, as large as bands', () => {
  const dims = 12;
  // Rows in turn from four groups, each round an axis of its own.
  const values = Float32Array.from({ length: 256 * dims }, (_, at) => {
    const row = Math.floor(at / dims);
    return (at % dims === row % 4 ? 1 : 0) + 0.05 * Math.sin(at * 1.7 + row);
  });
  const members = Uint32Array.from({ length: 256 }, (_, row) => row);
  for (const seed of [1, 2, 3]) {
    const order = finishWork(partitionRows({ rows: { values, dims }, members, bandRows: 64, seed }));
    for (let band = 0; band < 4; band++) {
      const groups = new Set(Array.from(order.subarray(band * 64, (band + 1) * 64), (row) => row % 4));
      expect(groups.size).toBe(1);
    }
  }
});

it('cuts elsewhere with another seed, also where all rows are equal or have few numbers', () => {
  const members = Uint32Array.from({ length: 200 }, (_, row) => row);
  const rows = makeUnitRows({ count: 200, dims: 20, seed: 9, pull: 0, copies: 0 });
  const cut = (seed: number) => finishWork(partitionRows({ rows, members, bandRows: 16, seed }));
  expect(cut(1)).not.toEqual(cut(2));
  const equal = { values: new Float32Array(200 * 3).fill(1 / Math.sqrt(3)), dims: 3 };
  const order = finishWork(partitionRows({ rows: equal, members, bandRows: 16, seed: 1 }));
  expect(order.slice().sort()).toEqual(members);
});
