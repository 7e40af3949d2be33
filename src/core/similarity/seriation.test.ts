import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { averageLinkage, type MergeTree } from './average-linkage';
import { greedyLeafOrder, optimalLeafOrder } from './leaf-order';
import {
  makeUnitRows,
  referenceProduct as product,
  propertySeed,
  referenceCosines,
  rowRecipes,
} from './reference-similarity';
import { seriate } from './seriation';
import { splitRows } from './split-rows';

const indices = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
const distancesOf = (cosines: number[][]) => cosines.map((line) => line.map((cosine) => 1 - cosine));

function leavesUnder({ left, right }: MergeTree, node: number): number[] {
  const count = left.length + 1;
  if (node < count) return [node];
  return [...leavesUnder({ left, right } as MergeTree, left[node - count]!)].concat(
    leavesUnder({ left, right } as MergeTree, right[node - count]!),
  );
}

function meanBetween(distances: number[][], a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (const i of a) for (const j of b) sum += distances[i]![j]!;
  return sum / (a.length * b.length);
}

/** Heights of average linkage, looking at all pairs of clusters before each merge. */
function plainHeights(distances: number[][]): number[] {
  let clusters = distances.map((_, i) => [i]);
  const heights: number[] = [];
  while (clusters.length > 1) {
    let best = { a: 0, b: 1, mean: Number.POSITIVE_INFINITY };
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const mean = meanBetween(distances, clusters[a]!, clusters[b]!);
        if (mean < best.mean) best = { a, b, mean };
      }
    }
    heights.push(best.mean);
    const joined = [...clusters[best.a]!, ...clusters[best.b]!];
    clusters = [...clusters.filter((_, i) => i !== best.a && i !== best.b), joined];
  }
  return heights;
}

describe('averageLinkage', () => {
  it('merges at the heights of a plain search, each the mean over the pairs it joins', () => {
    fc.assert(
      fc.property(rowRecipes(24, [3, 9]), (recipe) => {
        fc.pre(recipe.count > 0);
        const rows = makeUnitRows(recipe);
        const members = indices(recipe.count);
        const distances = distancesOf(referenceCosines(rows, members));
        const tree = finishWork(averageLinkage({ rows, members, product }));
        tree.height.forEach((height, m) => {
          const between = meanBetween(
            distances,
            leavesUnder(tree, tree.left[m]!),
            leavesUnder(tree, tree.right[m]!),
          );
          expect(Math.abs(height - between)).toBeLessThan(1e-5);
          if (m > 0) expect(height).toBeGreaterThanOrEqual(tree.height[m - 1]!);
        });
        expect(leavesUnder(tree, 2 * recipe.count - 2).sort((a, b) => a - b)).toEqual([...members]);
        // Among equal distances there are several trees; without copies there is one.
        if (recipe.copies > 0) return;
        plainHeights(distances).forEach((height, m) => {
          expect(Math.abs(height - tree.height[m]!)).toBeLessThan(1e-5);
        });
      }),
      { seed: propertySeed, numRuns: 40 },
    );
  });
});

const lengthOf = (distances: number[][], order: ArrayLike<number>) =>
  Array.from(order)
    .slice(1)
    .reduce((sum, leaf, i) => sum + distances[order[i]!]![leaf]!, 0);

/** All orders that keep every node of the tree together. */
function ordersOf(tree: MergeTree, node: number): number[][] {
  const count = tree.left.length + 1;
  if (node < count) return [[node]];
  const left = ordersOf(tree, tree.left[node - count]!);
  const right = ordersOf(tree, tree.right[node - count]!);
  return left.flatMap((l) =>
    right.flatMap((r) => [
      [...l, ...r],
      [...r, ...l],
    ]),
  );
}

function keepsNodesTogether(tree: MergeTree, order: ArrayLike<number>): boolean {
  const place = new Map(Array.from(order, (leaf, at) => [leaf, at]));
  return Array.from(tree.left, (_, m) => leavesUnder(tree, tree.left.length + 1 + m)).every((leaves) => {
    const places = leaves.map((leaf) => place.get(leaf)!);
    return Math.max(...places) - Math.min(...places) === leaves.length - 1;
  });
}

