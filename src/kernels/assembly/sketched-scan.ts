import { biases, offerPair, PANEL, thresholds } from './candidate-lists';
import { multiplyQuantisedPanels } from './candidate-scan';
import { sumLanes } from './lanes';

// Candidates by way of sketches: few numbers a row whose products are never below the scores of the rows. Only pairs of which
// the sketches do not show that they are too far apart are multiplied in full. Rows are int16, row-major, `dims` (a multiple of
// 16) each; sketches are in panels as candidate-scan.ts has them.

/**
 * Rounds a row of `dims` floats, less `mean` and multiplied by `scale`, to int16, ties to even. Returns the squared length of
 * what rounding took, in those units.
 */
export function quantiseRow(source: usize, target: usize, mean: usize, dims: i32, scale: f32): f32 {
  const scales = f32x4.splat(scale);
  const end = source + ((<usize>dims) << 2);
  let errors = f32x4.splat(0);
  while (source < end) {
    const v0 = f32x4.mul(f32x4.sub(v128.load(source), v128.load(mean)), scales);
    const v1 = f32x4.mul(f32x4.sub(v128.load(source, 16), v128.load(mean, 16)), scales);
    const q0 = f32x4.nearest(v0);
    const q1 = f32x4.nearest(v1);
    const e0 = f32x4.sub(v0, q0);
    const e1 = f32x4.sub(v1, q1);
    errors = f32x4.add(errors, f32x4.mul(e0, e0));
    errors = f32x4.add(errors, f32x4.mul(e1, e1));
    v128.store(target, i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(q0), i32x4.trunc_sat_f32x4_s(q1)));
    source += 32;
    mean += 32;
    target += 16;
  }
  return (
    f32x4.extract_lane(errors, 0) +
    f32x4.extract_lane(errors, 1) +
    f32x4.extract_lane(errors, 2) +
    f32x4.extract_lane(errors, 3)
  );
}

/** The product of two rows of `bytes` each. */
@inline
function multiplyRowByOne(x: usize, y: usize, bytes: usize): i32 {
  const end = x + bytes;
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  while (x < end) {
    even = i32x4.add(even, i32x4.dot_i16x8_s(v128.load(x), v128.load(y)));
    odd = i32x4.add(odd, i32x4.dot_i16x8_s(v128.load(x, 16), v128.load(y, 16)));
    x += 32;
    y += 32;
  }
  return sumLanes(i32x4.add(even, odd));
}

/** The products of a row with four others, to four i32s at `out`. Exported so that it stays a function of its own and is soon optimised. */
export function multiplyRowByFour(
  x: usize,
  y0: usize,
  y1: usize,
  y2: usize,
  y3: usize,
  bytes: usize,
  out: usize,
): void {
  const end = x + bytes;
  let s0 = i32x4.splat(0);
  let s1 = i32x4.splat(0);
  let s2 = i32x4.splat(0);
  let s3 = i32x4.splat(0);
  while (x < end) {
    const even = v128.load(x);
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(even, v128.load(y0)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(even, v128.load(y1)));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(even, v128.load(y2)));
    s3 = i32x4.add(s3, i32x4.dot_i16x8_s(even, v128.load(y3)));
    const odd = v128.load(x, 16);
    s0 = i32x4.add(s0, i32x4.dot_i16x8_s(odd, v128.load(y0, 16)));
    s1 = i32x4.add(s1, i32x4.dot_i16x8_s(odd, v128.load(y1, 16)));
    s2 = i32x4.add(s2, i32x4.dot_i16x8_s(odd, v128.load(y2, 16)));
    s3 = i32x4.add(s3, i32x4.dot_i16x8_s(odd, v128.load(y3, 16)));
    x += 32;
    y0 += 32;
    y1 += 32;
    y2 += 32;
    y3 += 32;
  }
  store<i32>(out, sumLanes(s0));
  store<i32>(out, sumLanes(s1), 4);
  store<i32>(out, sumLanes(s2), 8);
  store<i32>(out, sumLanes(s3), 12);
}

/**
 * Multiplies row i, which is at `x`, with those rows from j, which are at `rows`, that `mask` (16 bits) names, and offers the scores
 * to the lists.
 */
