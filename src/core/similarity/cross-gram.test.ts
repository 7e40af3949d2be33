import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { crossGram } from './cross-gram';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';
import type { UnitRows } from './unit-rows';

const columnOf = ({ values, dims }: UnitRows, indices: Uint32Array, k: number) =>
  Array.from(indices, (row) => values[row * dims + k]!);

it('equals the products of columns in float64, of different widths, centred or not, in any order of rows', () => {
  fc.assert(
    fc.property(rowRecipes(60, [1, 7, 33]), fc.constantFrom(1, 20), fc.boolean(), (recipe, dims, centred) => {
      const x = { rows: makeUnitRows(recipe), indices: pickMembers(recipe.count, 0.8, recipe.seed) };
      const others = makeUnitRows({ ...recipe, dims, seed: recipe.seed + 1, copies: 0 });
      const y = { rows: others, indices: x.indices.slice().reverse() };
      const { values, height, width } = finishWork(crossGram({ x, y, centred, product: referenceProduct }));
      expect([height, width, values.length]).toEqual([recipe.dims, dims, recipe.dims * dims]);
      for (let i = 0; i < height; i++) {
        for (let j = 0; j < width; j++) {
          const a = columnOf(x.rows, x.indices, i);
          const b = columnOf(y.rows, y.indices, j);
          const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
          const [ma, mb] = centred ? [mean(a), mean(b)] : [0, 0];
          const expected = a.reduce((sum, value, row) => sum + (value - ma) * (b[row]! - mb), 0);
          expect(Math.abs(values[i * width + j]! - expected)).toBeLessThan(1e-5);
        }
      }
    }),
    { seed: propertySeed, numRuns: 60 },
  );
});

it('sums more rows than one chunk, and refuses sides of different length', () => {
  const rows = makeUnitRows({ count: 1100, dims: 5, seed: 4, pull: 0.5, copies: 0 });
  const indices = pickMembers(1100, 1, 1);
  const side = { rows, indices };
  const run = () => finishWork(crossGram({ x: side, y: side, centred: false, product: referenceProduct }));
  const { values, means } = run();
  let trace = 0;
  for (let k = 0; k < 5; k++) trace += values[k * 6]!;
  // Of unit rows the squares of all entries sum to the number of rows.
  expect(trace).toBeCloseTo(1100, 3);
  expect(means[0]).toEqual(means[1]);
  const short = { rows, indices: indices.slice(1) };
  expect(() =>
    finishWork(crossGram({ x: side, y: short, centred: false, product: referenceProduct })),
  ).toThrow(RangeError);
});
