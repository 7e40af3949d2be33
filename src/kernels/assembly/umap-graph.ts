import { exp, expPair, log } from './umap-numbers';

// The neighbour lists are `width` entries a row, ids −1 where there is none. Ids and weights have four bytes an entry.

const TOLERANCE: f64 = 1e-5;
const BISECTIONS: i32 = 64;
/** A bandwidth is at least this share of the mean distance. */
const LEAST_BANDWIDTH: f64 = 1e-3;

@inline
function distanceAt(similarity: usize): f64 {
  return max<f64>(0, 1 - <f64>load<f32>(similarity));
}

/** Sum over rows [from, to) of the mean distance of each row's list, itself counted at distance 0. */
export function sumMeanDistances(ids: usize, similarities: usize, from: i32, to: i32, width: i32): f64 {
  let total: f64 = 0;
  for (let row = from; row < to; row++) {
    let sum: f64 = 0;
    let present: i32 = 1;
    for (let at = <usize>row * width, end = at + width; at < end; at++) {
      if (load<i32>(ids + (at << 2)) < 0) continue;
      sum += distanceAt(similarities + (at << 2));
      present++;
    }
    total += sum / <f64>present;
  }
  return total;
}

/**
 * Turns the cosines of rows [from, to) into membership strengths, in place. `scratch` has room for width + 1 numbers of
 * eight bytes. `neighbours` is n_neighbors, `meanDistance` the mean over all rows of their mean distance.
 */
export function weighRows(
  ids: usize,
  values: usize,
  from: i32,
  to: i32,
  width: i32,
  scratch: usize,
  neighbours: i32,
  meanDistance: f64,
): void {
  const target = log(<f64>neighbours) / 0.6931471805599453;
  for (let row = from; row < to; row++) {
    const start = (<usize>row * width) << 2;
    let present: i32 = 0;
    let rho: f64 = 0;
    let sum: f64 = 0;
    for (let at = start, end = start + ((<usize>width) << 2); at < end; at += 4) {
      if (load<i32>(ids + at) < 0) continue;
      const distance = distanceAt(values + at);
      store<f64>(scratch + ((<usize>present) << 3), distance);
      present++;
      sum += distance;
      if (rho == 0) rho = distance;
    }
    const mean = sum / <f64>(present + 1);
    for (let j: i32 = 0; j < present; j++) {
      const at = scratch + ((<usize>j) << 3);
      store<f64>(at, max<f64>(0, load<f64>(at) - rho));
    }
    store<f64>(scratch + ((<usize>present) << 3), Infinity);
    const sigma = max<f64>(
      findBandwidth(scratch, present, target),
      LEAST_BANDWIDTH * (rho > 0 ? mean : meanDistance),
    );
    let j: usize = scratch;
    for (let at = start, end = start + ((<usize>width) << 2); at < end; at += 4) {
      if (load<i32>(ids + at) < 0) {
        store<f32>(values + at, 0);
        continue;
      }
      const excess = load<f64>(j);
      j += 8;
      store<f32>(values + at, excess <= 0 ? 1 : <f32>exp(-(excess / sigma)));
    }
  }
}

/** The bandwidth at which the strengths of a row sum up to `target`, by bisection. One entry beyond `present` is infinite. */
function findBandwidth(excesses: usize, present: i32, target: f64): f64 {
  let low: f64 = 0;
  let high: f64 = Infinity;
  let middle: f64 = 1;
  const end = excesses + ((<usize>present) << 3);
  for (let round: i32 = 0; round < BISECTIONS; round++) {
    const scale = f64x2.splat(-1 / middle);
    let sums = f64x2.splat(0);
    for (let at = excesses; at < end; at += 16) {
      sums = f64x2.add(sums, expPair(f64x2.mul(v128.load(at), scale)));
    }
    const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    if (abs<f64>(sum - target) < TOLERANCE) break;
    if (sum > target) {
      high = middle;
      middle = (low + high) / 2;
    } else {
      low = middle;
      middle = high == Infinity ? middle * 2 : (low + high) / 2;
    }
  }
  return middle;
}

/** Position of `id` in a list of ids, −1 when it is not there. */
@inline
function findId(list: usize, width: i32, id: i32): i32 {
  const wanted = i32x4.splat(id);
  let j: i32 = 0;
  for (; j + 4 <= width; j += 4) {
    const hits = i32x4.bitmask(i32x4.eq(v128.load(list + ((<usize>j) << 2)), wanted));
    if (hits != 0) return j + ctz(hits);
  }
  for (; j < width; j++) if (load<i32>(list + ((<usize>j) << 2)) == id) return j;
  return -1;
}

/**
 * For rows [from, to): the fuzzy union w + w′ − w w′ of a strength and the one the other way. A pair that stands in both
 * lists is written to the list of the smaller row and left 0 in the other. Adds both ends of every pair to `degrees`.
 */
