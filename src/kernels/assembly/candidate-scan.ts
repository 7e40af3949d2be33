import { biases, offerPanel, PANEL } from './candidate-lists';

// Candidates for exact neighbours. Rows are rounded to int16 and stored in panels of 16, two of k side by side:
// [panel][pair of k][row][2], so that one 16-bit dot instruction adds two products to each of four columns. Sums are
// integers: exact, whatever their order. Both operands of a product are read from the same layout.

/** Bytes of a panel for each pair of k. */
const PAIR_BYTES: usize = 64;
/** Bytes of a panel multiplied in one go: two such blocks fit the first cache. */
const BLOCK_BYTES: usize = 8192;

@inline
function scaled(at: usize, mean: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.sub(v128.load(at), mean), scale);
}

@inline
function square(value: v128): v128 {
  return f32x4.mul(value, value);
}

@inline
function sumLanes(value: v128): f32 {
  return (
    f32x4.extract_lane(value, 0) + f32x4.extract_lane(value, 1) + f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3)
  );
}

/**
 * Packs a panel of 16 row-major rows of `dims` floats (a multiple of 4), each less `mean` and multiplied by `scale`, which makes
 * entries of at most 32767, and rounded, ties to even. Returns the largest squared length of a row's rounding error, in those
 * units.
 */
export function packQuantisedPanel(source: usize, target: usize, mean: usize, dims: i32, scale: f32): f32 {
  const rowBytes = (<usize>dims) << 2;
  const scales = f32x4.splat(scale);
  let worst: f32 = 0;
  for (let quad: i32 = 0; quad < PANEL; quad += 4) {
    const r0 = source + (<usize>quad) * rowBytes;
    let to = target + ((<usize>quad) << 2);
    let e0 = f32x4.splat(0);
    let e1 = f32x4.splat(0);
    let e2 = f32x4.splat(0);
    let e3 = f32x4.splat(0);
    for (let k: usize = 0; k < rowBytes; k += 16) {
      const at = r0 + k;
      const means = v128.load(mean + k);
      const v0 = scaled(at, means, scales);
      const v1 = scaled(at + rowBytes, means, scales);
      const v2 = scaled(at + 2 * rowBytes, means, scales);
      const v3 = scaled(at + 3 * rowBytes, means, scales);
      const q0 = f32x4.nearest(v0);
      const q1 = f32x4.nearest(v1);
      const q2 = f32x4.nearest(v2);
      const q3 = f32x4.nearest(v3);
      e0 = f32x4.add(e0, square(f32x4.sub(v0, q0)));
      e1 = f32x4.add(e1, square(f32x4.sub(v1, q1)));
      e2 = f32x4.add(e2, square(f32x4.sub(v2, q2)));
      e3 = f32x4.add(e3, square(f32x4.sub(v3, q3)));
      const n01 = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(q0), i32x4.trunc_sat_f32x4_s(q1));
      const n23 = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(q2), i32x4.trunc_sat_f32x4_s(q3));
      v128.store(to, v128.shuffle<i32>(n01, n23, 0, 2, 4, 6));
      v128.store(to + PAIR_BYTES, v128.shuffle<i32>(n01, n23, 1, 3, 5, 7));
      to += 2 * PAIR_BYTES;
    }
    worst = max(worst, max(max(sumLanes(e0), sumLanes(e1)), max(sumLanes(e2), sumLanes(e3))));
  }
  return worst;
}

/**
 * Adds the product of two panels over `bytes` of each to `out` (16 × 16 integers), or, first, puts it there with the biases of
 * their rows, which begin at `aBiases` and `bBiases`. Sums may wrap around on the way, not in the end. Exported so that it stays a function of its
 * own: a running function is never replaced by its optimised code, so what takes the time has to be called often.
 */
