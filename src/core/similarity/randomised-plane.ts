import { seededGaussian } from '@/core/random';
import type { Work } from '@/core/work';
import type { PairMoments } from './pair-moments';
import { noVariance, type PrincipalPlane, signOfLargest } from './principal-plane';
import { sampledDeviation } from './sampled-moments';
import { decomposeSmallSymmetric } from './small-eigen';
import type { TileProduct } from './tile-product';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** Multiplications of the largest Gram matrix that is made; beyond, the plane is found by sampling directions. */
export const mostGramWork = 1.5e11;

/** Multiplications that the exact way takes: each pair of columns or of rows over all of the other. */
export function gramWork(count: number, dims: number): number {
  return count * dims * Math.min(count, dims);
}

/** Directions followed at once, and how often the rows' products with them are taken to sharpen them. */
const directions = 16;
const passes = 7;
const chunkRows = 496;

/**
 * PCA to two dimensions for rows whose Gram matrix would take too long: 16 seeded directions, sharpened by seven products with YᵀY
 * (Y the centred rows) and orthonormalised between, then the exact decomposition within them (Halko, Martinsson & Tropp 2011,
 * algorithms 4.4 and 5.3). Signs as in the exact way; explained shares are of the exact variance. Beside it mean (exact) and
 * deviation (over 200,000 pairs by chance) of the cosines. Products are float32 summed in float64. Equal input, equal result.
 */
export function* randomisedPlane(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly seed: number;
  readonly product: TileProduct;
}): Work<PrincipalPlane & PairMoments> {
  const { rows, members, seed, product } = request;
  const { values, dims } = rows;
  const count = members.length;
  const total = count * (passes + 1);
  const rowsAYield = rowsPerYield(dims);
  const mean = new Float64Array(dims);
  for (let member = 0; member < count; member++) {
    const start = members[member]! * dims;
    for (let k = 0; k < dims; k++) mean[k]! += values[start + k]!;
    if ((member + 1) % rowsAYield === 0) yield { done: 0, total };
  }
  for (let k = 0; k < dims; k++) mean[k]! /= count;
  let variance = 0;
  for (let member = 0; member < count; member++) {
    const start = members[member]! * dims;
    for (let k = 0; k < dims; k++) variance += (values[start + k]! - mean[k]!) ** 2;
    if ((member + 1) % rowsAYield === 0) yield { done: 0, total };
  }

  const width = Math.min(directions, dims);
  const gaussian = seededGaussian(seed);
  let basis = Float64Array.from({ length: width * dims }, gaussian);
  orthonormalise(basis, width, dims);
  const scores = new Float64Array(count * width);
  const centred = new Float32Array(chunkRows * dims);
  const columns = new Float32Array(chunkRows * dims);
  const chunkScores = new Float32Array(width * chunkRows);
  const chunkImages = new Float32Array(width * dims);
  for (let pass = 0; pass <= passes; pass++) {
    const images = new Float64Array(width * dims);
    const operand = Float32Array.from(basis);
    for (let start = 0; start < count; start += chunkRows) {
      const size = Math.min(chunkRows, count - start);
      for (let at = 0; at < size; at++) {
        const row = members[start + at]! * dims;
        for (let k = 0; k < dims; k++) {
          const value = values[row + k]! - mean[k]!;
          centred[at * dims + k] = value;
          columns[k * chunkRows + at] = value;
        }
        if ((at + 1) % rowsAYield === 0) yield { done: pass * count + start + at, total };
      }
      chunkScores.fill(0);
      centred.fill(0, size * dims);
      product(operand, width, centred, chunkRows, dims, chunkScores);
      if (pass === passes) {
        for (let at = 0; at < size; at++)
          for (let i = 0; i < width; i++) scores[(start + at) * width + i] = chunkScores[i * chunkRows + at]!;
        continue;
      }
      product(chunkScores, width, columns, dims, chunkRows, chunkImages);
      for (let at = 0; at < images.length; at++) images[at]! += chunkImages[at]!;
    }
    if (pass < passes) {
      basis = images;
      orthonormalise(basis, width, dims);
    }
  }

  const small = new Float64Array(width * width);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < width; i++)
      for (let j = 0; j < width; j++)
        small[i * width + j]! += scores[row * width + i]! * scores[row * width + j]!;
  const pairs = decomposeSmallSymmetric(small, width);
  const coordinates = new Float32Array(count * 2);
  const explained: [number, number] = [0, 0];
  for (let axis = 0; axis < Math.min(2, width) && variance > count * noVariance; axis++) {
    const along = new Float64Array(count);
    for (let row = 0; row < count; row++)
      for (let i = 0; i < width; i++) along[row]! += scores[row * width + i]! * pairs.vectors[axis]![i]!;
    const sign = signOfLargest(along);
    for (let row = 0; row < count; row++) coordinates[2 * row + axis] = sign * along[row]!;
    explained[axis] = Math.min(1, Math.max(0, pairs.values[axis]!) / variance);
  }
  return { coordinates, explained, ...(yield* sampleMoments(rows, members, mean, variance, seed)) };
}

/** Makes `width` vectors of `dims` numbers orthonormal, in place (Gram–Schmidt, twice); one without a part of its own becomes zero. */
function orthonormalise(basis: Float64Array, width: number, dims: number): void {
  for (let i = 0; i < width; i++) {
    const vector = basis.subarray(i * dims, (i + 1) * dims);
    for (let round = 0; round < 2; round++) {
      for (let j = 0; j < i; j++) {
        let along = 0;
        for (let k = 0; k < dims; k++) along += vector[k]! * basis[j * dims + k]!;
        for (let k = 0; k < dims; k++) vector[k]! -= along * basis[j * dims + k]!;
      }
      let squares = 0;
      for (let k = 0; k < dims; k++) squares += vector[k]! ** 2;
      const length = Math.sqrt(squares);
      for (let k = 0; k < dims; k++) vector[k] = length > 0 ? vector[k]! / length : 0;
    }
  }
}

/** Mean of all cosines from the rows' mean and variance, as `pairMoments` has it; their deviation from pairs drawn by chance. */
function* sampleMoments(
  rows: UnitRows,
  members: Uint32Array,
  mean: Float64Array,
  variance: number,
  seed: number,
): Work<PairMoments> {
  const count = members.length;
  if (count < 2) return { mean: null, sd: null };
  let centre = 0;
  for (const value of mean) centre += value * value;
  const average = centre - variance / (count * (count - 1));
  return { mean: average, sd: yield* sampledDeviation(rows, members, average, seed) };
}
