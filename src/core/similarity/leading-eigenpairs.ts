import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';
import { decomposeSmallSymmetric } from './small-eigen';

/** Largest eigenvalues, descending, with their unit vectors. */
export interface Eigenpairs {
  readonly values: readonly number[];
  readonly vectors: readonly Float64Array[];
}

const blockColumns = 8;
/** Products of the matrix with the block after which the best so far is taken; a crowded spectrum needs about 100. */
const maxProducts = 400;
const maxDegree = 12;
/** Residual ‖Av − λv‖ relative to the largest eigenvalue; float32 products leave about 1e-7. */
const tolerance = 1e-10;
/** How much more a filter may grow the first vector than the last, so that the last keeps its digits. */
const maxGrowth = 1e8;
const multiplicationsAYield = 2 ** 21;

/**
 * The `wanted` (at most 8) largest eigenpairs of a symmetric positive semi-definite matrix (size × size): subspace iteration on
 * eight vectors, each round a Chebyshev polynomial of the matrix that is small on the unwanted part of the spectrum, followed by
 * a Rayleigh–Ritz step (Zhou & Saad 2007). Float64 and a fixed start, so that results repeat. Progress counts products of the matrix with
 * the block of vectors.
 */
export function* leadingEigenpairs(matrix: Float64Array, size: number, wanted: number): Work<Eigenpairs> {
  const random = seededRandom(1);
  const columns = Math.min(blockColumns, size);
  const kept = Math.min(wanted, columns);
  let basis = Array.from({ length: columns }, () => randomVector(size, random));
  orthonormalise(basis, random);
  let products = 0;
  for (;;) {
    const images = yield* multiplyAll(matrix, size, basis, ++products);
    const small = new Float64Array(columns * columns);
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) small[i * columns + j] = dot(basis[i]!, images[j]!);
    }
    const { values, vectors } = decomposeSmallSymmetric(small, columns);
    basis = combine(basis, vectors, size);
    const rotated = combine(images, vectors, size);
    const largest = Math.max(0, values[0] ?? 0);
    const residual = Math.max(0, ...basis.slice(0, kept).map((v, j) => distance(rotated[j]!, v, values[j]!)));
    if (residual <= tolerance * largest || products >= maxProducts || columns === size) {
      return { values: values.slice(0, kept), vectors: basis.slice(0, kept) };
    }
    const bound = values[columns - 1]!;
    const degree = chebyshevDegree(largest, bound);
    basis = degree === 1 ? rotated : yield* filter(matrix, size, basis, rotated, 2 / bound, degree, products);
    products += degree - 1;
    orthonormalise(basis, random);
  }
}

/** Applies T_degree(scale · A − 1) to the basis; `images` is A · basis. */
function* filter(
  matrix: Float64Array,
  size: number,
  basis: Float64Array[],
  images: Float64Array[],
  scale: number,
  degree: number,
  products: number,
): Work<Float64Array[]> {
  let before = basis;
  let current: Float64Array[] = basis.map((vector, j) =>
    vector.map((value, at) => scale * images[j]![at]! - value),
  );
  for (let step = 2; step <= degree; step++) {
    const next = yield* multiplyAll(matrix, size, current, products + step - 1);
    for (let j = 0; j < next.length; j++) {
      const target = next[j]!;
      const middle = current[j]!;
      const old = before[j]!;
      for (let at = 0; at < size; at++) target[at] = 2 * (scale * target[at]! - middle[at]!) - old[at]!;
    }
    before = current;
    current = next;
  }
  return current;
}

/**
 * Degree of the polynomial that is small from 0 to `bound`: the largest at which it grows the first vector no more than allowed. 1
 * means a plain product with the matrix, which serves better where the block lies wholly in one cluster: the polynomial would
 * tell the cluster apart but not damp what is below it.
 */
