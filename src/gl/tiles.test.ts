import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseLevel,
  coarsestLevel,
  leastCellPx,
  locateCell,
  tileBounds,
  tileCells,
  visibleTiles,
} from './tiles';

const square = (size: number) => ({ rows: size, columns: size });
const runs = { seed: 20261122, numRuns: 200 };

describe('chooseLevel', () => {
  it('takes the finest level with cells large enough', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000 }),
        fc.double({ min: 1e-4, max: 48, noNaN: true }),
        (size, rowPx) => {
          const level = chooseLevel(rowPx, square(size));
          expect(level).toBeGreaterThanOrEqual(0);
          expect(level).toBeLessThanOrEqual(coarsestLevel(square(size)));
          if (level > 0) expect(rowPx * 2 ** (level - 1)).toBeLessThan(leastCellPx * (1 + 1e-6));
          if (level < coarsestLevel(square(size)))
            expect(rowPx * 2 ** level).toBeGreaterThanOrEqual(leastCellPx * (1 - 1e-6));
        },
      ),
      runs,
    );
  });

  it('knows single tiles and their doubles', () => {
    expect([1, 256, 257, 512, 513, 200_000].map((size) => coarsestLevel(square(size)))).toEqual([
      0, 0, 1, 1, 2, 10,
    ]);
    expect(chooseLevel(0.75, square(10_000))).toBe(0);
    expect(chooseLevel(0.74, square(10_000))).toBe(1);
    expect(chooseLevel(0.062, square(10_000))).toBe(4);
  });
});

describe('visibleTiles', () => {
  it('are exactly those that the view touches, nearest to its middle first', () => {
    const place = fc.integer({ min: -1000, max: 6000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 0, max: 4 }),
        place,
        place,
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 5000 }),
        (rows, level, x, y, width, height, columns) => {
          const view = { minX: x, minY: y, maxX: x + width, maxY: y + height };
          const span = tileCells * 2 ** level;
          const expected = new Set<string>();
          for (let row = 0; row * span < rows; row++) {
            for (let column = 0; column * span < columns; column++) {
              const touches =
                column * span < view.maxX &&
                Math.min(columns, (column + 1) * span) > view.minX &&
                row * span < view.maxY &&
                Math.min(rows, (row + 1) * span) > view.minY;
              if (touches) expected.add(`${row} ${column}`);
            }
          }
          const found = visibleTiles(view, level, { rows, columns });
          expect(new Set(found.map(({ rowTile, columnTile }) => `${rowTile} ${columnTile}`))).toEqual(
            expected,
          );
          expect(found).toHaveLength(expected.size);
          const middleX = (Math.max(0, view.minX) + Math.min(columns, view.maxX)) / 2;
          const middleY = (Math.max(0, view.minY) + Math.min(rows, view.maxY)) / 2;
          const distances = found.map((tile) =>
            Math.hypot((tile.columnTile + 0.5) * span - middleX, (tile.rowTile + 0.5) * span - middleY),
          );
          expect(distances).toEqual([...distances].sort((a, b) => a - b));
        },
      ),
      runs,
    );
  });
});

describe('locateCell', () => {
  it('names the tile that covers the pair, and the place within', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(9999), fc.nat(6), (row, column, level) => {
        const { tile, offset } = locateCell(row, column, level);
        const box = tileBounds(tile, square(10_000));
        expect(column >= box.minX && column < box.maxX && row >= box.minY && row < box.maxY).toBe(true);
        const cell = 2 ** level;
        const firstRow = box.minY + Math.floor(offset / tileCells) * cell;
        const firstColumn = box.minX + (offset % tileCells) * cell;
        expect(row >= firstRow && row < firstRow + cell).toBe(true);
        expect(column >= firstColumn && column < firstColumn + cell).toBe(true);
      }),
      runs,
    );
  });
});
