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
  /** Its place among the compared rows. */
  readonly position: number;
  readonly shared: number;
}

/** The compared rows, those with the fewest common neighbours first, equal ones by row. */
export function orderByOverlap({ k, perRow, rows }: Overlap): ComparedRow[] {
  // One more, for rows that could not be compared.
  const bySharedCount: ComparedRow[][] = Array.from({ length: k + 2 }, () => []);
  for (let position = 0; position < rows.length; position++) {
    const shared = Math.round(perRow[position]! * k);
    bySharedCount[Number.isNaN(shared) ? k + 1 : shared]!.push({ row: rows[position]!, position, shared });
  }
  return bySharedCount.flat();
}

/** How many rows share 0, 1 … k neighbours. */
export function countByShared(rows: readonly ComparedRow[], k: number): number[] {
  const counts = new Array<number>(k + 1).fill(0);
  for (const { shared } of rows) counts[shared]! += 1;
  return counts;
}

/** The rows that share so many, ends included, and that are selected where only those are wanted. */
export function pickRows(
  rows: readonly ComparedRow[],
  range: readonly [number, number] | null,
  only: ReadonlySet<number> | null,
): readonly ComparedRow[] {
  if (range === null && only === null) return rows;
  return rows.filter(
    ({ row, shared }) =>
      (range === null || (shared >= range[0] && shared <= range[1])) && (only === null || only.has(row)),
  );
}
