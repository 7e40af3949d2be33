/** For tests: the measures straight from their definitions, in float64 with n × n at hand, sharing nothing with the code under test. */
import type { UnitRows } from '@/core/similarity/unit-rows';

export type Vectors = number[][];

/** The listed rows, made length 1 in float64. */
export function vectorsOf({ values, dims }: UnitRows, members: ArrayLike<number>): Vectors {
  return Array.from(members, (row) => {
    const vector = Array.from(values.subarray(row * dims, (row + 1) * dims));
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}

export function cosineTable(vectors: Vectors): number[][] {
  return vectors.map((a) => vectors.map((b) => dot(a, b)));
}

export function upperTriangle(table: number[][]): number[] {
  return table.flatMap((line, i) => line.slice(i + 1));
}

function rankAll(values: number[], tolerance: number): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value - tolerance).length;
    const equal = values.filter((other) => Math.abs(other - value) <= tolerance).length;
    return below + (equal + 1) / 2;
  });
}

function pearson(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const centredA = a.map((value) => value - mean(a));
  const centredB = b.map((value) => value - mean(b));
  return dot(centredA, centredB) / Math.sqrt(dot(centredA, centredA) * dot(centredB, centredB));
}

/** Spearman; values closer than the tolerance are equal. */
export function spearman(a: number[], b: number[], tolerance = 0): number {
  return pearson(rankAll(a, tolerance), rankAll(b, tolerance));
}

/** HSIC₁ from the n × n matrices with zero diagonals. */
function hsic(k: number[][], l: number[][]): number {
  const n = k.length;
  const zeroed = (table: number[][]) => table.map((line, i) => line.map((value, j) => (i === j ? 0 : value)));
  const a = zeroed(k);
  const b = zeroed(l);
  let trace = 0;
  let sumA = 0;
  let sumB = 0;
  let triple = 0;
  for (let i = 0; i < n; i++) {
    trace += dot(a[i]!, b[i]!);
    const rowA = a[i]!.reduce((sum, value) => sum + value, 0);
    const rowB = b[i]!.reduce((sum, value) => sum + value, 0);
    sumA += rowA;
    sumB += rowB;
    triple += rowA * rowB;
  }
  return (trace + (sumA * sumB) / ((n - 1) * (n - 2)) - (2 * triple) / (n - 2)) / (n * (n - 3));
}

export function referenceCka(x: Vectors, y: Vectors): number {
  const [k, l] = [cosineTable(x), cosineTable(y)];
  return hsic(k, l) / Math.sqrt(hsic(k, k) * hsic(l, l));
}

export function centre(vectors: Vectors): Vectors {
  const mean = vectors[0]!.map(
    (_, k) => vectors.reduce((sum, vector) => sum + vector[k]!, 0) / vectors.length,
  );
  return vectors.map((vector) => vector.map((value, k) => value - mean[k]!));
}

/** Singular values by one-sided Jacobi rotations (Hestenes 1958). */
export function singularValues(matrix: number[][]): number[] {
  const columns = matrix[0]!.map((_, j) => matrix.map((line) => line[j]!));
  for (let sweep = 0; sweep < 60; sweep++) {
    let turned = 0;
    for (let p = 0; p < columns.length; p++) {
      for (let q = p + 1; q < columns.length; q++) {
        const [a, b] = [columns[p]!, columns[q]!];
        const [pp, qq, pq] = [dot(a, a), dot(b, b), dot(a, b)];
        if (pq === 0 || Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq)) continue;
        turned++;
        const zeta = (qq - pp) / (2 * pq);
        const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const c = 1 / Math.sqrt(1 + t * t);
        columns[p] = a.map((value, i) => c * (value - t * b[i]!));
        columns[q] = b.map((value, i) => c * (value + t * a[i]!));
      }
    }
    if (turned === 0) break;
  }
  return columns.map((column) => Math.sqrt(dot(column, column)));
}

/** 1 − disparity of two spaces, uncorrected: ‖AᵀB‖²_* with both centred and of Frobenius norm 1. */
export function nuclearAgreement(x: Vectors, y: Vectors): number {
  const unit = (vectors: Vectors) => {
    const centred = centre(vectors);
    const norm = Math.sqrt(centred.reduce((sum, vector) => sum + dot(vector, vector), 0));
    return centred.map((vector) => vector.map((value) => value / norm));
  };
  const [a, b] = [unit(x), unit(y)];
  const product = a[0]!.map((_, i) =>
    b[0]!.map((__, j) => a.reduce((sum, row, r) => sum + row[i]! * b[r]![j]!, 0)),
  );
  return singularValues(product).reduce((sum, value) => sum + value, 0) ** 2;
}
