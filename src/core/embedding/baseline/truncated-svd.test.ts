import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededGaussian, seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import type { SparseMatrix } from './sparse-matrix';
import { decomposeSymmetric } from './symmetric-eigen';
import { type TruncatedSvd, truncateSvd } from './truncated-svd';

type Dense = number[][];

function toSparse(dense: Dense): SparseMatrix {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of dense) {
    row.forEach((value, column) => {
      if (value === 0) return;
      indices.push(column);
      values.push(value);
    });
    starts.push(indices.length);
  }
  return {
    rows: dense.length,
    columns: dense[0]!.length,
    starts: Uint32Array.from(starts),
    indices: Uint32Array.from(indices),
    values: Float64Array.from(values),
  };
}

/** Eigenvalues (descending) and eigenvectors (as rows) of a symmetric matrix by cyclic Jacobi rotations. */
function jacobi(symmetric: Dense): { values: number[]; vectors: Dense } {
  const n = symmetric.length;
  const a = symmetric.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 40; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const apq = a[p]![q]!;
        off += apq * apq;
        if (Math.abs(apq) < 1e-300) continue;
        const angle = 0.5 * Math.atan2(2 * apq, a[q]![q]! - a[p]![p]!);
        const c = Math.cos(angle);
        const s = Math.sin(angle);
        for (const rows of [a, v]) {
          for (let k = 0; k < n; k++) {
            const x = rows[p]![k]!;
            const y = rows[q]![k]!;
            rows[p]![k] = c * x - s * y;
            rows[q]![k] = s * x + c * y;
          }
        }
        for (const row of a) {
          const x = row[p]!;
          const y = row[q]!;
          row[p] = c * x - s * y;
          row[q] = s * x + c * y;
        }
      }
    }
    if (off < 1e-26) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => v[i]!) };
}

function gram(dense: Dense): Dense {
  const columns = dense[0]!.map((_, j) => dense.map((row) => row[j]!));
  return columns.map((x) => columns.map((y) => x.reduce((sum, value, i) => sum + value * y[i]!, 0)));
}

function columnOf(svd: TruncatedSvd, c: number): number[] {
  return Array.from({ length: svd.vectors.length / svd.width }, (_, i) => svd.vectors[i * svd.width + c]!);
}

const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);

/** Largest distance from the span of `basis` of any column, and the largest error of their orthonormality. */
function subspaceErrors(svd: TruncatedSvd, basis: Dense): { outside: number; skew: number } {
  const columns = Array.from({ length: svd.width }, (_, c) => columnOf(svd, c));
  const outside = columns.map((x) => {
    const rest = [...x];
    for (const b of basis) {
      const share = dot(x, b);
      b.forEach((value, i) => {
        rest[i]! -= share * value;
      });
    }
    return Math.sqrt(dot(rest, rest));
  });
  const skew = columns.flatMap((x, i) => columns.map((y, j) => Math.abs(dot(x, y) - (i === j ? 1 : 0))));
  return { outside: Math.max(...outside), skew: Math.max(...skew) };
}

function randomSparse(rows: number, columns: number, density: number, seed: number): Dense {
  const next = seededRandom(seed);
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (next() < density ? 0.2 + next() : 0)),
  );
}

/** A matrix with singular values that fall by the given factor, as a product of random orthonormal sides. */
function decaying(rows: number, columns: number, factor: number, seed: number): Dense {
  const next = seededGaussian(seed);
  const side = (length: number, count: number): Dense => {
    const vectors: Dense = [];
    for (let k = 0; k < count; k++) {
      const x = Array.from({ length }, next);
      for (let pass = 0; pass < 2; pass++) {
        for (const y of vectors) {
          const share = dot(x, y);
          y.forEach((value, i) => {
            x[i]! -= share * value;
          });
        }
      }
      const norm = Math.sqrt(dot(x, x));
      vectors.push(x.map((value) => value / norm));
    }
    return vectors;
  };
  const rank = Math.min(rows, columns);
  const left = side(rows, rank);
  const right = side(columns, rank);
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += factor ** k * left[k]![i]! * right[k]![j]!;
      return sum;
    }),
  );
}

