import { seededGaussian } from '@/core/random';
import type { Work } from '@/core/work';
import { gramOfColumns, multiplyDense, orthonormaliseColumns } from './dense-columns';
import { shareWork } from './share-work';
import { gramOfSparse, multiplySparse, type SparseMatrix, transposeSparse } from './sparse-matrix';
import { decomposeSymmetric } from './symmetric-eigen';

/** The largest singular values and their right singular vectors, the columns of `vectors` (columns × width, row-major). */
export interface TruncatedSvd {
  /** How many: as asked for, or the numerical rank if that is less. */
  readonly width: number;
  readonly values: Float64Array<ArrayBuffer>;
  readonly vectors: Float64Array<ArrayBuffer>;
}

interface SvdOptions {
  readonly width: number;
  readonly seed: number;
  /** Matrices whose smaller side is at most this long are decomposed exactly. */
  readonly exactUpTo?: number;
}

const oversampling = 16;
/** Singular values below this share of the largest cannot be told from rounding. */
const rankTolerance = 1e-6;
const numbersPerStep = 100_000;
const powerIterations = { fewest: 4, most: 24, products: 1e9 } as const;

/**
 * Randomised truncated singular value decomposition: a Gaussian start, power iterations with orthonormal columns after
 * each, and the exact decomposition of the matrix within the subspace found (Halko, Martinsson & Tropp 2011, algorithms
 * 4.4 and 5.1, in Gram form). As many power iterations as a fixed amount of arithmetic allows, 4 to 24. In each vector the
 * entry of the largest magnitude is positive.
 */
export function* truncateSvd(matrix: SparseMatrix, options: SvdOptions): Work<TruncatedSvd> {
  const transposed = transposeSparse(matrix);
  const rowsAreFewer = matrix.rows < matrix.columns;
  // Work goes on in the space of the smaller side; `tall` has that side as its columns.
  const tall = rowsAreFewer ? transposed : matrix;
  const wide = rowsAreFewer ? matrix : transposed;
  const small = tall.columns;
  const width = Math.min(options.width, small);
  const found =
    small <= Math.max(options.exactUpTo ?? 400, options.width + oversampling)
      ? yield* shareWork(decomposeExactly(tall, width), 0, 900)
      : yield* shareWork(decomposeSketch(tall, wide, width, rowsAreFewer, options.seed), 0, 900);
  if (!rowsAreFewer) return fixSigns(found, small);
  const vectors = yield* shareWork(multiplySparse(tall, found.vectors, found.width), 900, 1000);
  for (let i = 0; i < vectors.length; i++) vectors[i]! /= found.values[i % found.width]!;
  return fixSigns({ ...found, vectors }, tall.rows);
}

function* decomposeExactly(tall: SparseMatrix, width: number): Work<TruncatedSvd> {
  const gram = yield* shareWork(gramOfSparse(tall), 0, 300);
  const eigen = yield* shareWork(decomposeSymmetric(gram, tall.columns), 300, 1000);
  const values = singularValues(eigen.values, width);
  return {
    width: values.length,
    values,
    vectors: firstAsColumns(eigen.vectors, tall.columns, values.length),
  };
}

function* decomposeSketch(
  tall: SparseMatrix,
  wide: SparseMatrix,
  width: number,
  rowsAreFewer: boolean,
  seed: number,
): Work<TruncatedSvd> {
  const small = tall.columns;
  const sketch = Math.min(small, width + oversampling);
  const rounds = countRounds(tall.values.length, small, sketch);
  const share = 1000 / (rounds + 3);
  // The start belongs to the matrix's columns whichever side is smaller, so that the order of its rows does not matter.
  const start = yield* shareWork(
    fillGaussian((rowsAreFewer ? wide.columns : small) * sketch, seed),
    0,
    share / 2,
  );
  let basis = rowsAreFewer ? yield* shareWork(multiplySparse(wide, start, sketch), share / 2, share) : start;
  for (let round = 1; round <= rounds; round++) {
    const from = round * share;
    const image = yield* shareWork(multiplySparse(tall, basis, sketch), from, from + share / 4);
    basis = yield* shareWork(multiplySparse(wide, image, sketch), from + share / 4, from + share / 2);
    yield* shareWork(orthonormaliseColumns(basis, small, sketch), from + share / 2, from + share);
  }
  // A second pass removes what rounding left of the columns' dependence.
  const last = (rounds + 1) * share;
  yield* shareWork(orthonormaliseColumns(basis, small, sketch), last, last + share / 2);
  const image = yield* shareWork(multiplySparse(tall, basis, sketch), last + share / 2, last + share);
  const gram = yield* shareWork(gramOfColumns(image, tall.rows, sketch), last + share, last + 1.5 * share);
  const eigen = yield* shareWork(decomposeSymmetric(gram, sketch), last + 1.5 * share, last + 1.75 * share);
  const values = singularValues(eigen.values, width);
  const turn = firstAsColumns(eigen.vectors, sketch, values.length);
  const vectors = yield* shareWork(
    multiplyDense(basis, small, turn, sketch, values.length),
    last + 1.75 * share,
    1000,
  );
  return { width: values.length, values, vectors };
}

function* fillGaussian(length: number, seed: number): Work<Float64Array<ArrayBuffer>> {
  const numbers = new Float64Array(length);
  const next = seededGaussian(seed);
  for (let i = 0; i < length; i++) {
    numbers[i] = next();
    if (i % numbersPerStep === numbersPerStep - 1) yield { done: i, total: length };
  }
  return numbers;
}

function countRounds(entries: number, small: number, sketch: number): number {
  const products = 2 * entries * sketch + small * sketch * sketch;
  const affordable = Math.floor(powerIterations.products / products);
  return Math.max(powerIterations.fewest, Math.min(powerIterations.most, affordable));
}

/** Square roots of the first eigenvalues, as far as they are above rounding. */
function singularValues(eigenvalues: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const least = (eigenvalues[0] ?? 0) * rankTolerance ** 2;
  const kept = Array.from(eigenvalues.subarray(0, width)).filter((v) => v > 0 && v > least);
  return Float64Array.from(kept, Math.sqrt);
}

/** The first `width` rows of a size × size matrix as the columns of a size × width one. */
function firstAsColumns(rows: Float64Array, size: number, width: number): Float64Array<ArrayBuffer> {
  const columns = new Float64Array(size * width);
  for (let c = 0; c < width; c++) {
    for (let i = 0; i < size; i++) columns[i * width + c] = rows[c * size + i]!;
  }
  return columns;
}

function fixSigns(svd: TruncatedSvd, length: number): TruncatedSvd {
  const { width, vectors } = svd;
  for (let c = 0; c < width; c++) {
    let largest = 0;
    for (let i = 0; i < length; i++) {
      const value = vectors[i * width + c]!;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
    if (largest < 0) for (let i = 0; i < length; i++) vectors[i * width + c]! *= -1;
  }
  return svd;
}