function chebyshevDegree(largest: number, bound: number): number {
  if (bound <= largest * 1e-6 || bound >= largest * (1 - 1e-3)) return 1;
  const t = (2 * largest) / bound - 1;
  let degree = 1;
  let before = 1;
  let current = t;
  while (degree < maxDegree) {
    const next = 2 * t * current - before;
    if (next > maxGrowth) break;
    before = current;
    current = next;
    degree++;
  }
  return degree;
}

function* multiplyAll(
  matrix: Float64Array,
  size: number,
  basis: Float64Array[],
  products: number,
): Work<Float64Array[]> {
  // Side by side, entry by entry: what is read together lies together.
  const sideBySide = new Float64Array(size * blockColumns);
  basis.forEach((vector, j) => {
    for (let at = 0; at < size; at++) sideBySide[at * blockColumns + j] = vector[at]!;
  });
  const results = basis.map(() => new Float64Array(size));
  const line = new Float64Array(blockColumns);
  let multiplied = 0;
  for (let row = 0; row < size; row++) {
    multiplyRow(matrix, row * size, size, sideBySide, line);
    for (let j = 0; j < results.length; j++) results[j]![row] = line[j]!;
    multiplied += size * blockColumns;
    if (multiplied >= multiplicationsAYield) {
      multiplied = 0;
      yield { done: products, total: maxProducts };
    }
  }
  yield { done: products, total: maxProducts };
  return results;
}

/** One row of the matrix with eight vectors at once, since its entries take longer to fetch than to multiply. */
function multiplyRow(
  matrix: Float64Array,
  start: number,
  size: number,
  sideBySide: Float64Array,
  line: Float64Array,
): void {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  let from = 0;
  for (let at = 0; at < size; at++) {
    const entry = matrix[start + at]!;
    s0 += entry * sideBySide[from]!;
    s1 += entry * sideBySide[from + 1]!;
    s2 += entry * sideBySide[from + 2]!;
    s3 += entry * sideBySide[from + 3]!;
    s4 += entry * sideBySide[from + 4]!;
    s5 += entry * sideBySide[from + 5]!;
    s6 += entry * sideBySide[from + 6]!;
    s7 += entry * sideBySide[from + 7]!;
    from += blockColumns;
  }
  line[0] = s0;
  line[1] = s1;
  line[2] = s2;
  line[3] = s3;
  line[4] = s4;
  line[5] = s5;
  line[6] = s6;
  line[7] = s7;
}

/** Gram–Schmidt, each vector twice; one that vanishes is replaced by a random one. In place. */
function orthonormalise(basis: Float64Array[], random: () => number): void {
  for (let j = 0; j < basis.length; j++) {
    let vector = basis[j]!;
    for (;;) {
      const before = Math.sqrt(dot(vector, vector));
      for (let pass = 0; pass < 2; pass++) {
        for (let i = 0; i < j; i++) subtract(vector, basis[i]!, dot(vector, basis[i]!));
      }
      const after = Math.sqrt(dot(vector, vector));
      if (after > before * 1e-12) {
        for (let at = 0; at < vector.length; at++) vector[at]! /= after;
        break;
      }
      vector = randomVector(vector.length, random);
      basis[j] = vector;
    }
  }
}

function combine(
  basis: readonly Float64Array[],
  weights: readonly Float64Array[],
  size: number,
): Float64Array[] {
  return weights.map((weight) => {
    const result = new Float64Array(size);
    for (let i = 0; i < basis.length; i++) subtract(result, basis[i]!, -weight[i]!);
    return result;
  });
}

function subtract(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let at = 0; at < target.length; at++) target[at]! -= factor * vector[at]!;
}

function distance(a: Float64Array, b: Float64Array, factor: number): number {
  let squares = 0;
  for (let at = 0; at < a.length; at++) squares += (a[at]! - factor * b[at]!) ** 2;
  return Math.sqrt(squares);
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += a[at]! * b[at]!;
  return total;
}

function randomVector(size: number, random: () => number): Float64Array {
  return Float64Array.from({ length: size }, () => random() - 0.5);
}
