import { arenaStart, BLOCK_DEPTH, packPanel } from './panels';

/** out (4 rows of 8, `stride` bytes apart) = or += the product of a packed panel of 4 rows and one of 8. */
@inline
function multiplyPanels(a: usize, b: usize, out: usize, depth: i32, stride: usize, first: bool): void {
  let s00 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  const end = a + ((<usize>depth) << 4);
  while (a < end) {
    const y0 = v128.load(b);
    const y1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    s00 = f32x4.add(s00, f32x4.mul(x0, y0));
    s01 = f32x4.add(s01, f32x4.mul(x0, y1));
    const x1 = v128.load_splat<f32>(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(x1, y0));
    s11 = f32x4.add(s11, f32x4.mul(x1, y1));
    const x2 = v128.load_splat<f32>(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(x2, y0));
    s21 = f32x4.add(s21, f32x4.mul(x2, y1));
    const x3 = v128.load_splat<f32>(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(x3, y0));
    s31 = f32x4.add(s31, f32x4.mul(x3, y1));
    a += 16;
    b += 32;
  }
  const row1 = out + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  if (!first) {
    s00 = f32x4.add(v128.load(out), s00);
    s01 = f32x4.add(v128.load(out, 16), s01);
    s10 = f32x4.add(v128.load(row1), s10);
    s11 = f32x4.add(v128.load(row1, 16), s11);
    s20 = f32x4.add(v128.load(row2), s20);
    s21 = f32x4.add(v128.load(row2, 16), s21);
    s30 = f32x4.add(v128.load(row3), s30);
    s31 = f32x4.add(v128.load(row3, 16), s31);
  }
  v128.store(out, s00);
  v128.store(out, s01, 16);
  v128.store(row1, s10);
  v128.store(row1, s11, 16);
  v128.store(row2, s20);
  v128.store(row2, s21, 16);
  v128.store(row3, s30);
  v128.store(row3, s31, 16);
}

/**
 * Adds the product over one block of k, which begins at `k`, to `out` (row-major, `stride` bytes a row; overwritten when
 * k = 0). `a` is packed in panels of 4, `b` in panels of 8; row counts are padded to those. One block a call: a function
 * that is running is never replaced by its optimised code, so calls have to be short. With `isTriangle`, only what lies on or above the
 * diagonal is made, and some below it.
 */
export function multiplyBlock(
  a: usize,
  b: usize,
  out: usize,
  aRows: i32,
  bRows: i32,
  dims: i32,
  k: i32,
  stride: i32,
  isTriangle: bool,
): void {
  const depth = min(BLOCK_DEPTH, dims - k);
  const aBlock = a + (((<usize>k) * aRows) << 2);
  const bBlock = b + (((<usize>k) * bRows) << 2);
  for (let j: i32 = 0; j < bRows; j += 8) {
    const bPanel = bBlock + (((<usize>j) * depth) << 2);
    const end = isTriangle ? min(aRows, j + 8) : aRows;
    for (let i: i32 = 0; i < end; i += 4) {
      multiplyPanels(
        aBlock + (((<usize>i) * depth) << 2),
        bPanel,
        out + (<usize>i) * stride + ((<usize>j) << 2),
        depth,
        stride,
        k == 0,
      );
    }
  }
}

export { arenaStart, packPanel };
export { appendFour, cutList, offerLine, offerPair, offerPanel, setLists, sortLists, tightenLists } from './candidate-lists';
export * from './candidate-scan';
export * from './normalise';
export * from './row-products';
export * from './sketched-scan';
