import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cosineTable,
  nuclearAgreement,
  referenceCka,
  spearman,
  upperTriangle,
  vectorsOf,
} from '@/core/evaluation/reference-measures';
import { seededGaussian } from '@/core/random';
import { pairCosines, samplePairs } from '@/core/similarity/pair-sample';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceProduct,
  rowRecipes,
} from '@/core/similarity/reference-similarity';
import { averageRanksOf } from '@/core/similarity/sort-order';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { hsicTerms, linearCka } from './linear-cka';
import { procrustesAgreement } from './procrustes';
import { rankedPairs, rankSimilarity } from './rank-similarity';

function rsaOf(a: UnitRows, b: UnitRows, members: Uint32Array) {
  const pairs = samplePairs(members.length, rankedPairs(members.length));
  const [ranksA, ranksB] = [a, b].map((rows) =>
    finishWork(averageRanksOf(finishWork(pairCosines({ rows, members, pairs, product: referenceProduct })))),
  );
  return finishWork(rankSimilarity({ ranksA: ranksA!, ranksB: ranksB!, pairs, count: members.length }));
}

function ckaOf(a: UnitRows, b: UnitRows, members: Uint32Array) {
  const [x, y] = [a, b].map((rows) => ({ rows, indices: members }));
  const terms = (one: typeof x, other: typeof y) =>
    finishWork(hsicTerms({ x: one!, y: other!, product: referenceProduct }));
  return finishWork(linearCka({ ofPair: terms(x, y), ofA: terms(x, x), ofB: terms(y, y) }));
}

function procrustesOf(a: UnitRows, b: UnitRows, members: Uint32Array) {
  const [x, y] = [a, b].map((rows) => ({ rows, indices: members }));
  return finishWork(procrustesAgreement({ x: x!, y: y!, product: referenceProduct })).value;
}

function gaussianRows(count: number, dims: number, seed: number): UnitRows {
  const next = seededGaussian(seed);
  const values = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const vector = Array.from({ length: dims }, () => next());
    const length = Math.hypot(...vector);
    vector.forEach((value, k) => {
      values[row * dims + k] = value / length;
    });
  }
  return { values, dims };
}

/** The same vectors turned by reflections in random planes, and two coordinates wider. */
function turned({ values, dims }: UnitRows, seed: number): UnitRows {
  const next = seededGaussian(seed);
  const wide = dims + 2;
  const count = values.length / dims;
  const rows = Array.from({ length: count }, (_, row) => [
    ...values.subarray(row * dims, (row + 1) * dims),
    0,
    0,
  ]);
  for (let turn = 0; turn < 4; turn++) {
    const mirror = Array.from({ length: wide }, () => next());
    const square = mirror.reduce((sum, value) => sum + value * value, 0);
    for (const row of rows) {
      const along = (2 * row.reduce((sum, value, k) => sum + value * mirror[k]!, 0)) / square;
      row.forEach((value, k) => {
        row[k] = value - along * mirror[k]!;
      });
    }
  }
  return { values: Float32Array.from(rows.flat()), dims: wide };
}

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

