import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '@/core/random';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import {
  makeUnitRows,
  openReferenceRowProducts,
  propertySeed,
  referenceProduct,
} from '@/core/similarity/reference-similarity';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { type LabelledRows, labelledRows, labelScores } from './label-scores';
import { cosineTable, vectorsOf } from './reference-measures';

function score(rows: UnitRows, labelled: LabelledRows) {
  const { members, k } = labelled;
  const { ids, similarities } = finishWork(
    nearestNeighbours({
      rows,
      members,
      positions: Uint32Array.from(members, (_, i) => i),
      k,
      product: referenceProduct,
      openRowProducts: openReferenceRowProducts,
    }),
  );
  return finishWork(
    labelScores({ rows, ...labelled, ids, similarities, listLength: k, product: referenceProduct }),
  );
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('labelledRows', () => {
  it('leaves out rows without a label and labels of one row, and says so', () => {
    const groupOf = Int32Array.of(0, 1, -1, 0, 2, 1, 1, 0, 0);
    const labelled = labelledRows(groupOf, Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 8));
    expect(labelled).toMatchObject({ classCount: 2, k: 2, majority: 0.5, withoutLabel: 1, alone: 1 });
    expect(Array.from(labelled.members)).toEqual([0, 1, 3, 5, 6, 8]);
    expect(Array.from(labelled.classOf)).toEqual([0, 1, 0, 1, 1, 0]);
  });

  it('lets ten vote, fewer where a label is rare, at least one', () => {
    const kOf = (counts: number[]) =>
      labelledRows(
        Int32Array.from(counts.flatMap((count, group) => new Array(count).fill(group))),
        Uint32Array.from({ length: counts.reduce((a, b) => a + b, 0) }, (_, i) => i),
      ).k;
    expect([kOf([30, 40]), kOf([30, 5]), kOf([9, 2])]).toEqual([10, 4, 1]);
  });
});

