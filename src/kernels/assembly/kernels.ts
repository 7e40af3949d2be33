// Panels: groups of `width` rows are stored side by side, k outermost, so that a multiplication reads both operands with one
// pointer each. The k axis is cut into blocks: [block of k][panel][k within the block][row within the panel].

/** Length of a block of k. A block is summed on its own and then added to the total; plain-product.ts does the same. */
const BLOCK_DEPTH: i32 = 32;

/** First byte that the caller may use, 64-byte aligned. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}

/** Moves four row-major rows into lanes of a panel of `width` rows; `target` is where k = 0 of the first block would be. */
@inline
function packFourRows(source: usize, rowBytes: usize, target: usize, width: usize, depth: i32): void {
  let r0 = source;
  let r1 = r0 + rowBytes;
  let r2 = r1 + rowBytes;
  let r3 = r2 + rowBytes;
  const step = width << 2;
  let k: i32 = 0;
  for (; k + 4 <= depth; k += 4) {
    const x0 = v128.load(r0);
    const x1 = v128.load(r1);
    const x2 = v128.load(r2);
    const x3 = v128.load(r3);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(target, v128.shuffle<f64>(low01, low23, 0, 2));
    v128.store(target + step, v128.shuffle<f64>(low01, low23, 1, 3));
    v128.store(target + 2 * step, v128.shuffle<f64>(high01, high23, 0, 2));
    v128.store(target + 3 * step, v128.shuffle<f64>(high01, high23, 1, 3));
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    target += 4 * step;
  }
  for (; k < depth; k++) {
    store<f32>(target, load<f32>(r0));
    store<f32>(target, load<f32>(r1), 4);
    store<f32>(target, load<f32>(r2), 8);
    store<f32>(target, load<f32>(r3), 12);
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
    target += step;
  }
}

/** Packs one panel (`width` = 4 or 8 row-major rows) that begins at `firstRow` of a matrix padded to `paddedRows`. */
export function packPanel(source: usize, target: usize, width: i32, dims: i32, firstRow: i32, paddedRows: i32): void {
  const rowBytes = (<usize>dims) << 2;
  for (let k: i32 = 0; k < dims; k += BLOCK_DEPTH) {
    const depth = min(BLOCK_DEPTH, dims - k);
    const block = target + (((<usize>k) * paddedRows + (<usize>firstRow) * depth) << 2);
    for (let quad: i32 = 0; quad < width; quad += 4) {
      packFourRows(source + (<usize>quad) * rowBytes + ((<usize>k) << 2), rowBytes, block + ((<usize>quad) << 2), width, depth);
    }
  }
}

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
 * that is running is never replaced by its optimised code, so calls have to be short.
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
): void {
  const depth = min(BLOCK_DEPTH, dims - k);
  const aBlock = a + (((<usize>k) * aRows) << 2);
  const bBlock = b + (((<usize>k) * bRows) << 2);
  for (let j: i32 = 0; j < bRows; j += 8) {
    const bPanel = bBlock + (((<usize>j) * depth) << 2);
    for (let i: i32 = 0; i < aRows; i += 4) {
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

export { appendFour, cutList, offerLine, offerPanel, setLists, sortLists } from './candidate-lists';
export * from './candidate-scan';
export * from './normalise';
export * from './row-products';
