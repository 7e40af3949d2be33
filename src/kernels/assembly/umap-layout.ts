import { exp, log } from './umap-numbers';

// Stochastic gradient descent, four edges at a time.
// A gradient depends on the squared distance only. Its factor is looked up by the float's leading bits: 128 cells an octave,
// 2^−24 to 2^15; beyond, the outermost cell serves.

const CELLS_PER_OCTAVE: i32 = 128;
const OCTAVES: i32 = 39;
const CELLS: i32 = CELLS_PER_OCTAVE * OCTAVES;
const FIRST_CELL: i32 = (127 - 24) * CELLS_PER_OCTAVE;
const SOFTENING: f64 = 0.001;
const NEGATIVES: i32 = 5;
const RATE_MASK: i32 = 0x3fffffff;

/** For each of sixteen choices of four lanes, the bytes that bring the chosen ones to the front. */
// prettier-ignore
const FRONT: usize = memory.data<u8>([
  0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  4, 5, 6, 7, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 0, 1, 2, 3,
  8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3,
  4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
  12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3,
  4, 5, 6, 7, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 1, 2, 3,
  8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
], 16);
const PULL: usize = memory.data(CELLS * 4, 16);
const PUSH: usize = memory.data(CELLS * 4, 16);

/** Fills the tables for the curve 1/(1 + a x^2b): factors of the difference of two points, at the middle of each cell. */
export function fillTables(a: f64, b: f64): void {
  for (let cell: i32 = 0; cell < CELLS; cell++) {
    const squared = <f64>reinterpret<f32>(((FIRST_CELL + cell) << 16) | 0x8000);
    const power = exp(b * log(squared));
    const at = (<usize>cell) << 2;
    store<f32>(PULL + at, <f32>((-2 * a * b * power) / (squared * (a * power + 1))));
    store<f32>(PUSH + at, <f32>((2 * b) / ((SOFTENING + squared) * (a * power + 1))));
  }
}

@inline
function look(table: usize, dx: v128, dy: v128): v128 {
  const squared = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
  const cells = i32x4.sub(i32x4.shr_u(squared, 16), i32x4.splat(FIRST_CELL));
  const inside = i32x4.min_s(i32x4.max_s(cells, i32x4.splat(0)), i32x4.splat(CELLS - 1));
  const at = i32x4.shl(inside, 2);
  let factors = v128.load32_zero(table + <usize>i32x4.extract_lane(at, 0));
  factors = v128.load32_lane(table + <usize>i32x4.extract_lane(at, 1), factors, 1);
  factors = v128.load32_lane(table + <usize>i32x4.extract_lane(at, 2), factors, 2);
  return v128.load32_lane(table + <usize>i32x4.extract_lane(at, 3), factors, 3);
}

@inline
function clip(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(-4)), f32x4.splat(4));
}

@inline
function loadPair(first: usize, second: usize): v128 {
  return v128.load64_lane(second, v128.load64_zero(first), 1);
}

@inline
function addTo(point: usize, change: v128): void {
  v128.store64_lane(point, f32x4.add(v128.load64_zero(point), change), 0);
}

@inline
function addPair(first: usize, second: usize, changes: v128): void {
  addTo(first, changes);
  addTo(second, v128.shuffle<f64>(changes, changes, 1, 0));
}

/** Next state of four generators side by side (xorshift, Marsaglia 2003). */
@inline
function advance(state: v128): v128 {
  let s = state;
  s = v128.xor(s, i32x4.shl(s, 13));
  s = v128.xor(s, i32x4.shr_u(s, 17));
  return v128.xor(s, i32x4.shl(s, 5));
}

/** Byte offsets of four points drawn evenly. */
@inline
function draw(state: v128, counts: v128): v128 {
  const low = i64x2.extmul_low_i32x4_u(state, counts);
  const high = i64x2.extmul_high_i32x4_u(state, counts);
  return i32x4.shl(v128.shuffle<i32>(low, high, 1, 3, 5, 7), 3);
}

/**
 * Lists the edges of [from, to) that are due in an epoch: those whose rate times the epoch passes a whole number. `due` has
 * room for heads and, `half` bytes further on, tails: four more of each than there are edges. Fills up a last group of four
 * with the point behind the last. `from` and `to` are multiples of four. Returns the end of the list.
 */
