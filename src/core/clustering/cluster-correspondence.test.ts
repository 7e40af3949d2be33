import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareClusters } from './cluster-correspondence';
import { adjustedRandIndex } from './planted-groups';

const all = () => true;

it('counts shared rows, and orders columns by the row they share most with', () => {
  const a = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 2, 2, -1);
  const b = Int32Array.of(2, 2, 2, 0, 0, 0, -1, 1, 1, 1);
  const found = compareClusters({ a, countA: 3, b, countB: 3, takesPart: all });
  expect([...found.counts]).toEqual([1, 0, 3, 2, 0, 0, 0, 2, 0]);
  expect(found.rowOrder).toEqual([0, 1, 2]);
  expect(found.columnOrder).toEqual([2, 0, 1]);
  expect([...found.onlyInA]).toEqual([0, 1, 0]);
  expect([...found.onlyInB]).toEqual([0, 1, 0]);
  expect(found.shared).toBe(8);
});

it('leaves out rows that do not take part', () => {
  const a = Int32Array.of(0, 0, 1, 1);
  const found = compareClusters({ a, countA: 2, b: a, countB: 2, takesPart: (row) => row > 0 });
  expect([...found.counts]).toEqual([1, 0, 0, 2]);
});

it('has the adjusted Rand index of the rows in a cluster of both', () => {
  const cluster = fc.integer({ min: -1, max: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cluster, cluster), { minLength: 1, maxLength: 60 }), (rows) => {
      const found = compareClusters({
        a: Int32Array.from(rows, ([a]) => a),
        countA: 4,
        b: Int32Array.from(rows, ([, b]) => b),
        countB: 4,
        takesPart: all,
      });
      const both = rows.filter(([a, b]) => a >= 0 && b >= 0);
      expect(found.shared).toBe(both.length);
      const index = adjustedRandIndex(
        both.map(([a]) => a),
        both.map(([, b]) => b),
      );
      if (found.adjustedRand === null) expect(both.length < 2 || Number.isNaN(index)).toBe(true);
      else expect(found.adjustedRand).toBeCloseTo(index, 10);
    }),
    { seed: 20261125, numRuns: 200 },
  );
});
