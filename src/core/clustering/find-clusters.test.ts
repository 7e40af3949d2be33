import { expect, it } from 'vitest';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import { openReferenceRowProducts, referenceProduct } from '@/core/similarity/reference-similarity';
import { finishWork } from '@/core/work';
import { measureCohesion } from './cohesion';
import { clusterNeighbours, type FoundClusters, findClusters } from './find-clusters';
import { adjustedRandIndex, type Planted, plantGroups, plantNothing, shuffleColumns } from './planted-groups';

function cluster({ values, dims }: Planted, resolution = 1, copies = 1): FoundClusters {
  const count = values.length / dims;
  const rows = { values, dims };
  const members = Uint32Array.from({ length: count }, (_, row) => row);
  const k = clusterNeighbours(count);
  const products = { product: referenceProduct, openRowProducts: openReferenceRowProducts };
  const lists = finishWork(nearestNeighbours({ rows, members, positions: members, k, ...products }));
  const cohesion = finishWork(
    measureCohesion({ rows, members, ids: lists.ids, k, product: referenceProduct, seed: 1 }),
  );
  return finishWork(
    findClusters({
      ...lists,
      count,
      k,
      copies: new Uint32Array(count).fill(copies),
      cohesion: cohesion.ofMember,
      ofShuffled: cohesion.ofShuffled,
      resolution,
      seed: 1,
    }),
  );
}

it.each([
  [200, 32, 5, 0.7],
  [240, 64, 12, 1],
  [150, 16, 3, 0.5],
])('finds what was planted: %i rows of %i numbers in %i groups', (count, dims, groups, noise) => {
  const planted = plantGroups(count, dims, groups, noise, count);
  const found = cluster(planted);
  expect(found.sizes.length).toBe(groups);
  expect(adjustedRandIndex(found.clusterOf, planted.groupOf)).toBeGreaterThan(0.95);
  expect(found.sizes.toSorted((a, b) => b - a)).toEqual(found.sizes);
  const inOne = found.sizes.reduce((sum, size) => sum + size, 0);
  expect(inOne + found.alone + found.inSmall + found.inLoose).toBe(count);
  found.sizes.forEach((size, one) => {
    expect(found.clusterOf.filter((cluster) => cluster === one).length).toBe(size);
  });
  expect(cluster(planted)).toEqual(found);
});

it('finds nothing in vectors without structure, at any resolution', () => {
  for (const [count, dims] of [
    [30, 64],
    [120, 16],
    [300, 32],
    [300, 8],
  ] as const) {
    for (const resolution of [0.3, 1, 4]) {
      const found = cluster(plantNothing(count, dims, count + dims), resolution);
      expect(found.sizes).toEqual([]);
      expect(found.alone + found.inSmall + found.inLoose).toBe(count);
    }
  }
});

it('finds nothing once the columns of planted groups are shuffled', () => {
  for (const seed of [1, 2, 3]) {
    const planted = plantGroups(240, 48, 6, 0.8, seed);
    expect(cluster(planted).sizes.length).toBe(6);
    for (const resolution of [0.5, 1, 3])
      expect(cluster(shuffleColumns(planted, seed), resolution).sizes).toEqual([]);
  }
});

it('counts the copies of a vector as rows', () => {
  const planted = plantGroups(80, 32, 4, 0.5, 5);
  expect(cluster(planted, 1, 3).sizes).toEqual(cluster(planted).sizes.map((size) => size * 3));
});

it('takes copies of one text as a cluster, and too few rows as none', () => {
  const one = { ids: new Int32Array(0), similarities: new Float32Array(0), count: 1, k: 0 };
  const rest = {
    cohesion: Float32Array.of(Number.NaN),
    ofShuffled: new Float32Array(0),
    resolution: 1,
    seed: 1,
  };
  expect(finishWork(findClusters({ ...one, ...rest, copies: Uint32Array.of(7) })).sizes).toEqual([7]);
  const few = finishWork(findClusters({ ...one, ...rest, copies: Uint32Array.of(4) }));
  expect(few).toMatchObject({ sizes: [], alone: 4, inSmall: 0, inLoose: 0 });
});