function listDue(
  heads: usize,
  tails: usize,
  rates: usize,
  from: i32,
  to: i32,
  epoch: i32,
  due: usize,
  half: usize,
  spare: i32,
): usize {
  const epochs = i32x4.splat(epoch);
  const mask = i32x4.splat(RATE_MASK);
  let list = due;
  for (let e = (<usize>from) << 2, end = (<usize>to) << 2; e < end; e += 16) {
    const rate = v128.load(rates + e);
    const hits = i32x4.bitmask(i32x4.lt_s(v128.and(i32x4.mul(rate, epochs), mask), rate));
    const order = v128.load(FRONT + ((<usize>hits) << 4));
    v128.store(list, i8x16.swizzle(v128.load(heads + e), order));
    v128.store(list + half, i8x16.swizzle(v128.load(tails + e), order));
    list += (<usize>popcnt(hits)) << 2;
  }
  while (((list - due) & 15) != 0) {
    store<i32>(list, spare);
    store<i32>(list + half, spare);
    list += 4;
  }
  return list;
}

/**
 * Moves the points of those of edges [from, to) that are due in this epoch: both approach each other, then the head flees
 * from five points drawn at random. `due` and `half` as in listDue; `random` holds four words, none of them 0.
 */
export function moveEdges(
  places: usize,
  count: i32,
  heads: usize,
  tails: usize,
  rates: usize,
  from: i32,
  to: i32,
  epoch: i32,
  alpha: f32,
  due: usize,
  half: usize,
  random: usize,
): void {
  const end = listDue(heads, tails, rates, from, to, epoch, due, half, count << 3);
  const step = f32x4.splat(alpha);
  const counts = i32x4.splat(count);
  let state = v128.load(random);
  for (let at = due; at < end; at += 16) {
    const h0 = places + <usize>load<i32>(at);
    const h1 = places + <usize>load<i32>(at, 4);
    const h2 = places + <usize>load<i32>(at, 8);
    const h3 = places + <usize>load<i32>(at, 12);
    const t0 = places + <usize>load<i32>(at + half);
    const t1 = places + <usize>load<i32>(at + half, 4);
    const t2 = places + <usize>load<i32>(at + half, 8);
    const t3 = places + <usize>load<i32>(at + half, 12);
    const head01 = loadPair(h0, h1);
    const head23 = loadPair(h2, h3);
    const tail01 = loadPair(t0, t1);
    const tail23 = loadPair(t2, t3);
    const oldX = v128.shuffle<f32>(head01, head23, 0, 2, 4, 6);
    const oldY = v128.shuffle<f32>(head01, head23, 1, 3, 5, 7);
    const dx = f32x4.sub(oldX, v128.shuffle<f32>(tail01, tail23, 0, 2, 4, 6));
    const dy = f32x4.sub(oldY, v128.shuffle<f32>(tail01, tail23, 1, 3, 5, 7));
    const factor = look(PULL, dx, dy);
    const pullX = f32x4.mul(clip(f32x4.mul(factor, dx)), step);
    const pullY = f32x4.mul(clip(f32x4.mul(factor, dy)), step);
    const x = f32x4.add(oldX, pullX);
    const y = f32x4.add(oldY, pullY);
    let gainX = f32x4.splat(0);
    let gainY = f32x4.splat(0);
    for (let k: i32 = 0; k < NEGATIVES; k++) {
      state = advance(state);
      const at = draw(state, counts);
      const other01 = loadPair(places + <usize>i32x4.extract_lane(at, 0), places + <usize>i32x4.extract_lane(at, 1));
      const other23 = loadPair(places + <usize>i32x4.extract_lane(at, 2), places + <usize>i32x4.extract_lane(at, 3));
      const nx = f32x4.sub(x, v128.shuffle<f32>(other01, other23, 0, 2, 4, 6));
      const ny = f32x4.sub(y, v128.shuffle<f32>(other01, other23, 1, 3, 5, 7));
      const push = look(PUSH, nx, ny);
      gainX = f32x4.add(gainX, clip(f32x4.mul(push, nx)));
      gainY = f32x4.add(gainY, clip(f32x4.mul(push, ny)));
    }

    // A point may be among the eight twice, so changes are added to what is there by now.
    const backX = f32x4.neg(pullX);
    const backY = f32x4.neg(pullY);
    addPair(t0, t1, v128.shuffle<f32>(backX, backY, 0, 4, 1, 5));
    addPair(t2, t3, v128.shuffle<f32>(backX, backY, 2, 6, 3, 7));
    const changeX = f32x4.add(pullX, f32x4.mul(gainX, step));
    const changeY = f32x4.add(pullY, f32x4.mul(gainY, step));
    addPair(h0, h1, v128.shuffle<f32>(changeX, changeY, 0, 4, 1, 5));
    addPair(h2, h3, v128.shuffle<f32>(changeX, changeY, 2, 6, 3, 7));
  }
  v128.store(random, state);
}
