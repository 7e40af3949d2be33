import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';
import type { Rounding } from './rounding';
import type { TileProduct } from './tile-product';
import { RowGatherer, rowsPerYield, type UnitRows } from './unit-rows';

/**
 * Few numbers a member that say how alike two members are at most: the product of their sketches, plus both biases, plus `slack` is
 * never below their score by the rounding that the sketches were made for. Without the last two numbers the product is near the score
 * of members that are alike, and no bound.
 */
export interface RowSketches {
  /** Numbers a member, a multiple of 4. */
  readonly dims: number;
  /** members × dims. */
  readonly values: Int16Array;
  /** In units of scores, even. */
  readonly slack: number;
}

/** Sketches that several searches of the same members make together: in shared memory, zeros to begin with. */
export interface SharedSketches {
  /** Three numbers: chunks of members that are taken, that are done, and whether a sketch did not fit. */
  readonly counters: Int32Array;
  /** members × `sketchDims`. */
  readonly values: Int16Array;
}

/** Directions of a sketch; then come two numbers for what lies beyond them, and a zero. */
const directions = 61;
/** Numbers of a sketch. */
export const sketchDims = directions + 3;
/** How far what lies beyond is guessed to point the same way in members that are alike. */
const likeness = 0.2;
/** Numbers of a sample, and its rows at most. */
const numbersSampled = 2 ** 19;
const rowsSampled = 1024;
const rounds = 2;
const seed = 1;
const largestEntry = 32767;
const float32Unit = 2 ** -24;
/** Share of a vector's length below which what Gram–Schmidt leaves of it is rounding. */
const noLength = 1e-9;
const membersAChunk = 512;
const longestWaitMs = 1;
/** Places of the counters. */
const taken = 0;
const done = 1;
const unfit = 2;
/** More would not fit beside the scores themselves. */
const mostSlack = 2 ** 28;

/** Bytes of the sketches of so many members while a scan goes by them: as they were made, in the order of the scan, and as it has them. */
export function foreseeSketchBytes(memberCount: number): number {
  return memberCount * sketchDims * 2 * 3;
}

/**
 * Sketches of members (ascending): their places along orthonormal directions in which a sample of them extends most (subspace
 * iteration), and the length of what is left. With x = p + r, y = q + s, p and q along the directions: xy = pq + rs ≤ pq + |r||s|
 * (Cauchy–Schwarz), which is the product of (p, |r|) and (q, |s|). `slack` makes up for all rounding, of the sketches and of the
 * rows. Null where the directions are not orthonormal enough or the numbers do not fit. With `shared` the members are shared out among
 * all who are given it, and each has the sketches of all in the end. Yields every few milliseconds.
 */
export function* sketchRows(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly rounding: Rounding;
  readonly product: TileProduct;
  readonly shared?: SharedSketches | null | undefined;
}): Work<RowSketches | null> {
  const { rows, members, rounding, product, shared } = request;
  const { dims: width } = rows;
  const { mean, scale, reach, squares } = rounding;
  const basis = yield* findDirections(rows, members, mean, product);
  const skew = measureSkew(basis, width);
  if (!(skew < 1e-4)) return null;

  const count = members.length;
  const counters = shared?.counters ?? new Int32Array(3);
  const values = shared?.values ?? new Int16Array(count * sketchDims);
  const along = new Float64Array(directions);
  for (let c = 0; c < directions; c++)
    for (let k = 0; k < width; k++) along[c]! += mean[k]! * basis[c * width + k]!;

  // What float32 products of rows of length 1 are off by: blocks of 32, then as many sums as there are blocks.
  const entryError = 0.5 + scale * (40 + width / 32) * float32Unit;
  const sketchError = entryError * Math.sqrt(directions);
  const longest = reach * scale;
  const places = new Float32Array(membersAChunk * directions);
  const lines = new RowGatherer(rows, members);
  const chunkCount = Math.ceil(count / membersAChunk);
  for (;;) {
    // Nothing yields between taking a chunk and being done with it: nobody waits for one that is put aside.
    const chunk = Atomics.add(counters, taken, 1);
    if (chunk >= chunkCount) break;
    const from = chunk * membersAChunk;
    const to = Math.min(count, from + membersAChunk);
    product(lines.take(from, to), to - from, basis, directions, width, places);
    for (let member = from; member < to; member++) {
      const sketch = values.subarray(member * sketchDims, (member + 1) * sketchDims);
      const sketched = roundPlaces(places, (member - from) * directions, along, scale, sketch);
      const shown = Math.max(0, Math.sqrt(sketched) - sketchError);
      const rest = Math.sqrt(Math.max(0, squares[member]! * scale ** 2 - shown ** 2 / (1 + skew))) + 1;
      if (!(rest < largestEntry)) Atomics.store(counters, unfit, 1);
      sketch[directions] = Math.ceil(rest * Math.sqrt(likeness));
      sketch[directions + 1] = Math.ceil(rest * Math.sqrt(1 - likeness));
    }
    Atomics.add(counters, done, 1);
    yield { done: to, total: count };
  }
  for (let ready = Atomics.load(counters, done); ready < chunkCount; ready = Atomics.load(counters, done)) {
    Atomics.wait(counters, done, ready, longestWaitMs);
    yield { done: 0, total: count };
  }
  if (Atomics.load(counters, unfit) !== 0) return null;
  // Entries of rounded rows are off by at most .5, and by a little more since the products before them are float32.
  const rowError = 0.504 * Math.sqrt(width);
  const ofSketches = 2 * sketchError * longest + sketchError ** 2 + 1.01 * skew * longest ** 2;
  const ofRows = 2 * rowError * longest + rowError ** 2;
  const slack = 2 * Math.ceil((ofSketches + ofRows) / 2) + 4;
  return slack <= mostSlack ? { dims: sketchDims, values, slack } : null;
}

