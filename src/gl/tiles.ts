import type { Bounds } from './camera';

/** Cells along each side of a tile. */
export const tileCells = 256;

/** Least side of a drawn cell in CSS pixels, below which a coarser level is taken. */
export const leastCellPx = 0.75;

/** Rows and columns of a matrix. */
export interface MatrixSize {
  readonly rows: number;
  readonly columns: number;
}

/** A tile of the matrix pyramid: at `level`, each cell covers 2^level × 2^level pairs. */
export interface TileId {
  level: number;
  rowTile: number;
  columnTile: number;
}

/** The name of a tile within one source. */
export function nameTile(tile: TileId): string {
  return `${tile.level}/${tile.rowTile}/${tile.columnTile}`;
}

/** The coarsest level worth having: the first at which one tile holds all. */
export function coarsestLevel({ rows, columns }: MatrixSize): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(rows, columns) / tileCells)));
}

/** The finest level whose cells are at least `leastCellPx` wide when one row takes `rowPx` pixels. */
export function chooseLevel(rowPx: number, size: MatrixSize): number {
  const level = Math.ceil(Math.log2(leastCellPx / rowPx) - 1e-9);
  return Math.min(coarsestLevel(size), Math.max(0, level));
}

/** The part of the matrix (in rows and columns, from 0) that a tile covers, cut at the end. */
export function tileBounds(tile: TileId, { rows, columns }: MatrixSize): Bounds {
  const span = tileCells * 2 ** tile.level;
  return {
    minX: Math.min(columns, tile.columnTile * span),
    minY: Math.min(rows, tile.rowTile * span),
    maxX: Math.min(columns, (tile.columnTile + 1) * span),
    maxY: Math.min(rows, (tile.rowTile + 1) * span),
  };
}

/** The tiles of one level that `view` (in rows and columns) touches, those nearest to its middle first. */
export function visibleTiles(view: Bounds, level: number, { rows, columns }: MatrixSize): TileId[] {
  const span = tileCells * 2 ** level;
  const minX = Math.max(0, view.minX);
  const minY = Math.max(0, view.minY);
  const maxX = Math.min(columns, view.maxX);
  const maxY = Math.min(rows, view.maxY);
  if (!(minX < maxX && minY < maxY)) return [];
  const middleX = (minX + maxX) / 2;
  const middleY = (minY + maxY) / 2;
  const found: { tile: TileId; distance: number }[] = [];
  for (let rowTile = Math.floor(minY / span); rowTile * span < maxY; rowTile++) {
    for (let columnTile = Math.floor(minX / span); columnTile * span < maxX; columnTile++) {
      const distance = Math.hypot((columnTile + 0.5) * span - middleX, (rowTile + 0.5) * span - middleY);
      found.push({ tile: { level, rowTile, columnTile }, distance });
    }
  }
  return found.sort((a, b) => a.distance - b.distance).map(({ tile }) => tile);
}

/** Whether a tile covers any of the boxes. */
export function touchesAny(tile: TileId, boxes: readonly Bounds[], size: MatrixSize): boolean {
  const own = tileBounds(tile, size);
  return boxes.some(
    (box) => own.minX < box.maxX && own.maxX > box.minX && own.minY < box.maxY && own.maxY > box.minY,
  );
}

/** The cell of level `level` that holds a pair, as its tile and its offset into the tile's values. */
export function locateCell(row: number, column: number, level: number): { tile: TileId; offset: number } {
  const cellRow = Math.floor(row / 2 ** level);
  const cellColumn = Math.floor(column / 2 ** level);
  return {
    tile: { level, rowTile: Math.floor(cellRow / tileCells), columnTile: Math.floor(cellColumn / tileCells) },
    offset: (cellRow % tileCells) * tileCells + (cellColumn % tileCells),
  };
}
