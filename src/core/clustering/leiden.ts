import { seededRandom, shuffle } from '@/core/random';
import type { Work } from '@/core/work';
import { moveVertices } from './move-vertices';
import { refinePartition } from './refine-partition';
import type { WeightedGraph } from './weighted-graph';

/** Whole passes over the graph; a third raised modularity by less than 0.002 where there is little structure, else by nothing. */
const mostPasses = 2;

/**
 * Communities by the Leiden algorithm (Traag, Waltman & van Eck 2019, "From Louvain to Leiden"), for modularity with a
 * resolution (Reichardt & Bornholdt 2006): Q = Σ_c [w_c/m − resolution·(K_c/2m)²], w_c the weight inside, K_c the strengths.
 * Refinement takes the best merge instead of drawing one, so there is no exp in it and equal input gives equal bytes in
 * every engine. Yields after each few thousand vertices visited; progress counts those of the first level.
 *
 * @returns for each vertex its community, numbered from 0 by first appearance; every community is connected
 */
export function* leiden(
  graph: WeightedGraph,
  { resolution, seed }: { readonly resolution: number; readonly seed: number },
): Work<Int32Array<ArrayBuffer>> {
  const random = seededRandom(seed);
  const total = graph.strengths.reduce((sum, strength) => sum + strength, 0);
  let membership: Int32Array<ArrayBuffer> = Int32Array.from({ length: graph.count }, (_, vertex) => vertex);
  if (total === 0) return membership;
  const penalty = resolution / total;
  for (let pass = 0; pass < mostPasses; pass++) {
    const before = membership;
    membership = yield* runPass(graph, before, penalty, random);
    if (arePartitionsEqual(before, membership)) break;
  }
  return membership;
}

function* runPass(
  graph: WeightedGraph,
  start: Int32Array,
  penalty: number,
  random: () => number,
): Work<Int32Array<ArrayBuffer>> {
  /** Vertex of the present level for each original one. */
  const vertexOf = Int32Array.from({ length: graph.count }, (_, vertex) => vertex);
  let level = graph;
  let communities: Int32Array<ArrayBuffer> = renumber(start);
  for (;;) {
    const order = Uint32Array.from({ length: level.count }, (_, vertex) => vertex);
    shuffle(order, random);
    yield* moveVertices(level, communities, order, penalty);
    communities = renumber(communities);
    const refined = renumber(refinePartition(level, communities, order, penalty));
    const count = countOf(refined);
    if (count === level.count) break;
    const parents = new Int32Array(count);
    for (let vertex = 0; vertex < level.count; vertex++) parents[refined[vertex]!] = communities[vertex]!;
    level = aggregate(level, refined, count);
    communities = parents;
    for (let vertex = 0; vertex < vertexOf.length; vertex++) vertexOf[vertex] = refined[vertexOf[vertex]!]!;
    yield { done: graph.count, total: graph.count };
  }
  return renumber(vertexOf.map((vertex) => communities[vertex]!));
}

/** One vertex for each community of a partition numbered from 0. */
function aggregate(graph: WeightedGraph, partition: Int32Array, count: number): WeightedGraph {
  const { starts, targets, weights } = graph;
  const strengths = new Float64Array(count);
  const firstOf = new Int32Array(count).fill(-1);
  const nextOf = new Int32Array(graph.count);
  for (let vertex = graph.count - 1; vertex >= 0; vertex--) {
    const community = partition[vertex]!;
    nextOf[vertex] = firstOf[community]!;
    firstOf[community] = vertex;
  }
  const newStarts = new Uint32Array(count + 1);
  const newTargets = new Uint32Array(targets.length);
  const newWeights = new Float64Array(targets.length);
  const placeOf = new Int32Array(count).fill(-1);
  let next = 0;
  for (let community = 0; community < count; community++) {
    const first = next;
    for (let vertex = firstOf[community]!; vertex >= 0; vertex = nextOf[vertex]!) {
      strengths[community]! += graph.strengths[vertex]!;
      for (let at = starts[vertex]!; at < starts[vertex + 1]!; at++) {
        const other = partition[targets[at]!]!;
        if (other === community) continue;
        let place = placeOf[other]!;
        if (place < first) {
          place = next++;
          placeOf[other] = place;
          newTargets[place] = other;
        }
        newWeights[place]! += weights[at]!;
      }
    }
    newStarts[community + 1] = next;
  }
  return {
    count,
    starts: newStarts,
    targets: newTargets.slice(0, next),
    weights: newWeights.slice(0, next),
    strengths,
  };
}

/** The same partition with communities numbered from 0 by first appearance. */
function renumber(partition: Int32Array): Int32Array<ArrayBuffer> {
  const names = new Int32Array(partition.length).fill(-1);
  let count = 0;
  return Int32Array.from(partition, (community) => {
    if (names[community]! < 0) names[community] = count++;
    return names[community]!;
  });
}

function countOf(numbered: Int32Array): number {
  let count = 0;
  for (const community of numbered) count = Math.max(count, community + 1);
  return count;
}

function arePartitionsEqual(a: Int32Array, b: Int32Array): boolean {
  return a.every((community, vertex) => community === b[vertex]);
}

/** Modularity with a resolution, in the units of `leiden`; 0 for a graph without edges. */
export function modularity(graph: WeightedGraph, partition: Int32Array, resolution: number): number {
  const total = graph.strengths.reduce((sum, strength) => sum + strength, 0);
  if (total === 0) return 0;
  const strengthOf = new Map<number, number>();
  let inside = 0;
  for (let vertex = 0; vertex < graph.count; vertex++) {
    const community = partition[vertex]!;
    strengthOf.set(community, (strengthOf.get(community) ?? 0) + graph.strengths[vertex]!);
    for (let at = graph.starts[vertex]!; at < graph.starts[vertex + 1]!; at++)
      if (partition[graph.targets[at]!] === community) inside += graph.weights[at]!;
  }
  let expected = 0;
  for (const strength of strengthOf.values()) expected += (strength / total) ** 2;
  return inside / total - resolution * expected;
}