export function uniteRows(
  ids: usize,
  weights: usize,
  united: usize,
  degrees: usize,
  from: i32,
  to: i32,
  width: i32,
): void {
  for (let row = from; row < to; row++) {
    for (let at = <usize>row * width, end = at + width; at < end; at++) {
      const id = load<i32>(ids + (at << 2));
      let strength: f32 = 0;
      if (id >= 0) {
        const list = <usize>id * width;
        const back = findId(ids + (list << 2), width, row);
        if (back < 0 || row < id) {
          const there = <f64>load<f32>(weights + (at << 2));
          const here = back < 0 ? 0 : <f64>load<f32>(weights + ((list + back) << 2));
          strength = <f32>(there + here - there * here);
        }
      }
      store<f32>(united + (at << 2), strength);
      if (strength > 0) {
        const own = degrees + ((<usize>row) << 2);
        const other = degrees + ((<usize>id) << 2);
        store<i32>(own, load<i32>(own) + 1);
        store<i32>(other, load<i32>(other) + 1);
      }
    }
  }
}

/** Running sums of the degrees: `starts` (count + 1) and a copy in `cursors` (count). Returns the number of entries. */
export function listDegrees(degrees: usize, starts: usize, cursors: usize, count: i32): i32 {
  let sum: i32 = 0;
  for (let at: usize = 0, end = (<usize>count) << 2; at < end; at += 4) {
    const degree = load<i32>(degrees + at);
    store<i32>(starts + at, sum);
    store<i32>(cursors + at, sum);
    sum += degree;
  }
  store<i32>(starts + ((<usize>count) << 2), sum);
  return sum;
}

@inline
function put(row: i32, column: i32, weight: f32, cursors: usize, columns: usize, weights: usize): void {
  const cursor = cursors + ((<usize>row) << 2);
  const at = load<i32>(cursor);
  store<i32>(cursor, at + 1);
  store<i32>(columns + ((<usize>at) << 2), column);
  store<f32>(weights + ((<usize>at) << 2), weight);
}

/** Puts the pairs of rows [from, to) into the symmetric matrix, both ways. */
export function fillRows(
  ids: usize,
  united: usize,
  cursors: usize,
  columns: usize,
  weights: usize,
  from: i32,
  to: i32,
  width: i32,
): void {
  for (let row = from; row < to; row++) {
    for (let at = <usize>row * width, end = at + width; at < end; at++) {
      const weight = load<f32>(united + (at << 2));
      if (weight <= 0) continue;
      const id = load<i32>(ids + (at << 2));
      put(row, id, weight, cursors, columns, weights);
      put(id, row, weight, cursors, columns, weights);
    }
  }
}

const STRATA: i32 = 64;
const CURSOR_BYTES: usize = 12;

/**
 * Lists the edges for the optimiser: byte offsets of both points, and how often an edge is due, in 2^−30 of an epoch. Edges
 * that would never be due are left out. The matrix is cut into strata, which take turns, so that edges that stand side by
 * side rarely share a point. `scratch` has room for 3 × 64 numbers of four bytes. Returns the number of edges.
 */
export function arrangeEdges(
  starts: usize,
  columns: usize,
  weights: usize,
  count: i32,
  epochs: i32,
  scratch: usize,
  heads: usize,
  tails: usize,
  rates: usize,
): i32 {
  const entries = load<i32>(starts + ((<usize>count) << 2));
  let largest: f32 = 0;
  for (let e: i32 = 0; e < entries; e++) largest = max<f32>(largest, load<f32>(weights + ((<usize>e) << 2)));
  let longest: i32 = 1;
  for (let row: usize = 0; row < <usize>count; row++) {
    longest = max<i32>(longest, load<i32>(starts + (row << 2), 4) - load<i32>(starts + (row << 2)));
  }
  const strata = max<i32>(1, min<i32>(STRATA, entries / longest));
  let row: i32 = 0;
  for (let s: i32 = 0; s < strata; s++) {
    const first = <i32>((<i64>entries * s) / strata);
    while (row < count - 1 && load<i32>(starts + ((<usize>row) << 2), 4) <= first) row++;
    const cursor = scratch + <usize>s * CURSOR_BYTES;
    store<i32>(cursor, first);
    store<i32>(cursor, <i32>((<i64>entries * (s + 1)) / strata), 4);
    store<i32>(cursor, row, 8);
  }

  const least = <f64>largest / <f64>epochs;
  const scale: f64 = 1073741824.0 / <f64>largest;
  const turns = (entries + strata - 1) / strata;
  const lastCursor = scratch + <usize>strata * CURSOR_BYTES;
  let kept: i32 = 0;
  for (let turn: i32 = 0; turn < turns; turn++) {
    for (let cursor = scratch; cursor < lastCursor; cursor += CURSOR_BYTES) {
      const e = load<i32>(cursor);
      if (e >= load<i32>(cursor, 4)) continue;
      store<i32>(cursor, e + 1);
      let head = load<i32>(cursor, 8);
      while (load<i32>(starts + ((<usize>head) << 2), 4) <= e) head++;
      store<i32>(cursor, head, 8);
      const weight = <f64>load<f32>(weights + ((<usize>e) << 2));
      if (weight < least) continue;
      const at = (<usize>kept) << 2;
      store<i32>(heads + at, head << 3);
      store<i32>(tails + at, load<i32>(columns + ((<usize>e) << 2)) << 3);
      store<i32>(rates + at, <i32>floor<f64>(weight * scale + 0.5));
      kept++;
    }
  }
  return kept;
}
