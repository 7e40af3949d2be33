import { sumLanes } from './lanes';

// The best candidates of every row while they are being found. Each list meets its candidates in ascending order, so what came
// first has the lower position.

/** Rows and columns of the products that are offered. */
export const PANEL: i32 = 16;

/**
 * Every row has a list with room for `room` (a multiple of 4, more than keep) scores, in the order in which they came, and as
 * many positions of the rows that they belong to. A full list is cut down to the best `keep`. Only scores above a row's
 * threshold enter.
 */
let scores: usize = 0;
let positions: usize = 0;
/** What is added to the scores of every row. */
export let biases: usize = 0;
let filled: usize = 0;
export let thresholds: usize = 0;
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

/** How many of the i32s from `at` to `end` are greater. */
@inline
function countAbove(at: usize, end: usize, bar: i32): i32 {
  const bars = i32x4.splat(bar);
  let counts = i32x4.splat(0);
  for (; at < end; at += 16) counts = i32x4.sub(counts, i32x4.gt_s(v128.load(at), bars));
  return sumLanes(counts);
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

/** Whether the list of a row holds a position. */
@inline
function holds(row: i32, other: i32): bool {
  const list = positions + (((<usize>row) * room) << 2);
  const length = load<i32>(filled + ((<usize>row) << 2));
  const wanted = i32x4.splat(other);
  for (let at: i32 = 0; at < length; at += 4) {
    const hits = i32x4.bitmask(i32x4.eq(v128.load(list + ((<usize>at) << 2)), wanted));
    if (hits != 0 && at + ctz(hits) < length) return true;
  }
  return false;
}

/**
 * Offers one score, which lacks the bias of row j, to the list of row i and, off the diagonal, to that of row j; when it is offered
 * again, only to lists that do not hold it.
 */
export function offerPair(i: i32, j: i32, score: i32, isDiagonal: bool, isAgain: bool): void {
  const whole = score + load<i32>(biases + ((<usize>j) << 2));
  if (whole > load<i32>(thresholds + ((<usize>i) << 2)) && !(isAgain && holds(i, j))) append(i, whole, j);
  if (isDiagonal) return;
  if (whole > load<i32>(thresholds + ((<usize>j) << 2)) && !(isAgain && holds(j, i))) append(j, whole, i);
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

/** Cuts all lists that hold more than `keep`, so that their thresholds are as high as they can be. */
export function tightenLists(empty: i32): void {
  for (let row: i32 = 0; row < count; row++) {
    const length = load<i32>(filled + ((<usize>row) << 2));
    if (length < keep) continue;
    const end = scores + (((<usize>row) * room + room) << 2);
    for (let at = end - ((<usize>(room - length)) << 2); at < end; at += 4) store<i32>(at, empty);
    cutList(row);
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
      const to = (<usize>sumLanes(before)) << 2;
      store<i32>(sortedScores + to, score);
      store<i32>(sortedPositions + to, load<i32>(scratch + listBytes + ((<usize>entry) << 2)));
    }
    for (let at = length; at < keep; at++) {
      store<i32>(sortedScores + ((<usize>at) << 2), empty);
      store<i32>(sortedPositions + ((<usize>at) << 2), -1);
    }
  }
}