describe('leaf orders', () => {
  it('finds the shortest of all orders that keep the tree together; the greedy one keeps it together too', () => {
    fc.assert(
      fc.property(rowRecipes(8, [2, 5]), (recipe) => {
        const { count } = recipe;
        fc.pre(count > 1);
        const rows = makeUnitRows(recipe);
        const members = indices(count);
        const distances = distancesOf(referenceCosines(rows, members));
        const tree = finishWork(averageLinkage({ rows, members, product }));
        const best = finishWork(optimalLeafOrder(tree, Float32Array.from(distances.flat())));
        const shortest = Math.min(
          ...ordersOf(tree, 2 * count - 2).map((order) => lengthOf(distances, order)),
        );
        expect(keepsNodesTogether(tree, best)).toBe(true);
        expect(lengthOf(distances, best)).toBeLessThan(shortest + 1e-5);
        const greedy = greedyLeafOrder(tree, (a, b) => distances[a]![b]!);
        expect([...greedy].sort((a, b) => a - b)).toEqual([...members]);
        expect(keepsNodesTogether(tree, greedy)).toBe(true);
      }),
      { seed: propertySeed, numRuns: 60 },
    );
  });
});

describe('seriate', () => {
  const limits = fc.constantFrom(
    { optimal: 100, tree: 100, part: 100 },
    { optimal: 0, tree: 100, part: 100 },
    { optimal: 100, tree: 5, part: 7 },
  );

  it('is never longer than the order it was given, by tree, greedily and in parts', () => {
    fc.assert(
      fc.property(
        rowRecipes(60, [2, 17]),
        limits,
        fc.integer({ min: 1, max: 5 }),
        (recipe, limit, groups) => {
          const rows = makeUnitRows(recipe);
          const members = indices(recipe.count).sort(
            (i, j) => ((i * 7919) % 211) - ((j * 7919) % 211) || i - j,
          );
          const groupOf = Int32Array.from(members, (_, row) => (row % groups) - 1);
          const found = finishWork(seriate({ rows, members, product, groupOf, limits: limit }));
          expect([...found.order].sort((a, b) => a - b)).toEqual([...indices(recipe.count)]);
          const distances = distancesOf(referenceCosines(rows, indices(recipe.count)));
          const length = lengthOf(distances, found.order);
          expect(length).toBeLessThanOrEqual(lengthOf(distances, members) + 1e-9);
          const steps = Math.max(1, recipe.count - 1);
          expect(Math.abs(found.meanStep - length / steps)).toBeLessThan(1e-6);
          if (found.tree !== null) expect(keepsNodesTogether(found.tree, indices(recipe.count))).toBe(true);
        },
      ),
      { seed: propertySeed, numRuns: 60 },
    );
  });

  it('keeps the order it was given, and says so, where none that keeps the tree together is as short', () => {
    const methods = new Set<string>();
    const permute = (rest: number[]): number[][] =>
      rest.length === 0
        ? [[]]
        : rest.flatMap((first) =>
            permute(rest.filter((other) => other !== first)).map((tail) => [first, ...tail]),
          );
    for (let seed = 1; seed <= 30; seed++) {
      const rows = makeUnitRows({ count: 6, dims: 3, seed, pull: 0, copies: 0 });
      const distances = distancesOf(referenceCosines(rows, indices(6)));
      const shortest = permute([...indices(6)]).sort(
        (a, b) => lengthOf(distances, a) - lengthOf(distances, b),
      )[0]!;
      const members = Uint32Array.from(shortest);
      const found = finishWork(seriate({ rows, members, product, groupOf: null }));
      methods.add(found.method);
      expect(lengthOf(distances, found.order)).toBeLessThan(lengthOf(distances, shortest) + 1e-6);
      if (found.method !== 'input') continue;
      expect([...found.order]).toEqual(shortest);
      expect(found.tree).toBeNull();
      expect(found.meanStep).toBe(found.meanStepBefore);
    }
    expect([...methods].sort()).toEqual(['input', 'optimal']);
  });
});

it('splits rows into parts small enough, each row once, the same each time', () => {
  fc.assert(
    fc.property(rowRecipes(80, [3]), fc.integer({ min: 1, max: 9 }), (recipe, most) => {
      const rows = makeUnitRows(recipe);
      const members = indices(recipe.count);
      const parts = finishWork(splitRows(rows, members, most));
      for (const part of parts) expect(part.length).toBeLessThanOrEqual(most);
      expect(parts.flatMap((part) => [...part]).sort((a, b) => a - b)).toEqual([...members]);
      expect(finishWork(splitRows(rows, members, most))).toEqual(parts);
    }),
    { seed: propertySeed, numRuns: 20 },
  );
});