export function multiplyQuantisedPanels(
  a: usize,
  b: usize,
  out: usize,
  bytes: usize,
  aBiases: usize,
  bBiases: usize,
  first: bool,
): void {
  const end = b + bytes;
  for (let row: usize = 0; row < <usize>PANEL; row += 2) {
    let s00 = i32x4.splat(0);
    let s01 = i32x4.splat(0);
    let s02 = i32x4.splat(0);
    let s03 = i32x4.splat(0);
    let s10 = i32x4.splat(0);
    let s11 = i32x4.splat(0);
    let s12 = i32x4.splat(0);
    let s13 = i32x4.splat(0);
    let x = a + (row << 2);
    for (let y = b; y < end; y += PAIR_BYTES) {
      const y0 = v128.load(y);
      const y1 = v128.load(y, 16);
      const y2 = v128.load(y, 32);
      const y3 = v128.load(y, 48);
      const x0 = v128.load_splat<i32>(x);
      s00 = i32x4.add(s00, i32x4.dot_i16x8_s(x0, y0));
      s01 = i32x4.add(s01, i32x4.dot_i16x8_s(x0, y1));
      s02 = i32x4.add(s02, i32x4.dot_i16x8_s(x0, y2));
      s03 = i32x4.add(s03, i32x4.dot_i16x8_s(x0, y3));
      const x1 = v128.load_splat<i32>(x, 4);
      s10 = i32x4.add(s10, i32x4.dot_i16x8_s(x1, y0));
      s11 = i32x4.add(s11, i32x4.dot_i16x8_s(x1, y1));
      s12 = i32x4.add(s12, i32x4.dot_i16x8_s(x1, y2));
      s13 = i32x4.add(s13, i32x4.dot_i16x8_s(x1, y3));
      x += PAIR_BYTES;
    }
    const line = out + (row << 6);
    if (first) {
      const c0 = v128.load(bBiases);
      const c1 = v128.load(bBiases, 16);
      const c2 = v128.load(bBiases, 32);
      const c3 = v128.load(bBiases, 48);
      const own0 = v128.load_splat<i32>(aBiases + (row << 2));
      s00 = i32x4.add(s00, i32x4.add(own0, c0));
      s01 = i32x4.add(s01, i32x4.add(own0, c1));
      s02 = i32x4.add(s02, i32x4.add(own0, c2));
      s03 = i32x4.add(s03, i32x4.add(own0, c3));
      const own1 = v128.load_splat<i32>(aBiases + (row << 2), 4);
      s10 = i32x4.add(s10, i32x4.add(own1, c0));
      s11 = i32x4.add(s11, i32x4.add(own1, c1));
      s12 = i32x4.add(s12, i32x4.add(own1, c2));
      s13 = i32x4.add(s13, i32x4.add(own1, c3));
    } else {
      s00 = i32x4.add(s00, v128.load(line));
      s01 = i32x4.add(s01, v128.load(line, 16));
      s02 = i32x4.add(s02, v128.load(line, 32));
      s03 = i32x4.add(s03, v128.load(line, 48));
      s10 = i32x4.add(s10, v128.load(line, 64));
      s11 = i32x4.add(s11, v128.load(line, 80));
      s12 = i32x4.add(s12, v128.load(line, 96));
      s13 = i32x4.add(s13, v128.load(line, 112));
    }
    v128.store(line, s00);
    v128.store(line, s01, 16);
    v128.store(line, s02, 32);
    v128.store(line, s03, 48);
    v128.store(line, s10, 64);
    v128.store(line, s11, 80);
    v128.store(line, s12, 96);
    v128.store(line, s13, 112);
  }
}

/**
 * Multiplies packed rows i … with packed rows j … and offers the products to the lists of both; of a band with itself (i = j)
 * only the pairs of panels on and above the diagonal. Each list meets its candidates in ascending order. `out` is 1 KiB.
 */
export function scanBands(a: usize, aPanels: i32, i: i32, b: usize, bPanels: i32, j: i32, dims: i32, out: usize): void {
  const panelBytes = (<usize>dims) << 5;
  for (let right: i32 = 0; right < bPanels; right++) {
    const bPanel = b + (<usize>right) * panelBytes;
    const bBiases = biases + ((<usize>(j + right * PANEL)) << 2);
    const end = i == j ? right + 1 : aPanels;
    for (let left: i32 = 0; left < end; left++) {
      const aPanel = a + (<usize>left) * panelBytes;
      const aBiases = biases + ((<usize>(i + left * PANEL)) << 2);
      for (let at: usize = 0; at < panelBytes; at += BLOCK_BYTES) {
        const bytes = min(BLOCK_BYTES, panelBytes - at);
        multiplyQuantisedPanels(aPanel + at, bPanel + at, out, bytes, aBiases, bBiases, at == 0);
      }
      offerPanel(out, i + left * PANEL, j + right * PANEL, i == j && left == right);
    }
  }
}
