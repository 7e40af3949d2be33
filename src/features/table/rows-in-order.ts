/** All rows of a dataset, by index. The caller owns the array. */
export function rowsInOrder(rowCount: number): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) rows[row] = row;
  return rows;
}
