import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { findClosePairs, findDifferingPairs } from './pair-scan';
import {
  makeUnitRows,
  pickMembers,
  referenceProduct as product,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';

const sides = fc.constantFrom('any', 'within', 'across');

/** All pairs that pass, by looking at each. */
function plainPairs(members: Uint32Array, groupOf: Int32Array | null, side: string) {
  const pairs: { i: number; j: number }[] = [];
  for (let i = 0; i < members.length; i++) {
    for (let j = i + 1; j < members.length; j++) {
      const a = groupOf?.[members[i]!] ?? -1;
      const b = groupOf?.[members[j]!] ?? -1;
      if (groupOf === null || side === 'any' || (a >= 0 && b >= 0 && (side === 'within') === (a === b)))
        pairs.push({ i, j });
    }
  }
  return pairs;
}

it('counts, ranks and joins the same pairs as looking at each', () => {
  fc.assert(
    fc.property(
      rowRecipes(170, [3, 17]),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 30 }),
      sides,
      fc.boolean(),
      (recipe, least, most, side, grouped) => {
        const rows = makeUnitRows(recipe);
        const members = pickMembers(recipe.count, 0.8, recipe.seed);
        const groupOf = grouped ? Int32Array.from({ length: recipe.count }, (_, row) => (row % 4) - 1) : null;
        const found = finishWork(
          findClosePairs({ rows, members, product, filter: { groupOf, side }, most, least }),
        );
        const cosines = referenceCosines(rows, members);
        const all = plainPairs(members, groupOf, side).map(({ i, j }) => ({
          i,
          j,
          value: Math.fround(Math.max(-1, Math.min(1, Math.fround(cosines[i]![j]!)))),
        }));
        const close = all.filter(({ value }) => value >= least);
        // Sums in another order differ in the last bit, so that a pair at the very cut-off may fall on either side.
        const doubtful = all.filter(({ value }) => Math.abs(value - least) < 1e-6).length;
        expect(Math.abs(found.above - close.length)).toBeLessThanOrEqual(doubtful);
        const sorted = close.map(({ value }) => value).sort((x, y) => y - x);
        expect(found.values.length).toBe(Math.min(most, found.above));
        found.values.forEach((value, at) => {
          if (at < sorted.length) expect(Math.abs(value - sorted[at]!)).toBeLessThan(1e-6);
          const i = members.indexOf(found.a[at]!);
          const j = members.indexOf(found.b[at]!);
          expect(i).toBeLessThan(j);
          expect(Math.abs(cosines[i]![j]! - value)).toBeLessThan(1e-6);
        });
        if (doubtful > 0) return;
        if (groupOf !== null) {
          const within = close.filter(
            ({ i, j }) => groupOf[members[i]!]! >= 0 && groupOf[members[i]!] === groupOf[members[j]!],
          );
          expect(found.aboveWithin).toBe(within.length);
        }
        // Spreading the least index along the pairs until nothing changes gives the same sets.
        const first = Array.from(members, (_, i) => i);
        for (let changed = true; changed; ) {
          changed = false;
          for (const { i, j } of close) {
            const least = Math.min(first[i]!, first[j]!);
            if (first[i] === least && first[j] === least) continue;
            first[i] = least;
            first[j] = least;
            changed = true;
          }
        }
        const expected = [...new Set(first)]
          .map((root) => [...first.keys()].filter((i) => first[i] === root))
          .filter((set) => set.length > 1)
          .sort((x, y) => y.length - x.length || x[0]! - y[0]!)
          .map((set) => set.map((i) => members[i]!));
        expect(found.sets.map((set) => [...set])).toEqual(expected);
      },
    ),
    { seed: propertySeed, numRuns: 40 },
  );
});

it('ranks the pairs on which two runs differ as looking at each does', () => {
  fc.assert(
    fc.property(
      rowRecipes(150, [3, 17]),
      fc.integer({ min: 1, max: 20 }),
      sides,
      fc.constantFrom(-1, 0, 1),
      (recipe, most, side, sign) => {
        const a = { rows: makeUnitRows(recipe), scale: { mean: 0.1, sd: 0.2 } };
        const other = { ...recipe, dims: 8, seed: recipe.seed + 1 };
        const b = { rows: makeUnitRows(other), scale: { mean: -0.2, sd: 0.4 } };
        const members = pickMembers(recipe.count, 0.9, recipe.seed);
        const groupOf = Int32Array.from({ length: recipe.count }, (_, row) => row % 3);
        const found = finishWork(
          findDifferingPairs({ a, b, members, product, filter: { groupOf, side }, most, sign }),
        );
        const inA = referenceCosines(a.rows, members);
        const inB = referenceCosines(b.rows, members);
        const differences = plainPairs(members, groupOf, side)
          .map(({ i, j }) => (inA[i]![j]! - 0.1) / 0.2 - (inB[i]![j]! + 0.2) / 0.4)
          .filter((value) => sign === 0 || Math.sign(value) === sign)
          .map(Math.abs)
          .sort((x, y) => y - x);
        expect(found.values.length).toBe(Math.min(most, differences.length));
        found.values.forEach((value, at) => {
          expect(Math.abs(Math.abs(value) - differences[at]!)).toBeLessThan(1e-5);
          const i = members.indexOf(found.a[at]!);
          const j = members.indexOf(found.b[at]!);
          const plain = (inA[i]![j]! - 0.1) / 0.2 - (inB[i]![j]! + 0.2) / 0.4;
          expect(Math.abs(value - plain)).toBeLessThan(1e-5);
        });
      },
    ),
    { seed: propertySeed, numRuns: 30 },
  );
});
