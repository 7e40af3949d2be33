const tileCells = 256;

/** A square matrix as the means of its blocks. */
export interface BlockGrid {
  /** Rows and columns of the matrix. */
  readonly size: number;
  /** Each cell is the mean of 2^level × 2^level pairs, less at the end. */
  readonly level: number;
  /** Cells along each side. */
  readonly cells: number;
  /** cells × cells means, row by row; NaN where there is none. */
  readonly values: Float32Array;
}

/** The finest level at which a matrix has `most` cells or less along each side. */
export function blockLevel(size: number, most: number): number {
  let level = 0;
  while (Math.ceil(size / 2 ** level) > most) level++;
  return level;
}

/**
 * Reads a whole level of a square matrix from its tiles of 256 × 256 cells.
 * @param loadTile gives a tile row by row, NaN beyond the end
 */
export async function readBlocks(
  size: number,
  most: number,
  loadTile: (level: number, rowTile: number, columnTile: number) => Promise<Float32Array>,
): Promise<BlockGrid> {
  const level = blockLevel(size, most);
  const cells = Math.ceil(size / 2 ** level);
  const values = new Float32Array(cells * cells).fill(Number.NaN);
  for (let rowTile = 0; rowTile * tileCells < cells; rowTile++) {
    for (let columnTile = 0; columnTile * tileCells < cells; columnTile++) {
      const tile = await loadTile(level, rowTile, columnTile);
      const width = Math.min(tileCells, cells - columnTile * tileCells);
      const height = Math.min(tileCells, cells - rowTile * tileCells);
      for (let row = 0; row < height; row++) {
        const from = row * tileCells;
        values.set(
          tile.subarray(from, from + width),
          (rowTile * tileCells + row) * cells + columnTile * tileCells,
        );
      }
    }
  }
  return { size, level, cells, values };
}

/**
 * One tile of a level above the grid's own cells, level 0 being the cells themselves: 256 × 256 means, NaN beyond the end.
 * Cells count alike, those at the end too, whose blocks are smaller.
 */
export function tileOfBlocks(
  { cells, values }: Pick<BlockGrid, 'cells' | 'values'>,
  level: number,
  rowTile: number,
  columnTile: number,
): Float32Array<ArrayBuffer> {
  const span = 2 ** level;
  const tile = new Float32Array(tileCells * tileCells).fill(Number.NaN);
  for (let row = 0; row < tileCells; row++) {
    for (let column = 0; column < tileCells; column++) {
      const firstRow = (rowTile * tileCells + row) * span;
      const firstColumn = (columnTile * tileCells + column) * span;
      let sum = 0;
      let count = 0;
      for (let i = firstRow; i < Math.min(cells, firstRow + span); i++) {
        for (let j = firstColumn; j < Math.min(cells, firstColumn + span); j++) {
          const value = values[i * cells + j]!;
          if (Number.isNaN(value)) continue;
          sum += value;
          count++;
        }
      }
      if (count > 0) tile[row * tileCells + column] = sum / count;
    }
  }
  return tile;
}
