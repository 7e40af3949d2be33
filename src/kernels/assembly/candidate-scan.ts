// Candidates for exact neighbours. Rows are rounded to int16 and stored in panels of 16, two of k side by side:
// [panel][pair of k][row][2], so that one 16-bit dot instruction adds two products to each of four columns. Sums are
// integers: exact, whatever their order. Both operands of a product are read from the same layout.

/** Rows of a panel. */
const PANEL: i32 = 16;
/** Bytes of a panel for each pair of k. */
const PAIR_BYTES: usize = 64;
/** Bytes of a panel multiplied in one go: two such blocks fit the first cache. */
const BLOCK_BYTES: usize = 8192;

/**
 * Every row has a list with room for `room` (a multiple of 4, more than keep) scores, in the order in which they came, and as
 * many positions of the rows that they belong to. A full list is cut down to the best `keep`. Only scores above a row's
 * threshold enter.
 */
let scores: usize = 0;
let positions: usize = 0;
/** What is added to the scores of every row. */
let biases: usize = 0;
let filled: usize = 0;
let thresholds: usize = 0;
let keep: i32 = 0;
let room: i32 = 0;
/** Positions from here on are padding. */
let count: i32 = 0;

export function setLists(
  scoresAt: usize,
  positionsAt: usize,
  biasesAt: usize,
  filledAt: usize,
  thresholdsAt: usize,
  keepCount: i32,
  roomCount: i32,
  rowCount: i32,
): void {
  scores = scoresAt;
  positions = positionsAt;
  biases = biasesAt;
  filled = filledAt;
  thresholds = thresholdsAt;
  keep = keepCount;
  room = roomCount;
  count = rowCount;
}

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

@inline
function countLanes(counts: v128): i32 {
  return (
    i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1) + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3)
  );
}

/** How many of the i32s from `at` to `end` are greater. */
@inline
function countAbove(at: usize, end: usize, bar: i32): i32 {
  const bars = i32x4.splat(bar);
  let counts = i32x4.splat(0);
  for (; at < end; at += 16) counts = i32x4.sub(counts, i32x4.gt_s(v128.load(at), bars));
  return countLanes(counts);
}

