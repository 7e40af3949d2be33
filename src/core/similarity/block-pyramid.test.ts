import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { maximumTile } from './block-maximum';
import { buildPyramid, pyramidBytes, similarityTile } from './block-pyramid';
import { centreRows } from './centring';
import { makeUnitRows, propertySeed, referenceProduct, rowRecipes } from './reference-similarity';
import type { UnitRows } from './unit-rows';

const product = referenceProduct;

/** Cosines between every line and every column, in float64; null for a row with itself, and what that would be. */
function plainCells(rows: UnitRows, lines: Uint32Array, columns: Uint32Array, centre: boolean) {
  const { values, dims } = rows;
  const members = [...new Set([...lines, ...columns])];
  const mean = Array.from({ length: dims }, (_, k) =>
    centre ? members.reduce((sum, row) => sum + values[row * dims + k]!, 0) / members.length : 0,
  );
  const vector = (row: number) => {
    const moved = mean.map((middle, k) => values[row * dims + k]! - middle);
    const length = centre ? Math.hypot(...moved) : 1;
    return moved.map((value) => (length < 1e-6 ? 0 : value / length));
  };
  const across = Array.from(columns, vector);
  return Array.from(lines, vector).map((line, i) =>
    across.map((column, j) =>
      lines[i] === columns[j] ? null : line.reduce((sum, value, k) => sum + value * column[k]!, 0),
    ),
  );
}

/** The cosines of a block's pairs: none beyond the end. */
function pairsOf(cells: (number | null)[][], span: number, rowBlock: number, columnBlock: number) {
  const block = cells
    .slice(rowBlock * span, (rowBlock + 1) * span)
    .flatMap((line) => line.slice(columnBlock * span, (columnBlock + 1) * span));
  return { isEmpty: block.length === 0, pairs: block.filter((value) => value !== null) };
}

const shuffled = (count: number, factor: number) =>
  Uint32Array.from({ length: count }, (_, at) => at).sort(
    (i, j) => ((i * factor) % 211) - ((j * factor) % 211) || i - j,
  );

const cases = fc.record({
  recipe: rowRecipes(500, [3, 17]),
  level: fc.integer({ min: 0, max: 10 }),
  size: fc.integer({ min: 1, max: 9 }),
  place: fc.tuple(fc.nat(), fc.nat(), fc.boolean()),
  shape: fc.constantFrom('square', 'parts', 'overlapping'),
  centre: fc.boolean(),
});

function openCase({ recipe, level, place, shape, centre }: Parameters<Parameters<typeof cases.map>[0]>[0]) {
  const rows = makeUnitRows(recipe);
  const all = shuffled(recipe.count, 7919);
  const third = Math.floor(recipe.count / 3);
  const lineOrder = shape === 'square' ? all : all.subarray(0, 2 * third);
  const columnOrder = shape === 'parts' ? all.subarray(2 * third) : shuffled(recipe.count, 104729);
  const members = Uint32Array.from(new Set([...lineOrder, ...(shape === 'square' ? [] : columnOrder)]));
  const centring = centre ? finishWork(centreRows({ rows, members })) : null;
  const lines = finishWork(buildPyramid({ rows, order: lineOrder, centring }));
  const columns =
    shape === 'square' ? lines : finishWork(buildPyramid({ rows, order: columnOrder, centring }));
  const cells = plainCells(rows, lines.order, columns.order, centre);
  const span = 2 ** level;
  const [rowPick, columnPick, onDiagonal] = place;
  const rowBlock = rowPick % (Math.ceil(lines.order.length / span) + 1);
  const columnBlock = onDiagonal ? rowBlock : columnPick % (Math.ceil(columns.order.length / span) + 1);
  return { rows, lines, columns, cells, span, rowBlock, columnBlock };
}

it('draws the plain mean of the full matrix at every level: ragged, reordered, rectangular, centred and on the diagonal', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const { level, size, centre } = drawn;
      const { cells, span, ...opened } = openCase(drawn);
      const tile = similarityTile({ ...opened, level, size, product });
      expect(tile.length).toBe(size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const { isEmpty, pairs } = pairsOf(cells, span, opened.rowBlock + i, opened.columnBlock + j);
          const cell = tile[i * size + j]!;
          const mean = pairs.length === 0 ? 1 : pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
          if (isEmpty) expect(cell).toBeNaN();
          else expect(Math.abs(cell - mean)).toBeLessThan(centre ? 2e-5 : 2e-6);
        }
      }
    }),
    { seed: propertySeed, numRuns: 30 },
  );
});

it('draws the largest cosine of small blocks exactly, and one of its pairs for larger ones', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const { level, size } = drawn;
      const { cells, span, ...opened } = openCase(drawn);
      const tile = finishWork(maximumTile({ ...opened, level, size, product }));
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const { isEmpty, pairs } = pairsOf(cells, span, opened.rowBlock + i, opened.columnBlock + j);
          const cell = tile[i * size + j]!;
          if (isEmpty) expect(cell).toBeNaN();
          else if (pairs.length === 0) expect(cell).toBe(1);
          else if (span <= 8) expect(Math.abs(cell - Math.max(...pairs))).toBeLessThan(2e-5);
          else expect(Math.min(...pairs.map((value) => Math.abs(value - cell)))).toBeLessThan(2e-5);
        }
      }
    }),
    { seed: propertySeed, numRuns: 25 },
  );
});

it('holds less than a fifth of the rows beside them', () => {
  const count = 5000;
  const dims = 256;
  const rows = { values: new Float32Array(count * dims), dims };
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  const held = pyramidBytes(finishWork(buildPyramid({ rows, order })));
  expect(held).toBeLessThan(rows.values.byteLength / 5);
  // Four orders are kept (matrix-jobs): with the rows themselves less than twice the input.
  expect(4 * held + rows.values.byteLength).toBeLessThan(2 * rows.values.byteLength);
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
