/**
 * Writes the rows of `source` (row-major, count × dims) scaled to length 1 into `target` and their lengths before that into
 * `norms`. Sums and divides in float64. A row of zeros gets norm 0, a row with an entry that is not finite gets norm NaN;
 * both become rows of zeros. A length beyond float32 is Infinity. The caller owns all three; `target` may be `source`.
 */
export function normaliseRows(
  source: Float32Array,
  count: number,
  dims: number,
  target: Float32Array,
  norms: Float32Array,
): void {
  for (let row = 0; row < count; row++) {
    const start = row * dims;
    const end = start + dims;
    let squares = 0;
    for (let at = start; at < end; at++) {
      const value = source[at]!;
      squares += value * value;
    }
    const norm = Number.isFinite(squares) ? Math.sqrt(squares) : Number.NaN;
    norms[row] = norm;
    if (norm > 0) for (let at = start; at < end; at++) target[at] = source[at]! / norm;
    else target.fill(0, start, end);
  }
}
