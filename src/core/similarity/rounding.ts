import type { Work } from '@/core/work';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** Largest entry of a rounded row; the products of two rounded rows stay within its square. */
const quantum = 32767;

/**
 * How rows are rounded to int16, and what the integers mean: entry k of row x becomes (x[k] − mean[k]) · scale, rounded; the
 * score of two members is the product of their rounded rows plus both biases, and score · unit + offset is near their cosine.
 * Where all rows point almost the same way, taking their mean off leaves the small differences more of the 16 bits.
 */
export interface Rounding {
  /** d numbers, 0 where nothing is taken off. */
  readonly mean: Float32Array<ArrayBuffer>;
  /** One a member, in units of scores: what is lost with the mean. */
  readonly biases: Int32Array<ArrayBuffer>;
  /** A float32. */
  readonly scale: number;
  readonly unit: number;
  readonly offset: number;
  /** Length of the longest row without the mean. */
  readonly reach: number;
  /** Squared length of each member without the mean, at least; no more than rounding above it. */
  readonly squares: Float64Array<ArrayBuffer>;
}

/** Rows whose mean is taken. Any vector would do as well, if not as good. */
const rowsSampled = 1024;
/** More than what float64 sums of products of unit rows are off by. */
const float64Noise = 1e-12;
/** The mean is taken off where that leaves so much less to be rounded. */
const worthwhile = 0.9;

/**
 * Chooses how members (ascending) are rounded. x·y = (x − m)(y − m) + (x·m − m·m) + (y·m − m·m) + m·m for any m: the last is
 * the offset, the two before it are the biases. Yields every few milliseconds.
 */
export function* chooseRounding(rows: UnitRows, members: Uint32Array): Work<Rounding> {
  const { values, dims } = rows;
  const count = members.length;
  const sums = new Float64Array(dims);
  const step = Math.max(1, Math.floor(count / rowsSampled));
  let sampled = 0;
  for (let member = 0; member < count; member += step) {
    const start = members[member]! * dims;
    for (let k = 0; k < dims; k++) sums[k]! += values[start + k]!;
    sampled++;
  }
  const mean = Float32Array.from(sums, (sum) => sum / sampled);
  let offset = 0;
  for (const value of mean) offset += value * value;

  const along = new Float64Array(count);
  const own = new Float64Array(count);
  const centred = new Float64Array(count);
  let reach = 0;
  let plainReach = 0;
  let widest = 0;
  const rowsAYield = rowsPerYield(dims);
  const measured = { product: 0, squares: 0 };
  for (let member = 0; member < count; member++) {
    const start = members[member]! * dims;
    measureRow(values, start, mean, measured);
    const { product, squares } = measured;
    along[member] = product - offset;
    widest = Math.max(widest, Math.abs(product - offset));
    own[member] = squares + float64Noise;
    centred[member] = squares - 2 * product + offset + float64Noise;
    reach = Math.max(reach, centred[member]!);
    plainReach = Math.max(plainReach, squares);
    if ((member + 1) % rowsAYield === 0) yield { done: 0, total: 1 };
  }
  // The largest score there can be, with scale 1.
  const span = reach + 2 * widest;
  if (!(span < worthwhile * Math.max(1, plainReach))) {
    const scale = Math.fround(quantum / Math.max(1, Math.sqrt(plainReach)));
    return {
      mean: new Float32Array(dims),
      biases: new Int32Array(count),
      scale,
      unit: 1 / scale ** 2,
      offset: 0,
      reach: Math.sqrt(plainReach),
      squares: own,
    };
  }
  // Down to a millionth of the rows' length; less is float32's own noise.
  const scale = Math.fround(quantum / Math.sqrt(Math.max(span, 1e-12)));
  return {
    mean,
    biases: Int32Array.from(along, (value) => Math.round(value * scale ** 2)),
    scale,
    unit: 1 / scale ** 2,
    offset,
    reach: Math.sqrt(reach),
    squares: centred,
  };
}

/** The product of the row at `start` with the mean, and its squared length. A loop of its own: in the middle of a generator it takes twice as long. */
function measureRow(
  values: Float32Array,
  start: number,
  mean: Float32Array,
  measured: { product: number; squares: number },
): void {
  const dims = mean.length;
  // Two sums each: one addition need not wait for the one before.
  let product = 0;
  let squares = 0;
  let oddProduct = 0;
  let oddSquares = 0;
  for (let k = 0; k + 1 < dims; k += 2) {
    const value = values[start + k]!;
    const odd = values[start + k + 1]!;
    product += value * mean[k]!;
    oddProduct += odd * mean[k + 1]!;
    squares += value * value;
    oddSquares += odd * odd;
  }
  if (dims % 2 === 1) {
    const value = values[start + dims - 1]!;
    product += value * mean[dims - 1]!;
    squares += value * value;
  }
  measured.product = product + oddProduct;
  measured.squares = squares + oddSquares;
}

/**
 * Bound of |cosine − (score · unit + offset)| over all pairs, from the largest squared length of a row's rounding error, in units
 * of rounded entries and as it was summed in float32: that sum is a little off, and so is each entry before it is rounded, by
 * less than 0.004. With x̂ for a rounded x: |x̂ŷ − xy| ≤ |x̂ − x||y| + |x||ŷ − y| + |x̂ − x||ŷ − y| (Cauchy–Schwarz).
 */
export function boundError(squares: number, { mean, scale, unit, reach }: Rounding): number {
  const length = (Math.sqrt(squares) * 1.01 + 0.004 * Math.sqrt(mean.length)) / scale;
  return 2 * length * reach + length ** 2 + 2 * unit + float64Noise;
}
