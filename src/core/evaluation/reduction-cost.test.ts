import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeUnitRows,
  openReferenceRowProducts,
  propertySeed,
  referenceProduct,
} from '@/core/similarity/reference-similarity';
import { finishWork } from '@/core/work';
import {
  binaryRows,
  bytesPerMillion,
  cutRows,
  int8Rows,
  nearestByBits,
  reductionsOf,
} from './reduced-vectors';
import { frontierOf, reductionCosts } from './reduction-cost';
import { cosineTable, dot, vectorsOf } from './reference-measures';

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

function ranked(similarities: number[], own: number, k: number): number[] {
  return Array.from(similarities.keys())
    .filter((other) => other !== own)
    .sort((a, b) => similarities[b]! - similarities[a]! || a - b)
    .slice(0, k);
}

describe('reductionsOf', () => {
  it('cuts to shorter lengths only, in every code, the full vectors first', () => {
    const ways = reductionsOf(384);
    expect(ways[0]).toEqual({ dims: 384, code: 'float32' });
    expect(ways.map(({ dims, code }) => `${dims} ${code}`)).toEqual(
      [384, 256, 128, 64].flatMap((dims) => ['float32', 'int8', 'binary'].map((code) => `${dims} ${code}`)),
    );
    expect(reductionsOf(1024).filter(({ dims }) => dims === 1024)).toHaveLength(3);
    expect(ways.map(bytesPerMillion).slice(0, 3)).toEqual([1_536_000_000, 384_000_000, 48_000_000]);
  });
});

describe('reduced vectors', () => {
  it('are cut and made length 1, whole numbers on one scale, or signs', () => {
    const rows = makeUnitRows({ count: 30, dims: 90, seed: 3, pull: 0.5, copies: 0.2 });
    const cut = finishWork(cutRows(rows, all(30), 40));
    const expected = vectorsOf(
      { values: Float32Array.from(vectorsOf(rows, all(30)).flatMap((v) => v.slice(0, 40))), dims: 40 },
      all(30),
    );
    expected.flat().forEach((value, at) => {
      expect(cut.values[at]).toBeCloseTo(value, 6);
    });
    const whole = Array.from(finishWork(int8Rows(cut)).values, (value) => value * 4096);
    expect(whole.every((value) => Number.isInteger(value) && Math.abs(value) <= 127)).toBe(true);
    expect(Math.max(...whole.map(Math.abs))).toBe(127);
    const { bits, words } = finishWork(binaryRows(cut));
    cut.values.forEach((value, at) => {
      const [row, k] = [Math.floor(at / 40), at % 40];
      expect((bits[row * words + (k >>> 5)]! >>> (k & 31)) & 1).toBe(value > 0 ? 1 : 0);
    });
  });

  it('finds the nearest by Hamming distance, ties by row', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.constantFrom(5, 32, 70),
        fc.integer({ min: 1, max: 1e5 }),
        (count, dims, seed) => {
          const rows = makeUnitRows({ count, dims, seed, pull: 0, copies: 0.3 });
          const packed = finishWork(binaryRows(rows));
          const k = Math.min(6, count - 1);
          const signs = vectorsOf(rows, all(count)).map((vector) =>
            vector.map((value) => (value > 0 ? 1 : 0)),
          );
          for (let row = 0; row < count; row++) {
            const ids = new Int32Array(k);
            const similarities = new Float32Array(k);
            nearestByBits(packed, dims, row, k, 0, ids, similarities);
            const alike = signs.map((other) => other.filter((bit, at) => bit === signs[row]![at]).length);
            expect(Array.from(ids)).toEqual(ranked(alike, row, k));
            ids.forEach((id, i) => {
              expect(similarities[i]).toBeCloseTo((2 * alike[id]!) / dims - 1, 6);
            });
          }
        },
      ),
      { seed: propertySeed, numRuns: 40 },
    );
  });
});

describe('reductionCosts', () => {
  it('counts the neighbours that each way keeps, and right votes', () => {
    const count = 70;
    const rows = makeUnitRows({ count, dims: 80, seed: 11, pull: 0.5, copies: 0 });
    const classOf = Int32Array.from({ length: count }, (_, i) => i % 3);
    const labelled = { members: all(count), queries: all(count), classOf, classCount: 3, k: 10 };
    const costs = finishWork(
      reductionCosts({
        rows,
        members: all(count),
        queries: all(count),
        labelled,
        product: referenceProduct,
        openRowProducts: openReferenceRowProducts,
      }),
    );
    const full = cosineTable(vectorsOf(rows, all(count))).map((line, row) => ranked(line, row, 10));
    const cut = finishWork(cutRows(rows, all(count), 64));
    const tables: Record<string, number[][]> = {
      '80 float32': cosineTable(vectorsOf(rows, all(count))),
      '64 float32': cosineTable(vectorsOf(cut, all(count))),
      '64 int8': cosineOfWhole(
        Array.from(finishWork(int8Rows(cut)).values, (value) => value * 4096),
        64,
      ),
    };
    expect(costs.map(({ dims, code }) => `${dims} ${code}`)).toEqual([
      '80 float32',
      '80 int8',
      '80 binary',
      '64 float32',
      '64 int8',
      '64 binary',
    ]);
    expect(costs[0]!.overlap).toEqual({ value: 1, low: 1, high: 1 });
    for (const [way, table] of Object.entries(tables)) {
      const cost = costs.find(({ dims, code }) => `${dims} ${code}` === way)!;
      const lists = table.map((line, row) => ranked(line, row, 10));
      const shares = lists.map((list, row) => list.filter((id) => full[row]!.includes(id)).length / 10);
      expect(cost.overlap.value).toBeCloseTo(shares.reduce((sum, share) => sum + share, 0) / count, 2);
      const right = lists.map((list, row) => {
        const totals = [0, 0, 0];
        for (const id of list) totals[classOf[id]!]! += table[row]![id]!;
        return totals.indexOf(Math.max(...totals)) === classOf[row] ? 1 : 0;
      });
      expect(cost.knnAccuracy!.value).toBeCloseTo(
        right.reduce<number>((sum, value) => sum + value, 0) / count,
        1,
      );
    }
  });
});

function cosineOfWhole(values: number[], dims: number): number[][] {
  const rows = Array.from({ length: values.length / dims }, (_, row) =>
    values.slice(row * dims, (row + 1) * dims),
  );
  return rows.map((a) => rows.map((b) => dot(a, b)));
}

describe('frontierOf', () => {
  it('keeps what nothing of the same size or smaller beats', () => {
    const costs = [
      { bytesPerMillion: 100, kept: 1 },
      { bytesPerMillion: 50, kept: 0.7 },
      { bytesPerMillion: 50, kept: 0.8 },
      { bytesPerMillion: 30, kept: 0.8 },
      { bytesPerMillion: 10, kept: 0.4 },
    ];
    expect(frontierOf(costs)).toEqual([0, 3, 4]);
    expect(frontierOf([])).toEqual([]);
  });
});
