import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { buildPyramid, similarityTile } from './block-pyramid';
import {
  makeUnitRows,
  propertySeed,
  referenceCosines,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';

const product = referenceProduct;

/** Mean over the cells of the full matrix, without its diagonal; 1 for a single diagonal cell, NaN beyond the end. */
function plainMean(cosines: number[][], span: number, rowBlock: number, columnBlock: number): number {
  let sum = 0;
  let cells = 0;
  const n = cosines.length;
  for (let i = rowBlock * span; i < Math.min((rowBlock + 1) * span, n); i++) {
    for (let j = columnBlock * span; j < Math.min((columnBlock + 1) * span, n); j++) {
      if (i === j) continue;
      sum += cosines[i]![j]!;
      cells++;
    }
  }
  const rowsInBlock = n - rowBlock * span;
  return rowBlock === columnBlock && Math.min(span, rowsInBlock) === 1 ? 1 : sum / cells;
}

it('draws the plain mean of the full matrix at every level, ragged, reordered and on the diagonal', () => {
  fc.assert(
    fc.property(
      rowRecipes(200, [3, 33]),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.tuple(fc.nat(), fc.nat(), fc.boolean()),
      (recipe, level, size, [rowPick, columnPick, onDiagonal]) => {
        const rows = makeUnitRows(recipe);
        const { count } = recipe;
        const order = Uint32Array.from({ length: count }, (_, at) => at).sort(
          (i, j) => ((i * 7919) % 211) - ((j * 7919) % 211) || i - j,
        );
        const pyramid = finishWork(buildPyramid({ rows, order }));
        const cosines = referenceCosines(rows, order);
        const span = 2 ** level;
        const blocks = Math.ceil(count / span);
        const rowBlock = rowPick % (blocks + 1);
        const columnBlock = onDiagonal ? rowBlock : columnPick % (blocks + 1);
        const tile = similarityTile({ rows, pyramid, level, rowBlock, columnBlock, size, product });
        expect(tile.length).toBe(size * size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            const cell = tile[i * size + j]!;
            const expected = plainMean(cosines, span, rowBlock + i, columnBlock + j);
            if (Number.isNaN(expected)) expect(cell).toBeNaN();
            else expect(Math.abs(cell - expected)).toBeLessThan(2e-6);
          }
        }
      },
    ),
    { seed: propertySeed, numRuns: 150 },
  );
});

it('has means of 8, 64 and 512 rows, the last of each level of what there is', () => {
  const rows = makeUnitRows({ count: 521, dims: 5, seed: 2, pull: 0, copies: 0 });
  const order = Uint32Array.from({ length: 521 }, (_, at) => 520 - at);
  const { levels } = finishWork(buildPyramid({ rows, order }));
  expect(levels.map((level) => level.length / 5)).toEqual([66, 9, 2, 1]);
  levels.forEach((level, at) => {
    const span = 8 ** (at + 1);
    for (let block = 0; block < level.length / 5; block++) {
      const listed = [...order].slice(block * span, (block + 1) * span);
      for (let k = 0; k < 5; k++) {
        const mean = listed.reduce((sum, row) => sum + rows.values[row * 5 + k]!, 0) / listed.length;
        expect(Math.abs(level[block * 5 + k]! - mean)).toBeLessThan(1e-7);
      }
    }
  });
});
