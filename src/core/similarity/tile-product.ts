/**
 * Products of every row of `a` with every row of `b`: `out[i * bRows + j] = Σ_k a[i * dims + k] · b[j * dims + k]`.
 * Inputs are row-major and may be views on shared memory or longer than needed; they are only read. The caller owns `out`
 * (at least aRows × bRows). An entry depends on nothing but its two rows: not on its place, on tile sizes, or on which of
 * the two is `a`, to the last bit. So results are the same however a larger product is cut into tiles.
 */
export type TileProduct = (
  a: Float32Array,
  aRows: number,
  b: Float32Array,
  bRows: number,
  dims: number,
  out: Float32Array,
) => void;
