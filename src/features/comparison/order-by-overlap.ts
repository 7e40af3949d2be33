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

interface NeighbourLists {
  /** Length of each list. */
  readonly k: number;
  /** Which list is a row's, −1 for none. */
  readonly positionOf: Int32Array;
  /** Lists × k rows, nearest first, −1 for none. */
  readonly ids: Int32Array;
}

/** The nearest of a row's neighbours that is itself compared (flag 1), or null where there is none in its list. */
export function nearestCompared(lists: NeighbourLists, row: number, isCompared: Uint8Array): number | null {
  const position = lists.positionOf[row] ?? -1;
  if (position < 0) return null;
  for (let i = position * lists.k; i < (position + 1) * lists.k; i++) {
    const other = lists.ids[i]!;
    if (other >= 0 && isCompared[other] === 1) return other;
  }
  return null;
}
