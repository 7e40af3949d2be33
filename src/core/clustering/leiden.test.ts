import fc from 'fast-check';
import Graph from 'graphology';
import louvain from 'graphology-communities-louvain';
import { expect, it } from 'vitest';
import { seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import { leiden, modularity } from './leiden';
import { adjustedRandIndex } from './planted-groups';
import type { WeightedGraph } from './weighted-graph';

type Edge = readonly [number, number, number];

function graphOf(count: number, edges: readonly Edge[]): WeightedGraph {
  const lists: [number, number][][] = Array.from({ length: count }, () => []);
  for (const [a, b, weight] of edges) {
    lists[a]!.push([b, weight]);
    lists[b]!.push([a, weight]);
  }
  const starts = new Uint32Array(count + 1);
  lists.forEach((list, vertex) => {
    starts[vertex + 1] = starts[vertex]! + list.length;
  });
  return {
    count,
    starts,
    targets: Uint32Array.from(lists.flat(), ([other]) => other),
    weights: Float64Array.from(lists.flat(), ([, weight]) => weight),
    strengths: Float64Array.from(lists, (list) => list.reduce((sum, [, weight]) => sum + weight, 0)),
  };
}

/** Modularity straight from its definition, over all pairs. */
function slowModularity(
  count: number,
  edges: readonly Edge[],
  partition: ArrayLike<number>,
  resolution: number,
) {
  const weight = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (const [a, b, w] of edges) {
    weight[a]![b]! += w;
    weight[b]![a]! += w;
  }
  const strength = weight.map((row) => row.reduce((sum, w) => sum + w, 0));
  const total = strength.reduce((sum, s) => sum + s, 0);
  let sum = 0;
  for (let a = 0; a < count; a++)
    for (let b = 0; b < count; b++)
      if (partition[a] === partition[b])
        sum += weight[a]![b]! / total - (resolution * strength[a]! * strength[b]!) / total ** 2;
  return sum;
}

/** Groups in a ring: dense inside, sparse between. */
function groupedEdges(count: number, groups: number, inside: number, between: number, seed: number): Edge[] {
  const random = seededRandom(seed);
  const edges: Edge[] = [];
  for (let a = 0; a < count; a++)
    for (let b = a + 1; b < count; b++)
      if (random() < (a % groups === b % groups ? inside : between)) edges.push([a, b, 0.5 + random() / 2]);
  return edges;
}

function byPackage(count: number, edges: readonly Edge[], resolution: number): number[] {
  const graph = new Graph({ type: 'undirected' });
  for (let vertex = 0; vertex < count; vertex++) graph.addNode(vertex);
  for (const [a, b, weight] of edges) graph.addEdge(a, b, { weight });
  const found = louvain(graph, { resolution, rng: seededRandom(1) });
  return Array.from({ length: count }, (_, vertex) => found[vertex]!);
}

const random = fc.record({
  count: fc.integer({ min: 2, max: 60 }),
  groups: fc.integer({ min: 1, max: 6 }),
  inside: fc.constantFrom(0.1, 0.4, 0.9),
  between: fc.constantFrom(0, 0.02, 0.2),
  resolution: fc.constantFrom(0.3, 1, 2.5),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

it('gives connected communities, numbered by first appearance, the same each time; modularity is that of its definition', () => {
  fc.assert(
    fc.property(random, ({ count, groups, inside, between, resolution, seed }) => {
      const edges = groupedEdges(count, groups, inside, between, seed);
      const graph = graphOf(count, edges);
      const found = finishWork(leiden(graph, { resolution, seed: 1 }));
      expect(finishWork(leiden(graph, { resolution, seed: 1 }))).toEqual(found);
      const reached = slowModularity(count, edges, found, resolution);
      if (edges.length > 0) expect(modularity(graph, found, resolution)).toBeCloseTo(reached, 10);
      for (const community of new Set(found)) {
        const inside = Array.from(found.keys()).filter((vertex) => found[vertex] === community);
        const reachedFrom = new Set([inside[0]!]);
        for (const vertex of reachedFrom)
          for (const [a, b] of edges) {
            const other = a === vertex ? b : b === vertex ? a : -1;
            if (other >= 0 && found[other] === community) reachedFrom.add(other);
          }
        expect(reachedFrom.size).toBe(inside.length);
      }
      expect([...new Set(found)]).toEqual([...new Set(found)].sort((a, b) => a - b));
    }),
    { seed: 20261125, numRuns: 60 },
  );
});

it('is never clearly below Louvain of graphology in modularity, and finds planted groups as well', () => {
  let ahead = 0;
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const [count, groups] = [400, 8];
    const edges = groupedEdges(count, groups, 0.16, 0.02, seed);
    const graph = graphOf(count, edges);
    const ours = finishWork(leiden(graph, { resolution: 1, seed: 1 }));
    const theirs = byPackage(count, edges, 1);
    const gain = modularity(graph, ours, 1) - modularity(graph, Int32Array.from(theirs), 1);
    expect(gain).toBeGreaterThan(-0.003);
    ahead += gain;
    const planted = ours.map((_, vertex) => vertex % groups);
    const [ourIndex, theirIndex] = [ours, theirs].map((found) => adjustedRandIndex(found, planted));
    expect(ourIndex!).toBeGreaterThan(Math.min(0.9, theirIndex! - 0.02));
  }
  expect(ahead).toBeGreaterThanOrEqual(0);
});

it('leaves vertices without edges alone', () => {
  expect([...finishWork(leiden(graphOf(4, []), { resolution: 1, seed: 1 }))]).toEqual([0, 1, 2, 3]);
  const found = finishWork(leiden(graphOf(4, [[1, 3, 1]]), { resolution: 1, seed: 1 }));
  expect([...found]).toEqual([0, 1, 2, 1]);
});

it('splits finer as the resolution rises', () => {
  const edges = groupedEdges(300, 6, 0.2, 0.03, 9);
  const counts = [0.1, 1, 8].map(
    (resolution) => new Set(finishWork(leiden(graphOf(300, edges), { resolution, seed: 1 }))).size,
  );
  expect(counts[0]).toBeLessThan(counts[1]!);
  expect(counts[1]).toBeLessThan(counts[2]!);
});
