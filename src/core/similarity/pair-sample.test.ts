import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { pairCosines, samplePairs } from './pair-sample';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  referenceCosines,
  referenceProduct,
} from './reference-similarity';
import { averageRanksOf, sortOrder } from './sort-order';

describe('samplePairs', () => {
  it('takes every pair once, or every row equally often and no pair twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 60, max: 400 }), (count, most) => {
        const { first, second, sampledPairs } = samplePairs(count, most);
        const keys = Array.from(first, (a, p) => [a, second[p]!].sort((x, y) => x - y).join('-'));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.some((key) => key.split('-')[0] === key.split('-')[1])).toBe(false);
        if (sampledPairs === null) {
          expect(keys).toHaveLength((count * (count - 1)) / 2);
          return;
        }
        const times = new Uint32Array(count);
        for (const row of [...first, ...second]) times[row]!++;
        expect(new Set(times).size).toBe(1);
        expect(keys.length).toBeLessThanOrEqual(most);
      }),
      { seed: propertySeed, numRuns: 100 },
    );
  });

  it('gives each pair its own cosine', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 50 }),
        fc.constantFrom(120, 5000),
        fc.integer({ min: 1, max: 999 }),
        (count, most, seed) => {
          const rows = makeUnitRows({ count, dims: 7, seed, pull: 0, copies: 0.2 });
          const members = pickMembers(count, 0.8, seed);
          const pairs = samplePairs(members.length, most);
          const cosines = finishWork(pairCosines({ rows, members, pairs, product: referenceProduct }));
          const expected = referenceCosines(rows, members);
          cosines.forEach((cosine, p) => {
            expect(cosine).toBeCloseTo(expected[pairs.first[p]!]![pairs.second[p]!]!, 6);
          });
        },
      ),
      { seed: propertySeed, numRuns: 60 },
    );
  });
});

describe('sortOrder', () => {
  const value = fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(0, -0, 1, -1, 0.5));

  it('sorts as the library does, equal values by position', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), (list) => {
        const values = Float32Array.from(list);
        const expected = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
        expect(Array.from(finishWork(sortOrder(values)))).toEqual(expected);
      }),
      { seed: propertySeed, numRuns: 300 },
    );
  });

  it('shares ranks among equal values', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (list) => {
        const values = Float32Array.from(list);
        const ranks = Array.from(values, (own) => {
          const below = values.filter((other) => other < own).length;
          return below + (values.filter((other) => other === own).length + 1) / 2;
        });
        expect(Array.from(finishWork(averageRanksOf(values)))).toEqual(ranks);
      }),
      { seed: propertySeed, numRuns: 100 },
    );
  });
});
