import { arenaStart, BLOCK_DEPTH, packPanel } from './panels';

export { arenaStart, packPanel };

/** As multiplyPanels of kernels.ts, with products that are rounded once or twice, as the machine has it. */
@inline
function multiplyPanelsRelaxed(a: usize, b: usize, out: usize, depth: i32, stride: usize, first: bool): void {
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
    s00 = f32x4.relaxed_madd(x0, y0, s00);
    s01 = f32x4.relaxed_madd(x0, y1, s01);
    const x1 = v128.load_splat<f32>(a, 4);
    s10 = f32x4.relaxed_madd(x1, y0, s10);
    s11 = f32x4.relaxed_madd(x1, y1, s11);
    const x2 = v128.load_splat<f32>(a, 8);
    s20 = f32x4.relaxed_madd(x2, y0, s20);
    s21 = f32x4.relaxed_madd(x2, y1, s21);
    const x3 = v128.load_splat<f32>(a, 12);
    s30 = f32x4.relaxed_madd(x3, y0, s30);
    s31 = f32x4.relaxed_madd(x3, y1, s31);
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

/** As multiplyBlock of kernels.ts. */
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
      multiplyPanelsRelaxed(
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
