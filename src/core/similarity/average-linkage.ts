import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

/**
 * A binary tree over leaves 0 to n − 1. Node n + m joins nodes left[m] and right[m] at height[m], the mean of 1 − cos over the pairs
 * between them; heights never fall.
 */
export interface MergeTree {
  readonly left: Int32Array<ArrayBuffer>;
  readonly right: Int32Array<ArrayBuffer>;
  readonly height: Float32Array<ArrayBuffer>;
}

const stepsAYield = 64;

/**
 * Average linkage (UPGMA) of the members on 1 − cos, exact: nearest-neighbour chains (Murtagh 1983) with the update of Lance and
 * Williams (1967). Leaf i is members[i]. Holds the distances of all pairs while it works, n(n − 1)/2 float32, so it is for up to a
 * few thousand rows. Progress counts rows, once for their distances and once for their merges.
 */
export function* averageLinkage(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
}): Work<MergeTree> {
  const count = request.members.length;
  const distances = yield* pairDistances(request);
  const starts = Int32Array.from({ length: count }, (_, i) => triangle(count, i, 0));
  const clusters: Clusters = {
    distances,
    starts,
    sizes: new Int32Array(count).fill(1),
    active: Int32Array.from({ length: count }, (_, i) => i),
    placeOf: Int32Array.from({ length: count }, (_, i) => i),
    count,
  };
  const chain: number[] = [];
  const merged: { a: number; b: number; height: number }[] = [];
  let steps = 0;
  while (clusters.count > 1) {
    if (chain.length === 0) chain.push(clusters.active[0]!);
    const tip = chain.at(-1)!;
    const before = chain.at(-2) ?? -1;
    const nearest = nearestCluster(clusters, tip, before);
    if (nearest !== before) chain.push(nearest);
    else {
      chain.length -= 2;
      const kept = Math.min(tip, nearest);
      const gone = Math.max(tip, nearest);
      merged.push({ a: kept, b: gone, height: distances[starts[kept]! + gone]! });
      join(clusters, kept, gone);
    }
    if (++steps % stepsAYield === 0) yield { done: 2 * count - clusters.count, total: 2 * count };
  }
  return sortMerges(count, merged);
}

/** Clusters that may still be merged, each called by its first leaf. */
interface Clusters {
  /** Of all pairs i < j, that of i and j at starts[i] + j. */
  readonly distances: Float32Array;
  readonly starts: Int32Array;
  readonly sizes: Int32Array;
  /** The first `count` are those left, in no order; `placeOf` says where each is. */
  readonly active: Int32Array;
  readonly placeOf: Int32Array;
  count: number;
}

// Loops of their own: in the middle of a generator they take several times as long.

/** The cluster nearest to another; of equal ones `before`, or a chain among equals would never end, else the first. */
function nearestCluster({ distances, starts, active, count }: Clusters, tip: number, before: number): number {
  const start = starts[tip]!;
  let nearest = before;
  let least = Number.POSITIVE_INFINITY;
  if (before >= 0) least = distances[before < tip ? starts[before]! + tip : start + before]!;
  for (let p = 0; p < count; p++) {
    const other = active[p]!;
    if (other === tip) continue;
    const distance = distances[other < tip ? starts[other]! + tip : start + other]!;
    if (distance > least) continue;
    if (distance < least || (nearest !== before && other < nearest)) {
      least = distance;
      nearest = other;
    }
  }
  return nearest;
}

/** Merges two clusters: the distances of `kept` become those of both, and `gone` is left no more. */
function join(clusters: Clusters, kept: number, gone: number): void {
  const { distances, starts, sizes, active, placeOf, count } = clusters;
  const all = sizes[kept]! + sizes[gone]!;
  const share = sizes[kept]! / all;
  const keptStart = starts[kept]!;
  const goneStart = starts[gone]!;
  for (let p = 0; p < count; p++) {
    const other = active[p]!;
    if (other === kept || other === gone) continue;
    const place = other < kept ? starts[other]! + kept : keptStart + other;
    const ofGone = distances[other < gone ? starts[other]! + gone : goneStart + other]!;
    distances[place] = share * distances[place]! + (1 - share) * ofGone;
  }
  sizes[kept] = all;
  const last = active[count - 1]!;
  active[placeOf[gone]!] = last;
  placeOf[last] = placeOf[gone]!;
  clusters.count = count - 1;
}

/** Where the distance of i and j > i stands. */
function triangle(count: number, i: number, j: number): number {
  return i * count - (i * (i + 1)) / 2 + j - i - 1;
}

/** 1 − cos of all pairs i < j, row after row. */
function* pairDistances(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
}): Work<Float32Array> {
  const { rows, members, product } = request;
  const count = members.length;
  const distances = new Float32Array((count * (count - 1)) / 2);
  const edge = tileRowsFor(rows.dims);
  const lines = new RowGatherer(rows, members);
  const columns = new RowGatherer(rows, members);
  const tile = new Float32Array(edge * edge);
  for (let i = 0; i < count; i += edge) {
    const iEnd = Math.min(i + edge, count);
    const block = lines.take(i, iEnd);
    for (let j = i; j < count; j += edge) {
      const jEnd = Math.min(j + edge, count);
      product(block, iEnd - i, columns.take(j, jEnd), jEnd - j, rows.dims, tile);
      for (let a = i; a < iEnd; a++) {
        for (let b = Math.max(j, a + 1); b < jEnd; b++)
          distances[triangle(count, a, b)] = Math.max(0, 1 - tile[(a - i) * (jEnd - j) + b - j]!);
      }
      yield { done: i, total: 2 * count };
    }
  }
  return distances;
}

/** Chains find merges in no order of height: they are sorted, and the clusters named by the merge that made them. */
function sortMerges(count: number, merged: { a: number; b: number; height: number }[]): MergeTree {
  const sorted = merged.map((merge, found) => ({ ...merge, found }));
  sorted.sort((x, y) => x.height - y.height || x.found - y.found);
  const left = new Int32Array(sorted.length);
  const right = new Int32Array(sorted.length);
  const height = new Float32Array(sorted.length);
  const parent = Int32Array.from({ length: count }, (_, i) => i);
  const node = parent.slice();
  const rootOf = (leaf: number) => {
    let root = leaf;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  let highest = 0;
  sorted.forEach((merge, m) => {
    const a = rootOf(merge.a);
    const b = rootOf(merge.b);
    left[m] = Math.min(node[a]!, node[b]!);
    right[m] = Math.max(node[a]!, node[b]!);
    // Rounding may leave a merge a hair below one it contains.
    highest = Math.max(highest, merge.height);
    height[m] = highest;
    parent[b] = a;
    node[a] = count + m;
  });
  return { left, right, height };
}
