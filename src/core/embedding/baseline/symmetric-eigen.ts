import type { Work } from '@/core/work';
import { productsPerStep } from './sparse-matrix';

/** Eigenvalues in descending order; eigenvector i is row i of `vectors` (size × size). */
export interface SymmetricEigen {
  readonly values: Float64Array<ArrayBuffer>;
  readonly vectors: Float64Array<ArrayBuffer>;
}

/**
 * All eigenvalues and eigenvectors of a symmetric matrix (size × size, row-major, overwritten): Householder reduction to
 * tridiagonal form, then QR steps with Wilkinson's shift (Golub & Van Loan 2013, §8.3). Errors are of the order of the
 * rounding of the largest eigenvalue. Throws RangeError where a number is not finite.
 */
export function* decomposeSymmetric(matrix: Float64Array, size: number): Work<SymmetricEigen> {
  if (!matrix.every(Number.isFinite)) throw new RangeError('The matrix has a number that is not finite.');
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  const scales = yield* tridiagonalise(matrix, size, diagonal, beside);
  const basis = yield* accumulateReflections(matrix, size, scales);
  yield* diagonalise(diagonal, beside, basis, size, size);

  const order = Array.from(diagonal.keys()).sort((a, b) => diagonal[b]! - diagonal[a]! || a - b);
  const values = new Float64Array(size);
  const vectors = new Float64Array(size * size);
  order.forEach((from, to) => {
    values[to] = diagonal[from]!;
    vectors.set(basis.subarray(from * size, (from + 1) * size), to * size);
  });
  return { values, vectors };
}

/** All eigenvalues of a symmetric matrix (size × size, overwritten), descending: as above, without the vectors. */
export function* symmetricEigenvalues(matrix: Float64Array, size: number): Work<Float64Array<ArrayBuffer>> {
  if (!matrix.every(Number.isFinite)) throw new RangeError('The matrix has a number that is not finite.');
  const diagonal = new Float64Array(size);
  const beside = new Float64Array(size);
  yield* tridiagonalise(matrix, size, diagonal, beside);
  yield* diagonalise(diagonal, beside, new Float64Array(0), 0, size);
  return diagonal.sort().reverse();
}

/** Leaves reflection k (I − scale·v·vᵀ) as v in row k, from column k + 1 on; returns the scales. */
function* tridiagonalise(
  matrix: Float64Array,
  size: number,
  diagonal: Float64Array,
  beside: Float64Array,
): Work<Float64Array> {
  const scales = new Float64Array(size);
  const image = new Float64Array(size);
  let products = 0;
  for (let k = 0; k < size; k++) {
    const v = k * size;
    diagonal[k] = matrix[v + k]!;
    if (k === size - 1) break;
    let square = 0;
    for (let i = k + 1; i < size; i++) square += matrix[v + i]! ** 2;
    const first = matrix[v + k + 1]!;
    const target = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[k] = target;
    const length = square - first * target;
    if (length === 0) continue;
    matrix[v + k + 1] = first - target;
    const scale = 1 / length;
    scales[k] = scale;
    let overlap = 0;
    for (let i = k + 1; i < size; i++) {
      const row = i * size;
      let sum = 0;
      for (let j = k + 1; j < size; j++) sum += matrix[row + j]! * matrix[v + j]!;
      image[i] = scale * sum;
      overlap += image[i]! * matrix[v + i]!;
    }
    const half = (scale * overlap) / 2;
    for (let i = k + 1; i < size; i++) image[i]! -= half * matrix[v + i]!;
    for (let i = k + 1; i < size; i++) {
      const row = i * size;
      const a = matrix[v + i]!;
      const b = image[i]!;
      for (let j = k + 1; j < size; j++) matrix[row + j]! -= a * image[j]! + b * matrix[v + j]!;
    }
    products += 3 * (size - k) ** 2;
    if (products > productsPerStep) {
      products = 0;
      yield { done: k, total: 3 * size };
    }
  }
  return scales;
}

/** The transposed product of all reflections. */
function* accumulateReflections(
  reflections: Float64Array,
  size: number,
  scales: Float64Array,
): Work<Float64Array> {
  const basis = new Float64Array(size * size);
  for (let i = 0; i < size; i++) basis[i * size + i] = 1;
  let products = 0;
  for (let k = size - 2; k >= 0; k--) {
    const scale = scales[k]!;
    if (scale === 0) continue;
    const v = k * size;
    for (let i = k + 1; i < size; i++) {
      const row = i * size;
      let sum = 0;
      for (let j = k + 1; j < size; j++) sum += basis[row + j]! * reflections[v + j]!;
      sum *= scale;
      for (let j = k + 1; j < size; j++) basis[row + j]! -= sum * reflections[v + j]!;
    }
    products += 2 * (size - k) ** 2;
    if (products > productsPerStep) {
      products = 0;
      yield { done: 2 * size - k, total: 3 * size };
    }
  }
  return basis;
}

/** Turns the tridiagonal matrix diagonal in place; the rows of `basis`, `width` long, take part in every rotation. */
function* diagonalise(
  diagonal: Float64Array,
  beside: Float64Array,
  basis: Float64Array,
  width: number,
  size: number,
): Work<void> {
  let norm = 0;
  for (let i = 0; i < size; i++) norm = Math.max(norm, Math.abs(diagonal[i]!), Math.abs(beside[i]!));
  const negligible = Number.EPSILON * norm;
  let products = 0;
  let high = size - 1;
  while (high > 0) {
    if (Math.abs(beside[high - 1]!) <= negligible) {
      beside[high - 1] = 0;
      high--;
      continue;
    }
    let low = high - 1;
    while (low > 0 && Math.abs(beside[low - 1]!) > negligible) low--;
    chaseBulge(diagonal, beside, basis, width, low, high);
    products += 4 * (width + 1) * (high - low);
    if (products > productsPerStep) {
      products = 0;
      yield { done: 3 * size - high, total: 3 * size };
    }
  }
}

/** One QR step with Wilkinson's shift on rows `low` … `high`. */
function chaseBulge(
  diagonal: Float64Array,
  beside: Float64Array,
  basis: Float64Array,
  width: number,
  low: number,
  high: number,
): void {
  const last = beside[high - 1]!;
  const gap = (diagonal[high - 1]! - diagonal[high]!) / 2;
  const root = Math.sqrt(gap * gap + last * last);
  const shift = diagonal[high]! - (last * last) / (gap + (gap < 0 ? -root : root));
  let kept = diagonal[low]! - shift;
  let bulge = beside[low]!;
  for (let k = low; k < high; k++) {
    const radius = Math.sqrt(kept * kept + bulge * bulge);
    const c = radius === 0 ? 1 : kept / radius;
    const s = radius === 0 ? 0 : bulge / radius;
    if (k > low) beside[k - 1] = radius;
    const a = diagonal[k]!;
    const b = beside[k]!;
    const d = diagonal[k + 1]!;
    diagonal[k] = c * c * a + 2 * c * s * b + s * s * d;
    diagonal[k + 1] = s * s * a - 2 * c * s * b + c * c * d;
    beside[k] = c * s * (d - a) + (c * c - s * s) * b;
    if (k < high - 1) {
      kept = beside[k]!;
      bulge = s * beside[k + 1]!;
      beside[k + 1]! *= c;
    }
    const x = k * width;
    const y = x + width;
    for (let j = 0; j < width; j++) {
      const p = basis[x + j]!;
      const q = basis[y + j]!;
      basis[x + j] = c * p + s * q;
      basis[y + j] = c * q - s * p;
    }
  }
}
