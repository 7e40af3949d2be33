import type { Work } from '@/core/work';
import { openChanceGate } from './chance-gate';
import { leiden } from './leiden';
import { mutualGraph } from './weighted-graph';

/** Rows that a cluster has at least. */
export const smallestCluster = 5;

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
 * Clusters of the original space: communities of the mutual neighbour graph that have five rows or more and whose
 * cohesion is more than chance (`openChanceGate`). Deterministic: equal requests give equal bytes. Progress counts vectors.
 */
export function* findClusters(request: ClusterRequest): Work<FoundClusters> {
  const { count, copies, cohesion, resolution, seed } = request;
  const gate = openChanceGate(cohesion, request.ofShuffled);
  const graph = mutualGraph(request);
  yield { done: 0, total: count };
  const communityOf = yield* leiden(graph, { resolution, seed });
  const rows = new Uint32Array(count);
  const vectors = new Uint32Array(count);
  const cohesions = new Float64Array(count);
  const percentiles = new Float64Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    const community = communityOf[vertex]!;
    rows[community]! += copies[vertex]!;
    vectors[community]! += 1;
    cohesions[community]! += cohesion[vertex]!;
    percentiles[community]! += gate.percentiles[vertex]!;
  }
  let alone = 0;
  let inSmall = 0;
  let inLoose = 0;
  const kept: number[] = [];
  for (let community = 0; community < count && vectors[community]! > 0; community++) {
    const size = rows[community]!;
    const vectorCount = vectors[community]!;
    const isOneText = vectorCount === 1;
    if (size < smallestCluster) {
      if (isOneText) alone += size;
      else inSmall += size;
    } else if (
      isOneText ||
      gate.accepts(vectorCount, cohesions[community]! / vectorCount, percentiles[community]! / vectorCount)
    )
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
