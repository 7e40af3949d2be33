import type { Work } from '@/core/work';
import { productsPerStep } from './sparse-matrix';

/** A column whose part outside the columns before it has less than this share of its square counts as dependent. */
const dependentShare = 1e-10;

/** YᵀY of a rows × width row-major matrix, both triangles filled; the caller's. */
export function* gramOfColumns(
  dense: Float64Array,
  rows: number,
  width: number,
): Work<Float64Array<ArrayBuffer>> {
  const gram = new Float64Array(width * width);
  const rowsPerStep = 4 * Math.ceil(productsPerStep / (2 * width * width + 1));
  for (let first = 0; first < rows; first += 4) {
    // Four rows at once: the Gram matrix is read and written a quarter as often.
    const r0 = first * width;
    const r1 = first + 1 < rows ? r0 + width : -1;
    const r2 = first + 2 < rows ? r0 + 2 * width : -1;
    const r3 = first + 3 < rows ? r0 + 3 * width : -1;
    for (let a = 0; a < width; a++) {
      const x0 = dense[r0 + a]!;
      const target = a * width;
      if (r3 < 0) {
        const x1 = r1 < 0 ? 0 : dense[r1 + a]!;
        const x2 = r2 < 0 ? 0 : dense[r2 + a]!;
        for (let b = 0; b <= a; b++) {
          gram[target + b]! +=
            x0 * dense[r0 + b]! + (r1 < 0 ? 0 : x1 * dense[r1 + b]!) + (r2 < 0 ? 0 : x2 * dense[r2 + b]!);
        }
        continue;
      }
      const x1 = dense[r1 + a]!;
      const x2 = dense[r2 + a]!;
      const x3 = dense[r3 + a]!;
      for (let b = 0; b <= a; b++) {
        gram[target + b]! +=
          x0 * dense[r0 + b]! + x1 * dense[r1 + b]! + x2 * dense[r2 + b]! + x3 * dense[r3 + b]!;
      }
    }
    if ((first + 4) % rowsPerStep === 0) yield { done: first, total: rows };
  }
  for (let a = 0; a < width; a++) {
    for (let b = 0; b < a; b++) gram[b * width + a] = gram[a * width + b]!;
  }
  return gram;
}

/** Y·M for row-major Y (rows × inner) and M (inner × width); the result is rows × width, the caller's. */
export function* multiplyDense(
  dense: Float64Array,
  rows: number,
  factor: Float64Array,
  inner: number,
  width: number,
): Work<Float64Array<ArrayBuffer>> {
  const product = new Float64Array(rows * width);
  const rowsPerStep = Math.ceil(productsPerStep / (inner * width + 1));
  for (let r = 0; r < rows; r++) {
    const target = r * width;
    for (let i = 0; i < inner; i++) {
      const value = dense[r * inner + i]!;
      if (value === 0) continue;
      const source = i * width;
      for (let c = 0; c < width; c++) product[target + c]! += value * factor[source + c]!;
    }
    if ((r + 1) % rowsPerStep === 0) yield { done: r + 1, total: rows };
  }
  return product;
}

/**
 * Makes the columns of Y (rows × width, row-major) orthonormal in place by Cholesky QR: R from YᵀY = RᵀR, then Y·R⁻¹
 * (Golub & Van Loan 2013, §5.2). A column that depends on those before it becomes zero.
 */
export function* orthonormaliseColumns(dense: Float64Array, rows: number, width: number): Work<void> {
  const lower = yield* gramOfColumns(dense, rows, width);
  factorise(lower, width);
  const rowsPerStep = 4 * Math.ceil(productsPerStep / (2 * width * width + 1));
  for (let first = 0; first < rows; first += 4) {
    solveFourRows(dense, first, Math.min(4, rows - first), lower, width);
    if ((first + 4) % rowsPerStep === 0) yield { done: first, total: rows };
  }
}

/** Replaces up to four rows y of Y by y·R⁻¹; four sums at once do not wait for each other's additions. */
function solveFourRows(
  dense: Float64Array,
  first: number,
  count: number,
  lower: Float64Array,
  width: number,
): void {
  const r0 = first * width;
  // The first row stands in for missing ones: equal sums, written to the same place.
  const r1 = count > 1 ? r0 + width : r0;
  const r2 = count > 2 ? r0 + 2 * width : r0;
  const r3 = count > 3 ? r0 + 3 * width : r0;
  for (let c = 0; c < width; c++) {
    const source = c * width;
    const pivot = lower[source + c]!;
    let y0 = dense[r0 + c]!;
    let y1 = dense[r1 + c]!;
    let y2 = dense[r2 + c]!;
    let y3 = dense[r3 + c]!;
    for (let i = 0; i < c; i++) {
      const factor = lower[source + i]!;
      y0 -= factor * dense[r0 + i]!;
      y1 -= factor * dense[r1 + i]!;
      y2 -= factor * dense[r2 + i]!;
      y3 -= factor * dense[r3 + i]!;
    }
    const scale = pivot === 0 ? 0 : 1 / pivot;
    dense[r0 + c] = y0 * scale;
    dense[r1 + c] = y1 * scale;
    dense[r2 + c] = y2 * scale;
    dense[r3 + c] = y3 * scale;
  }
}

/** Lower Cholesky factor in place (L[c][i] at c · width + i, i ≤ c); rows of dependent columns become zero. */
function factorise(gram: Float64Array, width: number): void {
  for (let c = 0; c < width; c++) {
    const row = c * width;
    for (let i = 0; i < c; i++) {
      const pivot = gram[i * width + i]!;
      let value = gram[row + i]!;
      for (let k = 0; k < i; k++) value -= gram[row + k]! * gram[i * width + k]!;
      gram[row + i] = pivot === 0 ? 0 : value / pivot;
    }
    const square = gram[row + c]!;
    let rest = square;
    for (let i = 0; i < c; i++) rest -= gram[row + i]! * gram[row + i]!;
    gram[row + c] = rest > dependentShare * square ? Math.sqrt(rest) : 0;
  }
}
