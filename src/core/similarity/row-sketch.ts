import { seededGaussian } from '@/core/random';
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
  readonly values: Int16Array<ArrayBuffer>;
  /** In units of scores, even. */
  readonly slack: number;
}

/** Directions of a sketch; then come two numbers for what lies beyond them, and a zero. */
const directions = 61;
const dims = directions + 3;
/** How far what lies beyond is guessed to point the same way in members that are alike. */
const likeness = 0.2;
/** Numbers of a sample, and its rows at most. */
const numbersSampled = 2 ** 20;
const rowsSampled = 1024;
const rounds = 2;
const seed = 1;
const largestEntry = 32767;
const float32Unit = 2 ** -24;
/** Share of a vector's length below which what Gram–Schmidt leaves of it is rounding. */
const noLength = 1e-9;
/** More would not fit beside the scores themselves. */
const mostSlack = 2 ** 28;

/** Bytes of the sketches of so many members while a scan goes by them: as they were made, in the order of the scan, and as it has them. */
export function foreseeSketchBytes(memberCount: number): number {
  return memberCount * dims * 2 * 3;
}

/**
 * Sketches of members (ascending): their places along orthonormal directions in which a sample of them extends most (subspace
 * iteration), and the length of what is left. With x = p + r, y = q + s, p and q along the directions: xy = pq + rs ≤ pq + |r||s|
 * (Cauchy–Schwarz), which is the product of (p, |r|) and (q, |s|). `slack` makes up for all rounding, of the sketches and of the
 * rows. Null where the directions are not orthonormal enough or the numbers do not fit. Yields every few milliseconds.
 */
export function* sketchRows(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly rounding: Rounding;
  readonly product: TileProduct;
}): Work<RowSketches | null> {
  const { rows, members, rounding, product } = request;
  const { dims: width } = rows;
  const { mean, scale, reach, squares } = rounding;
  const basis = yield* findDirections(rows, members, mean, product);
  const skew = measureSkew(basis, width);
  if (!(skew < 1e-4)) return null;

  const count = members.length;
  const values = new Int16Array(count * dims);
  const along = new Float64Array(directions);
  for (let c = 0; c < directions; c++)
    for (let k = 0; k < width; k++) along[c]! += mean[k]! * basis[c * width + k]!;

  // What float32 products of rows of length 1 are off by: blocks of 32, then as many sums as there are blocks.
  const entryError = 0.5 + scale * (40 + width / 32) * float32Unit;
  const sketchError = entryError * Math.sqrt(directions);
  const longest = reach * scale;
  const chunkRows = Math.max(8, rowsPerYield(directions * 2));
  const places = new Float32Array(chunkRows * directions);
  const lines = new RowGatherer(rows, members);
  for (let from = 0; from < count; from += chunkRows) {
    const to = Math.min(count, from + chunkRows);
    product(lines.take(from, to), to - from, basis, directions, width, places);
    for (let member = from; member < to; member++) {
      let sketched = 0;
      for (let c = 0; c < directions; c++) {
        const entry = Math.round((places[(member - from) * directions + c]! - along[c]!) * scale);
        values[member * dims + c] = entry;
        sketched += entry * entry;
      }
      const shown = Math.max(0, Math.sqrt(sketched) - sketchError);
      const rest = Math.sqrt(Math.max(0, squares[member]! * scale ** 2 - shown ** 2 / (1 + skew))) + 1;
      if (!(rest < largestEntry)) return null;
      values[member * dims + directions] = Math.ceil(rest * Math.sqrt(likeness));
      values[member * dims + directions + 1] = Math.ceil(rest * Math.sqrt(1 - likeness));
    }
    yield { done: to, total: count };
  }
  // Entries of rounded rows are off by at most .5, and by a little more since the products before them are float32.
  const rowError = 0.504 * Math.sqrt(width);
  const ofSketches = 2 * sketchError * longest + sketchError ** 2 + 1.01 * skew * longest ** 2;
  const ofRows = 2 * rowError * longest + rowError ** 2;
  const slack = 2 * Math.ceil((ofSketches + ofRows) / 2) + 4;
  return slack <= mostSlack ? { dims, values, slack } : null;
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
    const row = members[Math.floor((at * members.length) / count)]! * width;
    for (let k = 0; k < width; k++) {
      const value = values[row + k]! - mean[k]!;
      sample[at * width + k] = value;
      turned[k * count + at] = value;
    }
    if ((at + 1) % rowsAYield === 0) yield { done: 0, total: 1 };
  }
  const gaussian = seededGaussian(seed);
  const basis = Float32Array.from({ length: directions * width }, gaussian);
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
    const vector = exact.subarray(c * width, (c + 1) * width);
    const before = lengthOf(vector);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = 0; other < c; other++) {
        const start = other * width;
        let along = 0;
        for (let k = 0; k < width; k++) along += vector[k]! * exact[start + k]!;
        for (let k = 0; k < width; k++) vector[k]! -= along * exact[start + k]!;
      }
    }
    const length = lengthOf(vector);
    const isOwn = length > before * noLength && length > 0;
    for (let k = 0; k < width; k++) vector[k] = isOwn ? vector[k]! / length : 0;
    if (c % 8 === 7) yield { done: 0, total: 1 };
  }
  basis.set(exact);
}

function lengthOf(vector: Float64Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

/** How far the products of the directions are from those of orthonormal ones: the largest sum of a line of differences. */
function measureSkew(basis: Float32Array, width: number): number {
  let worst = 0;
  for (let i = 0; i < directions; i++) {
    let sum = 0;
    let own = 0;
    for (let k = 0; k < width; k++) own += basis[i * width + k]! ** 2;
    // A direction of zeros shows nothing, and harms nothing.
    if (own > 0) sum += Math.abs(own - 1);
    for (let j = 0; j < directions; j++) {
      if (j === i) continue;
      let along = 0;
      for (let k = 0; k < width; k++) along += basis[i * width + k]! * basis[j * width + k]!;
      sum += Math.abs(along);
    }
    worst = Math.max(worst, sum);
  }
  return worst;
}
