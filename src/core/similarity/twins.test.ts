import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { makeUnitRows, pickMembers, propertySeed, rowRecipes } from './reference-similarity';
import { findTwins } from './twins';

it('names the first member with the same numbers', () => {
  fc.assert(
    fc.property(rowRecipes(120, [1, 4, 40]), fc.constantFrom(0.5, 1), (recipe, share) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, share, recipe.seed);
      const texts = Array.from(members, (row) =>
        rows.values.slice(row * recipe.dims, (row + 1) * recipe.dims).join(' '),
      );
      const expected = texts.map((text) => members[texts.indexOf(text)]);
      expect([...finishWork(findTwins({ rows, members }))]).toEqual(expected);
    }),
    { seed: propertySeed, numRuns: 80 },
  );
});

it('tells vectors apart that differ in one bit', () => {
  const values = new Float32Array(200 * 8).fill(0.25);
  const bits = new Uint32Array(values.buffer);
  for (let row = 1; row < 200; row++) bits[row * 8 + (row % 8)]! ^= 1 << (Math.floor(row / 8) % 23);
  const members = Uint32Array.from({ length: 200 }, (_, row) => row);
  const twins = finishWork(findTwins({ rows: { values, dims: 8 }, members }));
  const seen = new Map<string, number>();
  members.forEach((row) => {
    const key = bits.slice(row * 8, row * 8 + 8).join();
    if (!seen.has(key)) seen.set(key, row);
    expect(twins[row]).toBe(seen.get(key));
  });
  expect(seen.size).toBeGreaterThan(180);
});

it('is not deceived by equal hashes, of which so many vectors have some', () => {
  const count = 400_000;
  const values = Float32Array.from({ length: count * 2 }, (_, at) =>
    at % 2 === 0 ? at / 2 : ((at >> 1) * 7919) % 104_729,
  );
  const members = Uint32Array.from({ length: count }, (_, row) => row);
  const twins = finishWork(findTwins({ rows: { values, dims: 2 }, members }));
  expect(twins.every((twin, row) => twin === row)).toBe(true);
});
