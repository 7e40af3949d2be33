/**
 * Writes the rows of `source` (row-major, count × dims) scaled to length 1 into `target` and their lengths before that into
 * `norms`. Sums (in four parts, every fourth k) and divides in float64. A row of zeros gets norm 0, a row with an entry that is
 * not finite gets norm NaN; both become rows of zeros. A length beyond float32 is Infinity. The caller owns all three;
 * `target` may be `source`.
 */
export type NormaliseRows = (
  source: Float32Array,
  count: number,
  dims: number,
  target: Float32Array,
  norms: Float32Array,
) => void;

/** In plain TypeScript: equal to the SIMD kernel bit by bit. */
export const plainNormaliseRows: NormaliseRows = (source, count, dims, target, norms) => {
  const sums = new Float64Array(4);
  for (let row = 0; row < count; row++) {
    const start = row * dims;
    sums.fill(0);
    for (let k = 0; k < dims; k++) sums[k % 4]! += source[start + k]! * source[start + k]!;
    const squares = sums[0]! + sums[2]! + (sums[1]! + sums[3]!);
    const norm = Number.isFinite(squares) ? Math.sqrt(squares) : Number.NaN;
    norms[row] = norm;
    if (norm > 0) for (let at = start; at < start + dims; at++) target[at] = source[at]! / norm;
    else target.fill(0, start, start + dims);
  }
};
