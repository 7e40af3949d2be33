interface Lists {
  /** Dataset rows, k for each compared row, −1 where there are fewer. */
  readonly ids: Int32Array;
  readonly k: number;
}

/** The nearest compared rows of the row at a position; undefined while they are being read. */
export function nearestOf(lists: Lists | undefined, position: number, count: number): number[] | undefined {
  if (lists === undefined) return undefined;
  const start = position * lists.k;
  return [...lists.ids.subarray(start, start + Math.min(count, lists.k))].filter((row) => row >= 0);
}
