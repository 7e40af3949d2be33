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
  const at = (i: number, j: number) => (i < j ? triangle(count, i, j) : triangle(count, j, i));
  const sizes = new Int32Array(count).fill(1);
  const active = Int32Array.from({ length: count }, (_, i) => i);
  let activeCount = count;
  const placeOf = active.slice();
  const chain: number[] = [];
  const merged: { a: number; b: number; height: number }[] = [];
  let steps = 0;
  while (activeCount > 1) {
    if (chain.length === 0) chain.push(active[0]!);
    const tip = chain.at(-1)!;
    const before = chain.at(-2);
    // The one before wins ties, or a chain among equals would never end.
    let nearest = before ?? -1;
    let least = before === undefined ? Number.POSITIVE_INFINITY : distances[at(tip, before)]!;
    for (let p = 0; p < activeCount; p++) {
      const other = active[p]!;
      if (other === tip) continue;
      const distance = distances[at(tip, other)]!;
      if (distance < least || (distance === least && nearest !== before && other < nearest)) {
        least = distance;
        nearest = other;
      }
    }
    if (nearest !== before) chain.push(nearest);
    else {
      chain.length -= 2;
      const kept = Math.min(tip, nearest);
      const gone = Math.max(tip, nearest);
      merged.push({ a: kept, b: gone, height: least });
      const all = sizes[kept]! + sizes[gone]!;
      const keptShare = sizes[kept]! / all;
      for (let p = 0; p < activeCount; p++) {
        const other = active[p]!;
        if (other === kept || other === gone) continue;
        const place = at(kept, other);
        distances[place] = keptShare * distances[place]! + (1 - keptShare) * distances[at(gone, other)]!;
      }
      sizes[kept] = all;
      const last = active[--activeCount]!;
      active[placeOf[gone]!] = last;
      placeOf[last] = placeOf[gone]!;
    }
    if (++steps % stepsAYield === 0) yield { done: 2 * count - activeCount, total: 2 * count };
  }
  return sortMerges(count, merged);
}

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