describe('RSA, CKA and Procrustes', () => {
  it('equal their definitions in float64, with ragged sizes, duplicates and narrow cones', () => {
    const recipe = rowRecipes(30, [2, 3, 17, 33]);
    fc.assert(
      fc.property(
        recipe,
        fc.constantFrom(2, 5, 40),
        fc.integer({ min: 1, max: 1e6 }),
        (shape, dims, seed) => {
          const a = makeUnitRows(shape);
          const b = makeUnitRows({ ...shape, dims, seed, pull: seed % 2 ? 0 : 0.5, copies: 0.2 });
          const members = pickMembers(shape.count, 0.9, seed);
          const [x, y] = [vectorsOf(a, members), vectorsOf(b, members)];
          const rsa = rsaOf(a, b, members);
          const triangles = [x, y].map((vectors) => upperTriangle(cosineTable(vectors)));
          const [ranksA, ranksB] = triangles as [number[], number[]];
          const isDistinct = (values: number[]) => {
            const sorted = values.toSorted((one, other) => one - other);
            return sorted.every((value, i) => i === 0 || value - sorted[i - 1]! > 3e-7);
          };
          // Ranks of values that differ by rounding only depend on it.
          if (members.length > 3 && isDistinct(ranksA) && isDistinct(ranksB))
            expect(rsa.value).toBeCloseTo(spearman(ranksA, ranksB), 6);
          const cka = ckaOf(a, b, members).value;
          const expected = members.length < 4 ? Number.NaN : referenceCka(x, y);
          // Rows in a narrow cone are told apart by what float32 rounds away.
          const tolerance = shape.pull > 1 ? 1e-4 : 1e-6;
          if (cka !== null && Number.isFinite(expected) && shape.copies < 1)
            expect(Math.abs(cka - expected)).toBeLessThan(tolerance);
          if (members.length < 4) expect(cka).toBeNull();
        },
      ),
      { seed: propertySeed, numRuns: 40 },
    );
  });

  it.each([
    [24, 8, 11],
    [14, 18, 23],
    [16, 5, 20],
  ])('Procrustes equals singular values by Jacobi: %i rows of %i and %i', (count, dimsA, dimsB) => {
    const a = gaussianRows(count, dimsA, 3);
    const b = gaussianRows(count, dimsB, 4);
    for (let i = 0; i < b.values.length; i++)
      b.values[i]! = (b.values[i]! + 2 * (a.values[i % a.values.length] ?? 0)) / 3;
    const members = all(count);
    const [x, y] = [a, b].map((rows) =>
      Array.from(members, (row) => Array.from(rows.values.subarray(row * rows.dims, (row + 1) * rows.dims))),
    );
    const own = 1 - nuclearAgreement(x!, y!);
    const chances = Array.from({ length: 20 }, (_, seed) => {
      const order = Array.from(members, (row) => [Math.sin((row + 1) * (seed + 7) * 99.7), row] as const)
        .sort((one, other) => one[0] - other[0])
        .map(([, row]) => row);
      return (
        1 -
        nuclearAgreement(
          x!,
          order.map((row) => y![row]!),
        )
      );
    });
    const chance = chances.reduce((sum, value) => sum + value, 0) / 20;
    const sd = Math.sqrt(chances.reduce((sum, value) => sum + (value - chance) ** 2, 0) / 19);
    // Other permutations, so the mean of twenty may differ by a few of its standard errors.
    const measured = procrustesOf(a, b, members)!;
    expect(Math.abs((1 - measured) * chance - own)).toBeLessThan(
      (own / chance) * 5 * sd * Math.sqrt(2 / 20) + 1e-9,
    );
    expect(procrustesOf(a, a, members)).toBeCloseTo(1, 6);
  });

  it('Procrustes spares permutations only where their mean is pinned down', () => {
    const a = gaussianRows(1500, 24, 3);
    const b = gaussianRows(1500, 20, 4);
    for (let i = 0; i < b.values.length; i++) b.values[i]! += 0.4 * a.values[i]!;
    const side = (rows: UnitRows) => ({ rows, indices: all(1500) });
    const request = { x: side(a), y: side(b), product: referenceProduct };
    const spared = finishWork(procrustesAgreement(request));
    const whole = finishWork(procrustesAgreement({ ...request, pinned: 0 }));
    expect(whole.permutations).toBe(20);
    expect(spared.permutations).toBeLessThan(20);
    expect(Math.abs(spared.value! - whole.value!)).toBeLessThan(5e-4);
    const few = finishWork(
      procrustesAgreement({
        x: { rows: a, indices: all(30) },
        y: { rows: b, indices: all(30) },
        product: referenceProduct,
      }),
    );
    expect(few.permutations).toBe(20);
  });

  it.each([
    [90, 16],
    [40, 60],
  ])('are 1 for a rotated copy, wider or not: %i rows of %i', (count, dims) => {
    const a = gaussianRows(count, dims, 8);
    const b = turned(a, 5);
    const rsa = rsaOf(a, b, all(count));
    expect(rsa.value).toBeGreaterThan(1 - 1e-5);
    const cka = ckaOf(a, b, all(count));
    expect(cka.value).toBeCloseTo(1, 5);
    expect(cka.low).toBeCloseTo(1, 4);
    expect(procrustesOf(a, b, all(count))).toBeCloseTo(1, 4);
  });

  it('are near 0 for independent Gaussians with more dimensions than rows', () => {
    const count = 60;
    const a = gaussianRows(count, 200, 1);
    const b = gaussianRows(count, 150, 2);
    const rsa = rsaOf(a, b, all(count));
    expect(Math.abs(rsa.value!)).toBeLessThan(0.08);
    expect(rsa.low).toBeLessThan(0);
    expect(rsa.high).toBeGreaterThan(0);
    expect(Math.abs(ckaOf(a, b, all(count)).value!)).toBeLessThan(0.1);
    expect(Math.abs(procrustesOf(a, b, all(count))!)).toBeLessThan(0.08);
  });

  it('have no number where nothing varies or rows are too few', () => {
    const same = { values: new Float32Array(12 * 4).fill(0.5), dims: 4 };
    const other = gaussianRows(12, 5, 1);
    expect(rsaOf(same, other, all(12)).value).toBeNull();
    expect(ckaOf(same, other, all(12)).value).toBeNull();
    expect(procrustesOf(same, other, all(12))).toBeNull();
    expect(procrustesOf(other, other, all(9))).toBeNull();
    expect(ckaOf(other, other, all(3)).value).toBeNull();
    expect(rsaOf(other, other, all(2)).value).toBeNull();
  });
});