describe('labelScores', () => {
  it('equals the definitions in float64', () => {
    const recipe = fc.record({
      count: fc.integer({ min: 8, max: 40 }),
      classes: fc.integer({ min: 2, max: 5 }),
      dims: fc.constantFrom(3, 16),
      seed: fc.integer({ min: 1, max: 1e6 }),
      copies: fc.constantFrom(0, 0.3),
    });
    fc.assert(
      fc.property(recipe, ({ count, classes, dims, seed, copies }) => {
        const rows = makeUnitRows({ count, dims, seed, pull: 0, copies });
        const random = seededRandom(seed);
        const groupOf = Int32Array.from(
          { length: count },
          () => Math.floor(random() * (classes + 0.3)) - (random() < 0.1 ? 1 : 0),
        );
        const labelled = labelledRows(
          groupOf,
          Uint32Array.from({ length: count }, (_, i) => i),
        );
        if (labelled.classCount < 2) return;
        const { members, classOf, k, classCount } = labelled;
        const scores = score(rows, labelled);
        const table = cosineTable(vectorsOf(rows, members));
        const n = members.length;
        const isNear = (a: number, b: number) => Math.abs(a - b) < 2e-7;

        const isTied = table.map((line, i) => {
          const sorted = line.filter((_, j) => j !== i).sort((a, b) => b - a);
          return sorted.some(
            (value, at) => at > 0 && value !== sorted[at - 1] && isNear(value, sorted[at - 1]!),
          );
        });
        const votes = table.map((line, i) => {
          const near = Array.from(line.keys())
            .filter((j) => j !== i)
            .sort((a, b) => (isNear(line[a]!, line[b]!) ? a - b : line[b]! - line[a]!))
            .slice(0, k);
          const totals = new Map<number, number>();
          for (const j of near) totals.set(classOf[j]!, (totals.get(classOf[j]!) ?? 0) + line[j]!);
          return [...totals].reduce((best, next) => (next[1] > best[1] + 1e-9 ? next : best))[0];
        });
        votes.forEach((vote, i) => {
          if (!isTied[i] && copies === 0) expect(scores.votes[i]).toBe(vote);
        });
        const own = Array.from(scores.votes);
        expect(scores.knnAccuracy.value).toBeCloseTo(
          mean(own.map((vote, i) => (vote === classOf[i] ? 1 : 0))),
          12,
        );
        const f1 = Array.from({ length: classCount }, (_, group) => {
          const hits = own.filter((vote, i) => vote === group && classOf[i] === group).length;
          const precision = hits / own.filter((vote) => vote === group).length || 0;
          const recall = hits / classOf.filter((value) => value === group).length;
          return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
        });
        expect(scores.knnMacroF1.value).toBeCloseTo(mean(f1), 12);

        const same: number[] = [];
        const different: number[] = [];
        for (let i = 0; i < n; i++)
          for (let j = i + 1; j < n; j++) (classOf[i] === classOf[j] ? same : different).push(table[i]![j]!);
        let wins = 0;
        let close = 0;
        for (const s of same) {
          for (const d of different) {
            if (isNear(s, d)) close++;
            wins += isNear(s, d) ? 0.5 : s > d ? 1 : 0;
          }
        }
        const pairs = same.length * different.length;
        // Pairs whose cosines differ by rounding only may fall either way.
        expect(Math.abs(scores.separationAuc.value! - wins / pairs)).toBeLessThanOrEqual(
          close / 2 / pairs + 1e-6,
        );

        // Row by row: how many different-label pairs its own same-label pairs beat.
        const first = Array.from(classOf.keys()).filter((j) => j !== 0 && classOf[j] === classOf[0]);
        const beaten = first.map(
          (j) =>
            different.reduce(
              (sum, d) => sum + (isNear(table[0]![j]!, d) ? 0.5 : table[0]![j]! > d ? 1 : 0),
              0,
            ) / different.length,
        );
        expect(Math.abs(scores.closenessOf[0]! - mean(beaten))).toBeLessThanOrEqual(
          close / 2 / different.length + 1e-6,
        );

        const silhouette = table.map((line, i) => {
          const meanOf = (group: number) =>
            mean(
              Array.from(line.keys())
                .filter((j) => j !== i && classOf[j] === group)
                .map((j) => 1 - line[j]!),
            );
          const a = meanOf(classOf[i]!);
          const b = Math.min(
            ...Array.from({ length: classCount }, (_, group) => group)
              .filter((group) => group !== classOf[i])
              .map(meanOf),
          );
          return Math.max(a, b) > 1e-9 ? (b - a) / Math.max(a, b) : 0;
        });
        if (copies === 0) expect(scores.silhouette.value).toBeCloseTo(mean(silhouette), 6);
      }),
      { seed: propertySeed, numRuns: 25 },
    );
  });

  it('is near the majority and one half for labels that mean nothing', () => {
    const rows = makeUnitRows({ count: 300, dims: 12, seed: 5, pull: 0.5, copies: 0 });
    const random = seededRandom(7);
    const groupOf = Int32Array.from({ length: 300 }, () => (random() < 0.6 ? 0 : 1));
    const labelled = labelledRows(
      groupOf,
      Uint32Array.from({ length: 300 }, (_, i) => i),
    );
    const scores = score(rows, labelled);
    expect(Math.abs(scores.knnAccuracy.value! - labelled.majority)).toBeLessThan(0.1);
    expect(Math.abs(scores.separationAuc.value! - 0.5)).toBeLessThan(0.03);
    expect(scores.separationAuc.low).toBeLessThan(0.5);
    expect(scores.separationAuc.high).toBeGreaterThan(0.5);
  });

  it('is perfect where the labels are the directions', () => {
    const values = new Float32Array(40 * 4);
    for (let row = 0; row < 40; row++) {
      values[row * 4 + (row % 2)] = 1;
      values[row * 4 + 2] = row / 4000;
    }
    for (let row = 0; row < 40; row++) {
      const part = values.subarray(row * 4, row * 4 + 4);
      const length = Math.hypot(...part);
      part.forEach((value, k) => {
        part[k] = value / length;
      });
    }
    const groupOf = Int32Array.from({ length: 40 }, (_, row) => row % 2);
    const scores = score(
      { values, dims: 4 },
      labelledRows(
        groupOf,
        Uint32Array.from({ length: 40 }, (_, i) => i),
      ),
    );
    expect(scores.knnAccuracy).toEqual({ value: 1, low: 1, high: 1 });
    expect(scores.separationAuc).toEqual({ value: 1, low: 1, high: 1 });
    expect(scores.silhouette.value).toBeGreaterThan(0.99);
  });
});
