/**
 * Rows behind a line of a matrix that travelled as block means (`block-grid`): a view on `rows`.
 * @param rows in the order of the matrix
 * @param cellLevel level of the cells that travelled
 * @param level how many levels above them it is drawn
 * @param line index among those cells
 */
export function rowsOfBlock(rows: Int32Array, cellLevel: number, level: number, line: number): Int32Array {
  const span = 2 ** (cellLevel + level);
  const from = Math.floor(line / 2 ** level) * span;
  return rows.subarray(from, from + span);
}

/** The group of most of some rows; of equal ones the first that has as many. −1 is none. */
export function mostFrequentGroup(rows: Int32Array, groupOf: Int32Array): number {
  const counts = new Map<number, number>();
  let best = -1;
  for (const row of rows) {
    const group = groupOf[row]!;
    const count = (counts.get(group) ?? 0) + 1;
    counts.set(group, count);
    if (count > (counts.get(best) ?? 0)) best = group;
  }
  return best;
}