describe('decomposeSymmetric', () => {
  it('finds the eigenvalues Jacobi finds, and vectors that are eigenvectors', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 18 }), fc.integer({ min: 0, max: 1e6 }), (size, seed) => {
        const dense = gram(randomSparse(Math.max(1, size - 2), size, 0.6, seed));
        const found = finishWork(decomposeSymmetric(Float64Array.from(dense.flat()), size));
        const { values } = jacobi(dense);
        const scale = Math.max(1, values[0]!);
        for (let i = 0; i < size; i++) {
          expect(Math.abs(found.values[i]! - values[i]!)).toBeLessThan(1e-11 * scale);
          const x = Array.from(found.vectors.subarray(i * size, (i + 1) * size));
          expect(Math.abs(dot(x, x) - 1)).toBeLessThan(1e-11);
          dense.forEach((row, r) => {
            expect(Math.abs(dot(row, x) - found.values[i]! * x[r]!)).toBeLessThan(1e-11 * scale);
          });
        }
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('refuses numbers that are not finite', () => {
    expect(() => finishWork(decomposeSymmetric(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2))).toThrow(
      RangeError,
    );
  });
});

describe('truncateSvd', () => {
  it.each([
    ['tall', 40, 22],
    ['wide', 22, 40],
    ['square', 25, 25],
  ])('agrees with Jacobi on a small %s matrix', (_, rows, columns) => {
    const dense = randomSparse(rows, columns, 0.3, 5);
    const svd = finishWork(truncateSvd(toSparse(dense), { width: 8, seed: 1 }));
    const reference = jacobi(gram(dense));
    expect(svd.width).toBe(8);
    svd.values.forEach((value, i) => {
      expect(Math.abs(value - Math.sqrt(reference.values[i]!))).toBeLessThan(1e-10);
    });
    const { outside, skew } = subspaceErrors(svd, reference.vectors.slice(0, 8));
    expect(outside).toBeLessThan(1e-8);
    expect(skew).toBeLessThan(1e-10);
  });

  it.each([
    ['tall', 110, 70],
    ['wide', 70, 110],
  ])('agrees with Jacobi by sketching a %s matrix', (_, rows, columns) => {
    const dense = decaying(rows, columns, 0.85, 9);
    const svd = finishWork(truncateSvd(toSparse(dense), { width: 10, seed: 3, exactUpTo: 0 }));
    const reference = jacobi(gram(dense));
    svd.values.forEach((value, i) => {
      expect(Math.abs(value - 0.85 ** i)).toBeLessThan(1e-8);
      expect(Math.abs(value - Math.sqrt(reference.values[i]!))).toBeLessThan(1e-8);
    });
    const { outside, skew } = subspaceErrors(svd, reference.vectors.slice(0, 10));
    expect(outside).toBeLessThan(1e-6);
    expect(skew).toBeLessThan(1e-9);
  });

  it('stops at the rank, sketched or not', () => {
    const two = randomSparse(3, 60, 0.5, 2);
    const dense = Array.from({ length: 80 }, (_, i) => two[i % 3]!);
    for (const exactUpTo of [0, 400]) {
      const svd = finishWork(truncateSvd(toSparse(dense), { width: 20, seed: 4, exactUpTo }));
      expect(svd.width).toBe(3);
      const reference = jacobi(gram(dense));
      expect(subspaceErrors(svd, reference.vectors.slice(0, 3)).outside).toBeLessThan(1e-6);
    }
  });

  it('gives the same bytes again, and a positive largest entry in every vector', () => {
    const matrix = toSparse(randomSparse(90, 120, 0.1, 8));
    const options = { width: 12, seed: 6, exactUpTo: 0 };
    const svd = finishWork(truncateSvd(matrix, options));
    expect(finishWork(truncateSvd(matrix, options))).toEqual(svd);
    for (let c = 0; c < svd.width; c++) {
      const column = columnOf(svd, c);
      expect(Math.max(...column)).toBe(Math.max(...column.map(Math.abs)));
    }
  });

  it('has nothing for a matrix without entries', () => {
    const svd = finishWork(truncateSvd(toSparse([[0, 0, 0]]), { width: 2, seed: 1 }));
    expect(svd.width).toBe(0);
  });
});