/** A number that at most `keep` of the i32s from `at` to `end` exceed, and at least `keep` reach: by bisection. */
@inline
function findCut(at: usize, end: usize): i32 {
  let lows = v128.load(at);
  let highs = lows;
  for (let next = at + 16; next < end; next += 16) {
    const values = v128.load(next);
    lows = i32x4.min_s(lows, values);
    highs = i32x4.max_s(highs, values);
  }
  let low = min(
    min(i32x4.extract_lane(lows, 0), i32x4.extract_lane(lows, 1)),
    min(i32x4.extract_lane(lows, 2), i32x4.extract_lane(lows, 3)),
  );
  let high = max(
    max(i32x4.extract_lane(highs, 0), i32x4.extract_lane(highs, 1)),
    max(i32x4.extract_lane(highs, 2), i32x4.extract_lane(highs, 3)),
  );
  while (low < high) {
    const middle = low + <i32>(<u32>(high - low) >> 1);
    const above = countAbove(at, end, middle);
    if (above == keep) return middle;
    if (above > keep) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Leaves the best `keep` of a full list, in their order; of equal scores those that came first. */
export function cutList(row: i32): void {
  const rowScores = scores + (((<usize>row) * room) << 2);
  const rowPositions = positions + (((<usize>row) * room) << 2);
  const bytes = (<usize>room) << 2;
  const cut = findCut(rowScores, rowScores + bytes);
  let ties = keep - countAbove(rowScores, rowScores + bytes, cut);
  let to: usize = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    const score = load<i32>(rowScores + at);
    store<i32>(rowScores + to, score);
    store<i32>(rowPositions + to, load<i32>(rowPositions + at));
    const isTie = i32(score == cut) & i32(ties > 0);
    ties -= isTie;
    to += (<usize>(i32(score > cut) | isTie)) << 2;
  }
  store<i32>(filled + ((<usize>row) << 2), keep);
  store<i32>(thresholds + ((<usize>row) << 2), cut);
}

@inline
function append(row: i32, score: i32, other: i32): void {
  const slot = filled + ((<usize>row) << 2);
  const at = load<i32>(slot);
  const to = ((<usize>row) * room + at) << 2;
  store<i32>(scores + to, score);
  store<i32>(positions + to, other);
  store<i32>(slot, at + 1);
  if (at + 1 == room) cutList(row);
}

/** Enters four scores of row i, those with rows j to j + 3, where the masks say: into the row's list, into the others'. */
export function appendFour(at: usize, i: i32, j: i32, own: i32, others: i32): void {
  // Padding is no candidate, and no row its own.
  if (j + 4 > count) own &= (1 << max(0, count - j)) - 1;
  if (i >= j && i < j + 4) own &= ~(1 << (i - j));
  while (own != 0) {
    const lane = ctz(own);
    own &= own - 1;
    append(i, load<i32>(at + ((<usize>lane) << 2)), j + lane);
  }
  while (others != 0) {
    const lane = ctz(others);
    others &= others - 1;
    append(j + lane, load<i32>(at + ((<usize>lane) << 2)), i);
  }
}

/** Offers 16 scores of row i, those with the rows from j, at `line`. Kept apart from the test whether any of them may enter. */
export function offerLine(line: usize, i: i32, j: i32, isDiagonal: bool): void {
  const own = thresholds + ((<usize>i) << 2);
  for (let column: i32 = 0; column < PANEL; column += 4) {
    const at = line + ((<usize>column) << 2);
    const score = v128.load(at);
    const aboveOwn = i32x4.bitmask(i32x4.gt_s(score, v128.load_splat<i32>(own)));
    const bars = v128.load(thresholds + ((<usize>(j + column)) << 2));
    const aboveOthers = isDiagonal ? 0 : i32x4.bitmask(i32x4.gt_s(score, bars));
    if ((aboveOwn | aboveOthers) != 0) appendFour(at, i, j + column, aboveOwn, aboveOthers);
  }
}

@inline
function isAbove(at: usize, bars: usize, own: v128): v128 {
  return i32x4.gt_s(v128.load(at), i32x4.min_s(own, v128.load(bars)));
}

/** Offers a 16 × 16 product of the rows from i and the rows from j to the lists; on the diagonal to those of the rows only. */
export function offerPanel(out: usize, i: i32, j: i32, isDiagonal: bool): void {
  const bars = thresholds + ((<usize>j) << 2);
  for (let row: i32 = 0; row < PANEL; row++) {
    const line = out + ((<usize>row) << 6);
    const own = v128.load_splat<i32>(thresholds + ((<usize>(i + row)) << 2));
    const left = v128.or(isAbove(line, bars, own), isAbove(line + 16, bars + 16, own));
    const right = v128.or(isAbove(line + 32, bars + 32, own), isAbove(line + 48, bars + 48, own));
    if (v128.any_true(v128.or(left, right))) offerLine(line, i + row, j, isDiagonal);
  }
}

/**
 * Sorts the lists, cut to `keep`, best first, equal ones by position, and moves them together: `keep` scores and positions a
 * row, filled up with `empty` and −1. Needs room for 2 × room i32s at `scratch`. Ends the scan.
 */
export function sortLists(scratch: usize, empty: i32): void {
  const listBytes = (<usize>room) << 2;
  for (let row: i32 = 0; row < count; row++) {
    const rowScores = scores + (<usize>row) * listBytes;
    let length = load<i32>(filled + ((<usize>row) << 2));
    for (let at = length; at < room; at++) store<i32>(rowScores + ((<usize>at) << 2), empty);
    if (length > keep) {
      cutList(row);
      length = keep;
      for (let at = length; at < room; at++) store<i32>(rowScores + ((<usize>at) << 2), empty);
    }
    memory.copy(scratch, rowScores, listBytes);
    memory.copy(scratch + listBytes, positions + (<usize>row) * listBytes, listBytes);
    const sortedScores = scores + (((<usize>row) * keep) << 2);
    const sortedPositions = positions + (((<usize>row) * keep) << 2);
    for (let entry: i32 = 0; entry < length; entry++) {
      const score = load<i32>(scratch + ((<usize>entry) << 2));
      const own = i32x4.splat(score);
      let index = i32x4(0, 1, 2, 3);
      let before = i32x4.splat(0);
      for (let at: usize = 0; at < listBytes; at += 16) {
        const other = v128.load(scratch + at);
        const isEarlierTie = v128.and(i32x4.eq(other, own), i32x4.lt_s(index, i32x4.splat(entry)));
        before = i32x4.sub(before, v128.or(i32x4.gt_s(other, own), isEarlierTie));
        index = i32x4.add(index, i32x4.splat(4));
      }
      const to = (<usize>countLanes(before)) << 2;
      store<i32>(sortedScores + to, score);
      store<i32>(sortedPositions + to, load<i32>(scratch + listBytes + ((<usize>entry) << 2)));
    }
    for (let at = length; at < keep; at++) {
      store<i32>(sortedScores + ((<usize>at) << 2), empty);
      store<i32>(sortedPositions + ((<usize>at) << 2), -1);
    }
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

@inline
function lowDoubles(value: v128): v128 {
  return f64x2.promote_low_f32x4(value);
}

@inline
function highDoubles(value: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(value, value, 2, 3, 2, 3));
}

@inline
function storeSum(at: usize, low: v128, high: v128): void {
  const both = f64x2.add(low, high);
  store<f64>(at, f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1));
}

/**
 * Sums of products of a row of `dims` floats (padded with zeros to a multiple of 4) with each of `rowCount` others, in float64:
 * four sums over every fourth k, added pairwise. `left` and the i32s at `others` count rows from `base`. `rowCount` is a
 * multiple of 4; the results are 8 bytes each.
 */
export function multiplyRows(base: usize, left: i32, others: usize, rowCount: i32, dims: i32, out: usize): void {
  const rowBytes = (<usize>dims) << 2;
  const start = base + (<usize>left) * rowBytes;
  const end = start + rowBytes;
  for (let row: i32 = 0; row < rowCount; row += 4) {
    let low0 = f64x2.splat(0);
    let high0 = f64x2.splat(0);
    let low1 = f64x2.splat(0);
    let high1 = f64x2.splat(0);
    let low2 = f64x2.splat(0);
    let high2 = f64x2.splat(0);
    let low3 = f64x2.splat(0);
    let high3 = f64x2.splat(0);
    const four = others + ((<usize>row) << 2);
    // Distances from the left row, which may be negative: additions wrap around.
    const to0 = base + (<usize>load<i32>(four)) * rowBytes - start;
    const to1 = base + (<usize>load<i32>(four, 4)) * rowBytes - start;
    const to2 = base + (<usize>load<i32>(four, 8)) * rowBytes - start;
    const to3 = base + (<usize>load<i32>(four, 12)) * rowBytes - start;
    for (let x = start; x < end; x += 16) {
      const left4 = v128.load(x);
      const xLow = lowDoubles(left4);
      const xHigh = highDoubles(left4);
      const y0 = v128.load(x + to0);
      low0 = f64x2.add(low0, f64x2.mul(xLow, lowDoubles(y0)));
      high0 = f64x2.add(high0, f64x2.mul(xHigh, highDoubles(y0)));
      const y1 = v128.load(x + to1);
      low1 = f64x2.add(low1, f64x2.mul(xLow, lowDoubles(y1)));
      high1 = f64x2.add(high1, f64x2.mul(xHigh, highDoubles(y1)));
      const y2 = v128.load(x + to2);
      low2 = f64x2.add(low2, f64x2.mul(xLow, lowDoubles(y2)));
      high2 = f64x2.add(high2, f64x2.mul(xHigh, highDoubles(y2)));
      const y3 = v128.load(x + to3);
      low3 = f64x2.add(low3, f64x2.mul(xLow, lowDoubles(y3)));
      high3 = f64x2.add(high3, f64x2.mul(xHigh, highDoubles(y3)));
    }
    const to = out + ((<usize>row) << 3);
    storeSum(to, low0, high0);
    storeSum(to + 8, low1, high1);
    storeSum(to + 16, low2, high2);
    storeSum(to + 24, low3, high3);
  }
}
