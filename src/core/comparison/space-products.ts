import type { CrossGram, CrossSide } from '@/core/similarity/cross-gram';
import type { TileProduct } from '@/core/similarity/tile-product';
import { rowsPerYield, tileRowsFor } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

/**
 * For every row i the number a_iᵀ M b_i, with a and b the centred rows of two runs and M = AᵀB: the sum over all rows j of
 * (a_i · a_j)(b_i · b_j), without n × n.
 */
export function* throughCrossGram(request: {
  readonly x: CrossSide;
  readonly y: CrossSide;
  readonly gram: CrossGram;
  readonly product: TileProduct;
}): Work<Float64Array<ArrayBuffer>> {
  const { x, y, gram, product } = request;
  const { height, width, values, means } = gram;
  const count = x.indices.length;
  const turned = new Float32Array(width * height);
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) turned[j * height + i] = values[i * width + j]!;
  const edge = tileRowsFor(height);
  const block = new Float32Array(edge * height);
  const tile = new Float32Array(edge * edge);
  const sums = new Float64Array(count);
  for (let start = 0; start < count; start += edge) {
    const end = Math.min(count, start + edge);
    for (let i = start; i < end; i++) {
      const row = x.indices[i]! * height;
      for (let k = 0; k < height; k++)
        block[(i - start) * height + k] = x.rows.values[row + k]! - means[0][k]!;
    }
    for (let j = 0; j < width; j += edge) {
      const jEnd = Math.min(width, j + edge);
      product(block, end - start, turned.subarray(j * height), jEnd - j, height, tile);
      for (let i = start; i < end; i++) {
        const row = y.indices[i]! * width;
        const line = (i - start) * (jEnd - j);
        let sum = 0;
        for (let k = j; k < jEnd; k++) sum += tile[line + k - j]! * (y.rows.values[row + k]! - means[1][k]!);
        sums[i]! += sum;
      }
      yield { done: end, total: count };
    }
  }
  return sums;
}

/** Squared lengths of the centred rows. Yields every few milliseconds. */
export function* squaredLengths(
  { rows, indices }: CrossSide,
  mean: Float64Array,
): Work<Float64Array<ArrayBuffer>> {
  const { values, dims } = rows;
  const lengths = new Float64Array(indices.length);
  const rowsAYield = rowsPerYield(dims);
  for (let from = 0; from < indices.length; from += rowsAYield) {
    const to = Math.min(indices.length, from + rowsAYield);
    for (let i = from; i < to; i++) lengths[i] = squareAway(values, indices[i]! * dims, mean);
    yield { done: to, total: indices.length };
  }
  return lengths;
}

/** a_i · Σ_j weight_j a_j of each centred row. Yields every few milliseconds. */
export function* alongWeightedSum(
  { rows, indices }: CrossSide,
  mean: Float64Array,
  weights: Float64Array,
): Work<Float64Array<ArrayBuffer>> {
  const { values, dims } = rows;
  const count = indices.length;
  const total = 2 * count;
  const sum = new Float64Array(dims);
  const rowsAYield = rowsPerYield(dims);
  for (let from = 0; from < count; from += rowsAYield) {
    const to = Math.min(count, from + rowsAYield);
    for (let i = from; i < to; i++) addAway(values, indices[i]! * dims, mean, weights[i]!, sum);
    yield { done: to, total };
  }
  const along = new Float64Array(count);
  for (let from = 0; from < count; from += rowsAYield) {
    const to = Math.min(count, from + rowsAYield);
    for (let i = from; i < to; i++) along[i] = dotAway(values, indices[i]! * dims, mean, sum);
    yield { done: count + to, total };
  }
  return along;
}

// Loops of their own: in the middle of a generator they take several times as long.

function squareAway(values: Float32Array, start: number, mean: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < mean.length; k++) sum += (values[start + k]! - mean[k]!) ** 2;
  return sum;
}

function dotAway(values: Float32Array, start: number, mean: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < mean.length; k++) sum += other[k]! * (values[start + k]! - mean[k]!);
  return sum;
}

function addAway(
  values: Float32Array,
  start: number,
  mean: Float64Array,
  weight: number,
  sum: Float64Array,
): void {
  for (let k = 0; k < mean.length; k++) sum[k]! += weight * (values[start + k]! - mean[k]!);
}
