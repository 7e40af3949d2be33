import type { Work } from '@/core/work';
import { leiden } from './leiden';
import { mutualGraph } from './weighted-graph';

/** Rows that a cluster has at least. */
const smallestCluster = 5;

/** What clusters are found in: different vectors and their nearest, and how many rows have each vector. */
export interface ClusterRequest {
  /** count × k positions of the nearest, −1 where there are fewer, and their cosines. */
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly count: number;
  readonly k: number;
  /** Rows that have each vector, at least 1. */
  readonly copies: Uint32Array;
  /** How alike the nearest of each are to each other, and the same of shuffled vectors (`measureCohesion`). */
  readonly cohesion: Float32Array;
  readonly ofShuffled: Float32Array;
  /** Above 1 more and smaller clusters, below 1 fewer. */
  readonly resolution: number;
  readonly seed: number;
}

export interface FoundClusters {
  /** For each vector its cluster, −1 for none. Largest cluster first, equal ones by their first vector. */
  readonly clusterOf: Int32Array<ArrayBuffer>;
  /** Rows of each cluster. */
  readonly sizes: readonly number[];
  /** Rows in none: without mutual neighbours, in groups under five, and in groups that hold together no better than shuffled vectors. */
  readonly alone: number;
  readonly inSmall: number;
  readonly inLoose: number;
}

/** Least and greatest resolution that can be asked for. */
export const resolutionRange = { min: 0.1, max: 10 } as const;

/** Neighbours whose mutuality makes the graph: more for more rows, so that about as large a part of them is spanned. */
export function clusterNeighbours(count: number): number {
  return Math.min(30, Math.max(15, Math.round(Math.sqrt(count) / 3)), Math.max(0, count - 1));
}

/**
 * How cohesive a group has to be, on average over its vectors, so as not to be taken for chance: a number of standard deviations
 * above the mean of shuffled vectors, more for smaller groups (4.5 for five vectors, 2.8 for fifty), but no more than half way from the
 * highest of them to 1, which vectors of few numbers could not exceed otherwise. Groups that communities make of independent
 * columns reached, in simulations of 16 to 256 columns and 30 to 5,000 rows, at most 2.8 in normal ones and 4 in skewed ones, these in small groups.
 */
function cohesionBar(ofShuffled: Float32Array): (size: number) => number {
  const known = ofShuffled.filter((value) => !Number.isNaN(value));
  if (known.length === 0) return () => Number.POSITIVE_INFINITY;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length;
  const sd = Math.sqrt(variance);
  const highest = known.reduce((most, value) => Math.max(most, value), -1);
  return (size) => Math.min(mean + sd * (2 + 5.5 / Math.sqrt(size)), (1 + highest) / 2);
}

/**
 * Clusters of the original space: communities of the mutual neighbour graph that have five rows or more and whose mean
 * cohesion is more than that of shuffled vectors. Deterministic: equal requests give equal bytes. Progress counts vectors.
 */
export function* findClusters(request: ClusterRequest): Work<FoundClusters> {
  const { count, copies, cohesion, resolution, seed } = request;
  const bar = cohesionBar(request.ofShuffled);
  const graph = mutualGraph(request);
  yield { done: 0, total: count };
  const communityOf = yield* leiden(graph, { resolution, seed });
  const rows = new Uint32Array(count);
  const vectors = new Uint32Array(count);
  const cohesions = new Float64Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    const community = communityOf[vertex]!;
    rows[community]! += copies[vertex]!;
    vectors[community]! += 1;
    cohesions[community]! += cohesion[vertex]!;
  }
  let alone = 0;
  let inSmall = 0;
  let inLoose = 0;
  const kept: number[] = [];
  for (let community = 0; community < count && vectors[community]! > 0; community++) {
    const size = rows[community]!;
    const isOneText = vectors[community] === 1;
    if (size < smallestCluster) {
      if (isOneText) alone += size;
      else inSmall += size;
    } else if (isOneText || cohesions[community]! / vectors[community]! > bar(vectors[community]!))
      kept.push(community);
    else inLoose += size;
  }
  kept.sort((a, b) => rows[b]! - rows[a]! || a - b);
  const place = new Int32Array(count).fill(-1);
  kept.forEach((community, cluster) => {
    place[community] = cluster;
  });
  return {
    clusterOf: communityOf.map((community) => place[community]!),
    sizes: kept.map((community) => rows[community]!),
    alone,
    inSmall,
    inLoose,
  };
}
