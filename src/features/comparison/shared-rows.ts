/** Rows that get a trail at most: more would hide the map. */
const mostTrails = 40;

/** A share for every dataset row out of those of the compared rows; NaN for the others. */
export function spreadShares(
  { rows, perRow }: { readonly rows: Uint32Array; readonly perRow: Float32Array },
  rowCount: number,
): Float32Array<ArrayBuffer> {
  const shares = new Float32Array(rowCount).fill(Number.NaN);
  rows.forEach((row, i) => {
    shares[row] = perRow[i]!;
  });
  return shares;
}

/** The mean share of each row over several runs; NaN where one of them has none. */
export function meanShares(shares: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mean = new Float32Array(shares[0]?.length ?? 0);
  for (const share of shares)
    for (let row = 0; row < mean.length; row++) mean[row]! += share[row]! / shares.length;
  return mean;
}

/** The rows whose neighbours change most, fewest kept first, equal ones by row; none that keep all. */
export function trailRows(shares: Float32Array): number[] {
  const rows: number[] = [];
  shares.forEach((share, row) => {
    if (share < 1) rows.push(row);
  });
  return rows.sort((a, b) => shares[a]! - shares[b]! || a - b).slice(0, mostTrails);
}
