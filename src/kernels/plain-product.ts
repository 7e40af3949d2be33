import type { TileProduct } from '@/core/similarity/tile-product';

const float32 = Math.fround;

/** Length of a block of k: summed on its own, then added to the total. Keeps rounding errors small; the same in the SIMD kernels. */
export const blockDepth = 32;

/**
 * The tile product in plain float32 arithmetic: the specification of the SIMD kernels, equal to them bit by bit, and the
 * fallback. Two rows by four at a time; rows beyond the end repeat the last one and are not stored.
 */
export const plainTileProduct: TileProduct = (a, aRows, b, bRows, dims, out) => {
  for (let i = 0; i < aRows; i += 2) {
    const a0 = i * dims;
    const a1 = Math.min(i + 1, aRows - 1) * dims;
    for (let j = 0; j < bRows; j += 4) {
      const b0 = j * dims;
      const b1 = Math.min(j + 1, bRows - 1) * dims;
      const b2 = Math.min(j + 2, bRows - 1) * dims;
      const b3 = Math.min(j + 3, bRows - 1) * dims;
      let t00 = float32(0);
      let t01 = t00;
      let t02 = t00;
      let t03 = t00;
      let t10 = t00;
      let t11 = t00;
      let t12 = t00;
      let t13 = t00;
      for (let start = 0; start < dims; start += blockDepth) {
        const end = Math.min(start + blockDepth, dims);
        let s00 = float32(0);
        let s01 = s00;
        let s02 = s00;
        let s03 = s00;
        let s10 = s00;
        let s11 = s00;
        let s12 = s00;
        let s13 = s00;
        for (let k = start; k < end; k++) {
          const x0 = a[a0 + k]!;
          const x1 = a[a1 + k]!;
          const y0 = b[b0 + k]!;
          const y1 = b[b1 + k]!;
          const y2 = b[b2 + k]!;
          const y3 = b[b3 + k]!;
          s00 = float32(s00 + float32(x0 * y0));
          s01 = float32(s01 + float32(x0 * y1));
          s02 = float32(s02 + float32(x0 * y2));
          s03 = float32(s03 + float32(x0 * y3));
          s10 = float32(s10 + float32(x1 * y0));
          s11 = float32(s11 + float32(x1 * y1));
          s12 = float32(s12 + float32(x1 * y2));
          s13 = float32(s13 + float32(x1 * y3));
        }
        t00 = float32(t00 + s00);
        t01 = float32(t01 + s01);
        t02 = float32(t02 + s02);
        t03 = float32(t03 + s03);
        t10 = float32(t10 + s10);
        t11 = float32(t11 + s11);
        t12 = float32(t12 + s12);
        t13 = float32(t13 + s13);
      }
      const columns = Math.min(4, bRows - j);
      storeLine(out, i * bRows + j, columns, t00, t01, t02, t03);
      if (i + 1 < aRows) storeLine(out, (i + 1) * bRows + j, columns, t10, t11, t12, t13);
    }
  }
};

function storeLine(
  out: Float32Array,
  at: number,
  columns: number,
  v0: number,
  v1: number,
  v2: number,
  v3: number,
): void {
  out[at] = v0;
  if (columns > 1) out[at + 1] = v1;
  if (columns > 2) out[at + 2] = v2;
  if (columns > 3) out[at + 3] = v3;
}
