interface Overlap {
  readonly k: number;
  /** Share of common neighbours of each of `rows`, 0 to 1. */
  readonly perRow: Float32Array;
  /** Dataset rows, ascending. */
  readonly rows: Uint32Array;
}

/** A compared row and how many of its k nearest rows both runs have. */
export interface ComparedRow {
  readonly row: number;
  readonly shared: number;
}

/** The compared rows, those with the fewest common neighbours first, equal ones by row. */
export function orderByOverlap({ k, perRow, rows }: Overlap): ComparedRow[] {
  return Array.from(rows, (row, i) => ({ row, shared: Math.round(perRow[i]! * k) })).sort(
    (one, other) => one.shared - other.shared || one.row - other.row,
  );
}

/** The first of a row's neighbours (nearest first, −1 for none) that is itself compared, or null where there is none. */
export function nearestCompared(
  neighbours: Iterable<{ row: number }>,
  isCompared: Uint8Array,
): number | null {
  for (const { row } of neighbours) if (isCompared[row] === 1) return row;
  return null;
}
