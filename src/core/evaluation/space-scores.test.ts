import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededGaussian } from '@/core/random';
import { smallerGram } from '@/core/similarity/gram';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import {
  makeUnitRows,
  openReferenceRowProducts,
  pickMembers,
  propertySeed,
  referenceProduct,
  rowRecipes,
} from '@/core/similarity/reference-similarity';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { centre, cosineTable, dot, singularValues, upperTriangle, vectorsOf } from './reference-measures';
import { effectiveRank, spaceScores } from './space-scores';

function listsOf(rows: UnitRows, members: Uint32Array, k: number) {
  const positions = Uint32Array.from(members, (_, i) => i);
  return finishWork(
    nearestNeighbours({
      rows,
      members,
      positions,
      k,
      product: referenceProduct,
      openRowProducts: openReferenceRowProducts,
    }),
  );
}

function measure(rows: UnitRows, members: Uint32Array) {
  const k = Math.min(10, Math.max(0, members.length - 1));
  const gram = finishWork(smallerGram({ rows, members, product: referenceProduct }));
  const { ids } = listsOf(rows, members, k);
  const scores = finishWork(
    spaceScores({ rows, members, gram, ids, listLength: k, product: referenceProduct }),
  );
  return { ...scores, ids, rank: finishWork(effectiveRank(gram)) };
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('spaceScores', () => {
  it('equals the definitions in float64', () => {
    fc.assert(
      fc.property(rowRecipes(45, [3, 8, 31, 60]), fc.integer({ min: 1, max: 1e6 }), (recipe, seed) => {
        const rows = makeUnitRows(recipe);
        const members = pickMembers(recipe.count, 0.9, seed);
        if (members.length < 3) return;
        const scores = measure(rows, members);
        const vectors = vectorsOf(rows, members);
        const cosines = upperTriangle(cosineTable(vectors));
        const centreOfPairs = mean(cosines);
        expect(scores.meanSimilarity.value).toBeCloseTo(centreOfPairs, 6);
        const sd = Math.sqrt(mean(cosines.map((value) => (value - centreOfPairs) ** 2)));
        expect(scores.sdSimilarity.value).toBeCloseTo(sd, 5);
        expect(scores.meanSimilarity.low).toBeLessThanOrEqual(scores.meanSimilarity.value! + 1e-9);
        expect(scores.meanSimilarity.high).toBeGreaterThanOrEqual(scores.meanSimilarity.value! - 1e-9);

        cosineTable(vectors).forEach((line, i) => {
          expect(scores.similarityOf[i]).toBeCloseTo(mean(line.filter((_, j) => j !== i)), 5);
        });

        const counts = Array.from(members, (row) => scores.ids.filter((id) => id === row).length);
        expect(Array.from(scores.inListsOf)).toEqual(counts);
        const away = counts.map((count) => count - mean(counts));
        const spread = mean(away.map((value) => value ** 2));
        if (spread > 0)
          expect(scores.hubness.value).toBeCloseTo(mean(away.map((value) => value ** 3)) / spread ** 1.5, 9);
        else expect(scores.hubness.value).toBeNull();
        expect(scores.antiHubs.value).toBeCloseTo(
          counts.filter((count) => count === 0).length / counts.length,
          12,
        );

        const squares = singularValues(centre(vectors)).map((value) => value ** 2);
        const trace = squares.reduce((sum, value) => sum + value, 0);
        if (trace < members.length * 1e-10) return;
        const shares = squares.map((value) => value / trace).filter((share) => share > 1e-12);
        expect(scores.rank! / Math.exp(-shares.reduce((sum, p) => sum + p * Math.log(p), 0))).toBeCloseTo(
          1,
          5,
        );
        const participation = trace ** 2 / squares.reduce((sum, value) => sum + value ** 2, 0);
        expect(scores.participationRatio.value! / participation).toBeCloseTo(1, 5);
      }),
      { seed: propertySeed, numRuns: 25 },
    );
  });

  it('finds the dimension of a sphere and has none under 100 rows', () => {
    const sphere = (count: number, dims: number) => {
      const next = seededGaussian(3);
      const rows = { values: new Float32Array(count * 6), dims: 6 };
      for (let row = 0; row < count; row++) {
        const vector = Array.from({ length: dims }, () => next());
        const length = Math.hypot(...vector);
        vector.forEach((value, k) => {
          rows.values[row * 6 + k] = value / length;
        });
      }
      return measure(
        rows,
        Uint32Array.from({ length: count }, (_, i) => i),
      );
    };
    const { intrinsicDimension } = sphere(400, 3);
    // Dropping the largest tenth of exponential values leaves 0.744 of their mean.
    expect(intrinsicDimension.value).toBeGreaterThan((2 / 0.744) * 0.85);
    expect(intrinsicDimension.value).toBeLessThan((2 / 0.744) * 1.17);
    expect(sphere(99, 3).intrinsicDimension.value).toBeNull();
  });

  it('equals TwoNN by hand, duplicates left out', () => {
    const rows = makeUnitRows({ count: 130, dims: 5, seed: 9, pull: 0, copies: 0.1 });
    const members = Uint32Array.from({ length: 130 }, (_, i) => i);
    const vectors = vectorsOf(rows, members);
    const logs = vectors
      .map((own, i) => {
        const distances = vectors
          .filter((_, j) => j !== i)
          .map((other) => Math.sqrt(Math.max(0, dot(own, own) + dot(other, other) - 2 * dot(own, other))))
          .sort((a, b) => a - b);
        return distances[0]! < 1e-6 ? null : Math.log(distances[1]! / distances[0]!);
      })
      .filter((value) => value !== null)
      .sort((a, b) => a - b);
    const kept = logs.slice(0, Math.floor(0.9 * logs.length));
    const expected = kept.length / kept.reduce((sum, value) => sum + value, 0);
    expect(measure(rows, members).intrinsicDimension.value! / expected).toBeCloseTo(1, 5);
  });

  it('says nothing of rows that are all equal', () => {
    const rows = { values: new Float32Array(120 * 4).fill(0.5), dims: 4 };
    const scores = measure(
      rows,
      Uint32Array.from({ length: 120 }, (_, i) => i),
    );
    expect(scores.meanSimilarity.value).toBeCloseTo(1, 6);
    expect(scores.sdSimilarity.value).toBeCloseTo(0, 6);
    expect([scores.participationRatio.value, scores.intrinsicDimension.value, scores.rank]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
