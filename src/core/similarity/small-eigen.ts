/**
 * All eigenpairs of a small symmetric matrix (size × size, row-major, left as it is), values descending, vectors of length 1. Cyclic
 * Jacobi rotations (Golub & Van Loan, "Matrix Computations", 8.5); meant for a few dozen rows at most.
 */
export function decomposeSmallSymmetric(
  matrix: Float64Array,
  size: number,
): { values: number[]; vectors: Float64Array[] } {
  const work = matrix.slice();
  const vectors = Array.from({ length: size }, (_, i) => {
    const vector = new Float64Array(size);
    vector[i] = 1;
    return vector;
  });
  for (let sweep = 0; sweep < 60 && offDiagonalSquares(work, size) > 0; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(work, size, vectors, p, q);
  }
  const order = vectors.map((_, i) => i).sort((i, j) => work[j * size + j]! - work[i * size + i]! || i - j);
  return { values: order.map((i) => work[i * size + i]!), vectors: order.map((i) => vectors[i]!) };
}

/** Makes entry (p, q) zero. `vectors[p]` is the p-th eigenvector in the making. */
function rotate(work: Float64Array, size: number, vectors: Float64Array[], p: number, q: number): void {
  const entry = work[p * size + q]!;
  const pp = work[p * size + p]!;
  const qq = work[q * size + q]!;
  if (Math.abs(entry) <= Number.EPSILON * Number.EPSILON * (Math.abs(pp) + Math.abs(qq))) {
    work[p * size + q] = 0;
    work[q * size + p] = 0;
    return;
  }
  const ratio = (qq - pp) / (2 * entry);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(1 + ratio * ratio));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) turn(work, k * size + p, k * size + q, cosine, sine, work);
  for (let k = 0; k < size; k++) turn(work, p * size + k, q * size + k, cosine, sine, work);
  work[p * size + q] = 0;
  work[q * size + p] = 0;
  const first = vectors[p]!;
  const second = vectors[q]!;
  for (let k = 0; k < size; k++) turn(first, k, k, cosine, sine, second);
}

function turn(a: Float64Array, i: number, j: number, cosine: number, sine: number, b: Float64Array): void {
  const x = a[i]!;
  const y = b[j]!;
  a[i] = cosine * x - sine * y;
  b[j] = sine * x + cosine * y;
}

function offDiagonalSquares(work: Float64Array, size: number): number {
  let squares = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) squares += work[i * size + j]! ** 2;
  return squares;
}
