import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { smallerGram } from './gram';
import { leadingEigenpairs } from './leading-eigenpairs';
import { type PrincipalPlane, principalPlane } from './principal-plane';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceProduct,
  rowRecipes,
} from './reference-similarity';
import type { UnitRows } from './unit-rows';

function planeOf(rows: UnitRows, members: Uint32Array): PrincipalPlane {
  const gram = finishWork(smallerGram({ rows, members, product: referenceProduct }));
  return finishWork(principalPlane({ rows, members, gram }));
}

/** Classical Jacobi on plain arrays: zeroes the largest entry until nothing is left. Eigenvalues descending. */
function jacobi(input: number[][]): { values: number[]; vectors: number[][] } {
  const n = input.length;
  const m = input.map((line) => [...line]);
  const v: number[][] = m.map((_, i) => m.map((_, j) => (i === j ? 1 : 0)));
  for (let turn = 0; turn < 40 * n * n; turn++) {
    let p = 0;
    let q = 1;
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) if (Math.abs(m[i]![j]!) > Math.abs(m[p]![q]!)) [p, q] = [i, j];
    if (n < 2 || Math.abs(m[p]![q]!) < 1e-15) break;
    const angle = Math.atan2(2 * m[p]![q]!, m[q]![q]! - m[p]![p]!) / 2;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    for (let k = 0; k < n; k++)
      [m[k]![p], m[k]![q]] = [c * m[k]![p]! - s * m[k]![q]!, s * m[k]![p]! + c * m[k]![q]!];
    for (let k = 0; k < n; k++)
      [m[p]![k], m[q]![k]] = [c * m[p]![k]! - s * m[q]![k]!, s * m[p]![k]! + c * m[q]![k]!];
    for (let k = 0; k < n; k++)
      [v[k]![p], v[k]![q]] = [c * v[k]![p]! - s * v[k]![q]!, s * v[k]![p]! + c * v[k]![q]!];
  }
  const order = m.map((_, i) => i).sort((a, b) => m[b]![b]! - m[a]![a]!);
  return { values: order.map((i) => m[i]![i]!), vectors: order.map((i) => v.map((line) => line[i]!)) };
}

it('equals an eigen-decomposition of the covariance', () => {
  fc.assert(
    fc.property(rowRecipes(45, [2, 3, 10, 24]), (recipe) => {
      const rows = makeUnitRows(recipe);
      const { dims } = recipe;
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const count = members.length;
      const { coordinates, explained } = planeOf(rows, members);
      expect(coordinates.length).toBe(count * 2);
      expect(coordinates.every(Number.isFinite)).toBe(true);
      const centred = Array.from(members, (row) =>
        Array.from(rows.values.subarray(row * dims, (row + 1) * dims)),
      );
      for (let k = 0; k < dims; k++) {
        const mean = centred.reduce((sum, line) => sum + line[k]!, 0) / Math.max(1, count);
        for (const line of centred) line[k]! -= mean;
      }
      const scatter = Array.from({ length: dims }, (_, i) =>
        Array.from({ length: dims }, (_, j) => centred.reduce((sum, line) => sum + line[i]! * line[j]!, 0)),
      );
      const { values, vectors } = jacobi(scatter);
      const variance = values.reduce((sum, value) => sum + value, 0);
      if (variance < 1e-9) {
        expect(coordinates.every((value) => value === 0)).toBe(true);
        return;
      }
      for (const axis of [0, 1]) {
        const value = values[axis]!;
        expect(Math.abs(explained[axis]! - value / variance)).toBeLessThan(1e-5);
        const gap = Math.min(axis === 0 ? 9 : values[0]! - value, value - (values[2] ?? -9));
        if (gap < 1e-2 || value < 1e-4) continue;
        const scores = centred.map((line) =>
          line.reduce((sum, entry, k) => sum + entry * vectors[axis]![k]!, 0),
        );
        const ours = scores.map((_, member) => coordinates[member * 2 + axis]!);
        const agreement = Math.sign(scores.reduce((sum, score, member) => sum + score * ours[member]!, 0));
        for (const [member, score] of scores.entries()) {
          expect(Math.abs(agreement * score - ours[member]!)).toBeLessThan(1e-4);
        }
        const largest = Math.max(...ours.map(Math.abs));
        expect(ours.find((score) => Math.abs(score) >= largest * (1 - 1e-6))).toBeGreaterThan(0);
      }
    }),
    { seed: propertySeed, numRuns: 60 },
  );
});

it('is finite and zero where there is nothing to spread', () => {
  const equal = { values: new Float32Array(40).fill(0.5), dims: 4 };
  for (const count of [0, 1, 2, 10]) {
    const plane = planeOf(
      equal,
      Uint32Array.from({ length: count }, (_, row) => row),
    );
    expect([...plane.coordinates]).toEqual(new Array(count * 2).fill(0));
    expect(plane.explained).toEqual([0, 0]);
  }
});

it('puts two rows on one axis, their distance apart, the first to the right', () => {
  const { coordinates, explained } = planeOf(
    { values: Float32Array.of(1, 0, 0, 1), dims: 2 },
    Uint32Array.of(0, 1),
  );
  expect(coordinates[0]).toBeCloseTo(Math.SQRT1_2, 6);
  expect(coordinates[2]).toBeCloseTo(-Math.SQRT1_2, 6);
  expect([coordinates[1], coordinates[3]]).toEqual([0, 0]);
  expect(explained[0]).toBeCloseTo(1, 6);
  expect(explained[1]).toBe(0);
});

it('converges on crowded spectra and on repeated eigenvalues', () => {
  // A matrix with known eigenvalues: a reflection on both sides of a diagonal.
  const size = 60;
  const axis = Array.from({ length: size }, (_, i) => Math.sin(i + 1));
  const squared = axis.reduce((sum, value) => sum + value * value, 0);
  for (const spectrum of [
    (i: number) => 1 - i / 500,
    (i: number) => (i < 20 ? 1 : 0.5),
    (i: number) => 10 ** -i,
    (i: number) => (i < 3 ? 2 : 0),
  ]) {
    const reflect = (i: number, j: number): number => (i === j ? 1 : 0) - (2 * axis[i]! * axis[j]!) / squared;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) matrix[i * size + j]! += reflect(i, k) * spectrum(k) * reflect(k, j);
      }
    }
    const work = leadingEigenpairs(matrix, size, 2);
    let step = work.next();
    let multiplications = 0;
    for (; !step.done; step = work.next()) multiplications++;
    expect(multiplications).toBeLessThan(150);
    const { values, vectors } = step.value;
    for (const pair of [0, 1]) {
      expect(Math.abs(values[pair]! - spectrum(pair))).toBeLessThan(1e-9);
      const vector = vectors[pair]!;
      for (let i = 0; i < size; i++) {
        let image = 0;
        for (let j = 0; j < size; j++) image += matrix[i * size + j]! * vector[j]!;
        expect(Math.abs(image - values[pair]! * vector[i]!)).toBeLessThan(1e-8);
      }
    }
  }
});
