/** A row's nearest rows in two runs, side by side. */
export interface RankedNeighbours {
  /** Nearest first. */
  readonly a: readonly RankedRow[];
  readonly b: readonly RankedRow[];
  /** Places (from 0) in either list of the rows that both have, in the order of the first. */
  readonly lines: readonly { readonly row: number; readonly placeA: number; readonly placeB: number }[];
}

interface RankedRow {
  readonly row: number;
  readonly isShared: boolean;
}

/** Joins the rows that two lists have in common. */
export function rankNeighbours(a: readonly number[], b: readonly number[]): RankedNeighbours {
  const placeInB = new Map(b.map((row, place) => [row, place]));
  const lines = a.flatMap((row, placeA) => {
    const placeB = placeInB.get(row);
    return placeB === undefined ? [] : [{ row, placeA, placeB }];
  });
  const shared = new Set(lines.map(({ row }) => row));
  const mark = (rows: readonly number[]) => rows.map((row) => ({ row, isShared: shared.has(row) }));
  return { a: mark(a), b: mark(b), lines };
}