export function offerSome(
  x: usize,
  rows: usize,
  i: i32,
  j: i32,
  mask: i32,
  rowBytes: usize,
  stride: usize,
  isDiagonal: bool,
  isAgain: bool,
  out: usize,
): void {
  const own = load<i32>(biases + ((<usize>i) << 2));
  let left = popcnt<i32>(mask);
  while (left > 3) {
    const l0 = ctz(mask);
    mask &= mask - 1;
    const l1 = ctz(mask);
    mask &= mask - 1;
    const l2 = ctz(mask);
    mask &= mask - 1;
    const l3 = ctz(mask);
    mask &= mask - 1;
    left -= 4;
    multiplyRowByFour(
      x,
      rows + (<usize>l0) * stride,
      rows + (<usize>l1) * stride,
      rows + (<usize>l2) * stride,
      rows + (<usize>l3) * stride,
      rowBytes,
      out,
    );
    offerPair(i, j + l0, load<i32>(out) + own, isDiagonal, isAgain);
    offerPair(i, j + l1, load<i32>(out, 4) + own, isDiagonal, isAgain);
    offerPair(i, j + l2, load<i32>(out, 8) + own, isDiagonal, isAgain);
    offerPair(i, j + l3, load<i32>(out, 12) + own, isDiagonal, isAgain);
  }
  while (mask != 0) {
    const lane = ctz(mask);
    mask &= mask - 1;
    offerPair(i, j + lane, multiplyRowByOne(x, rows + (<usize>lane) * stride, rowBytes) + own, isDiagonal, isAgain);
  }
}

@inline
function isAbove(at: usize, bars: usize, own: v128): v128 {
  return i32x4.gt_s(v128.load(at), i32x4.min_s(own, v128.load(bars)));
}

/** Bits of the 16 numbers at `line` that are above the row's own threshold or that of the column. */
@inline
function maskAbove(line: usize, bars: usize, own: v128): i32 {
  const low = i16x8.narrow_i32x4_s(isAbove(line, bars, own), isAbove(line + 16, bars + 16, own));
  const high = i16x8.narrow_i32x4_s(isAbove(line + 32, bars + 32, own), isAbove(line + 48, bars + 48, own));
  return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
}

/** Bits of the rows from j on that are candidates of row i: padding is none, and no row its own. */
@inline
function allowed(i: i32, j: i32, count: i32): i32 {
  const present = j + PANEL > count ? (1 << max(0, count - j)) - 1 : 0xffff;
  return i >= j && i < j + PANEL ? present & ~(1 << (i - j)) : present;
}

/**
 * Offers the pairs of the bands at `a` and `b` whose sketches promise enough: as scanBands of candidate-scan.ts goes through them. The
 * sketches of all rows, `sketchDims` numbers each, are at `sketches`; of which `sketchPairs` pairs are multiplied, and `sketchBiases` added. With `isAgain`, lists may hold some of the pairs. A row has `rowBytes` bytes, `stride` apart; `count` is the number
 * of rows in all; `out` is 1 KiB and 16 bytes.
 */
export function scanSketchedBands(
  a: usize,
  aPanels: i32,
  i: i32,
  b: usize,
  bPanels: i32,
  j: i32,
  rowBytes: usize,
  stride: usize,
  sketches: usize,
  sketchDims: i32,
  sketchPairs: i32,
  sketchBiases: usize,
  isAgain: bool,
  count: i32,
  out: usize,
): void {
  const sketchRow = (<usize>sketchDims) << 1;
  const four = out + 1024;
  for (let right: i32 = 0; right < bPanels; right++) {
    const second = j + right * PANEL;
    const end = i == j ? right + 1 : aPanels;
    const bars = thresholds + ((<usize>second) << 2);
    for (let left: i32 = 0; left < end; left++) {
      const first = i + left * PANEL;
      multiplyQuantisedPanels(
        sketches + (<usize>first) * sketchRow,
        sketches + (<usize>second) * sketchRow,
        out,
        (<usize>sketchPairs) << 6,
        sketchBiases + ((<usize>first) << 2),
        sketchBiases + ((<usize>second) << 2),
        true,
      );
      for (let row: i32 = 0; row < PANEL; row++) {
        const own = v128.load_splat<i32>(thresholds + ((<usize>(first + row)) << 2));
        const line = out + ((<usize>row) << 6);
        let mask = maskAbove(line, bars, own);
        if (mask == 0) continue;
        mask &= allowed(first + row, second, count);
        if (mask == 0 || first + row >= count) continue;
        offerSome(
          a + (<usize>(left * PANEL + row)) * stride,
          b + (<usize>(right * PANEL)) * stride,
          first + row,
          second,
          mask,
          rowBytes,
          stride,
          first == second,
          isAgain,
          four,
        );
      }
    }
  }
}