// Loops of their own: in the middle of a generator they take several times as long.

/** Rounds the places of one row, from `first` on, less those of the mean; returns the sum of their squares. */
function roundPlaces(
  places: Float32Array,
  first: number,
  along: Float64Array,
  scale: number,
  sketch: Int16Array,
): number {
  let squares = 0;
  for (let c = 0; c < directions; c++) {
    const entry = Math.round((places[first + c]! - along[c]!) * scale);
    sketch[c] = entry;
    squares += entry * entry;
  }
  return squares;
}

function subtractMean(
  values: Float32Array,
  start: number,
  mean: Float32Array,
  at: number,
  sample: Float32Array,
  turned: Float32Array,
): void {
  const width = mean.length;
  const count = sample.length / width;
  for (let k = 0; k < width; k++) {
    const value = values[start + k]! - mean[k]!;
    sample[at * width + k] = value;
    turned[k * count + at] = value;
  }
}

function fillRandom(numbers: Float32Array): void {
  const random = seededRandom(seed);
  for (let at = 0; at < numbers.length; at++) numbers[at] = random() - 0.5;
}

/** Takes from vector c what lies along the ones before it. */
function straighten(vectors: Float64Array, c: number, width: number): void {
  const at = c * width;
  for (let start = 0; start < at; start += width) {
    const along = multiply(vectors, at, start, width);
    for (let k = 0; k < width; k++) vectors[at + k]! -= along * vectors[start + k]!;
  }
}

/** Directions (rows of d float32) in which a sample of the members without the mean extends most, orthonormal to rounding. */
function* findDirections(
  { values, dims: width }: UnitRows,
  members: Uint32Array,
  mean: Float32Array,
  product: TileProduct,
): Work<Float32Array<ArrayBuffer>> {
  const wanted = Math.min(rowsSampled, Math.max(directions, Math.floor(numbersSampled / width)));
  const count = Math.min(wanted, members.length);
  const rowsAYield = rowsPerYield(width);
  const sample = new Float32Array(count * width);
  const turned = new Float32Array(width * count);
  for (let at = 0; at < count; at++) {
    const row = members[Math.floor((at * members.length) / count)]!;
    subtractMean(values, row * width, mean, at, sample, turned);
    if ((at + 1) % rowsAYield === 0) yield { done: 0, total: 1 };
  }
  const basis = new Float32Array(directions * width);
  fillRandom(basis);
  const scores = new Float32Array(directions * count);
  for (let round = 0; round < rounds; round++) {
    product(basis, directions, sample, count, width, scores);
    yield { done: 0, total: 1 };
    product(scores, directions, turned, width, count, basis);
    yield { done: 0, total: 1 };
    if (round + 1 < rounds) continue;
    yield* orthonormalise(basis, width);
  }
  return basis;
}

/** Gram–Schmidt in float64, each vector twice; one without a part of its own becomes zeros. */
function* orthonormalise(basis: Float32Array, width: number): Work<void> {
  const exact = Float64Array.from(basis);
  for (let c = 0; c < directions; c++) {
    const before = lengthOf(exact, c, width);
    straighten(exact, c, width);
    straighten(exact, c, width);
    const length = lengthOf(exact, c, width);
    const isOwn = length > before * noLength && length > 0;
    scaleVector(exact, c, width, isOwn ? 1 / length : 0);
    if (c % 8 === 7) yield { done: 0, total: 1 };
  }
  basis.set(exact);
}

/** The product of two vectors; four sums, as no addition need wait for the one before. */
function multiply(vectors: Float64Array | Float32Array, a: number, b: number, width: number): number {
  const whole = width - (width % 4);
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < whole; k += 4) {
    s0 += vectors[a + k]! * vectors[b + k]!;
    s1 += vectors[a + k + 1]! * vectors[b + k + 1]!;
    s2 += vectors[a + k + 2]! * vectors[b + k + 2]!;
    s3 += vectors[a + k + 3]! * vectors[b + k + 3]!;
  }
  for (let k = whole; k < width; k++) s0 += vectors[a + k]! * vectors[b + k]!;
  return s0 + s1 + s2 + s3;
}

function lengthOf(vectors: Float64Array, c: number, width: number): number {
  return Math.sqrt(multiply(vectors, c * width, c * width, width));
}

function scaleVector(vectors: Float64Array, c: number, width: number, factor: number): void {
  for (let k = c * width; k < (c + 1) * width; k++) vectors[k]! *= factor;
}

/** How far the products of the directions are from those of orthonormal ones: the largest sum of a line of differences. */
function measureSkew(basis: Float32Array, width: number): number {
  const sums = new Float64Array(directions);
  for (let i = 0; i < directions; i++) {
    const own = multiply(basis, i * width, i * width, width);
    // A direction of zeros shows nothing, and harms nothing.
    if (own > 0) sums[i]! += Math.abs(own - 1);
    for (let j = 0; j < i; j++) {
      const along = Math.abs(multiply(basis, i * width, j * width, width));
      sums[i]! += along;
      sums[j]! += along;
    }
  }
  return Math.max(...sums);
}
