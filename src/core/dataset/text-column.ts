/**
 * A column of texts as one string and the end offset of each cell, so that 100,000 cells cross to and from a worker as
 * two values instead of 100,000. Offsets count UTF-16 units.
 */
export interface TextColumn {
  readonly joined: string;
  /** ends[i] is where cell i stops in `joined`; it starts where cell i − 1 stops. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Packs cells into a column. Throws RangeError beyond the longest string an engine can hold. */
export function packTexts(cells: readonly string[]): TextColumn {
  const ends = new Uint32Array(cells.length);
  let end = 0;
  for (let i = 0; i < cells.length; i++) {
    end += cells[i]!.length;
    ends[i] = end;
  }
  return { joined: cells.join(''), ends };
}

/** The text of one cell; empty where the row does not exist. */
export function textAt(column: TextColumn, row: number): string {
  const end = column.ends[row];
  return end === undefined ? '' : column.joined.slice(row === 0 ? 0 : column.ends[row - 1], end);
}

/** All cells, or the cells of the given rows in their order. */
export function textsOf(column: TextColumn, rows?: ArrayLike<number>): string[] {
  return rows === undefined
    ? Array.from(column.ends, (_, row) => textAt(column, row))
    : Array.from(rows, (row) => textAt(column, row));
}
