/** An undirected weighted graph; every edge is listed at both of its ends, and no vertex lists itself. */
export interface WeightedGraph {
  readonly count: number;
  /** Neighbours of vertex v: targets[starts[v]] … targets[starts[v + 1] − 1], with their weights, all above 0. */
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float64Array;
  /** Sum of weights at each vertex; what a vertex that stands for several weighs inside counts twice. */
  readonly strengths: Float64Array;
}

/**
 * The mutual neighbour graph: an edge where each of two is in the other's list, weighted by their similarity (those not
 * alike at all, at or below 0, have none).
 *
 * @param lists count × k positions of the nearest, −1 where there are fewer, with their cosines
 * @returns edges in the order of the lists; fresh arrays
 */
export function mutualGraph(lists: {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly count: number;
  readonly k: number;
}): WeightedGraph {
  const { ids, similarities, count, k } = lists;
  const starts = new Uint32Array(count + 1);
  const targets = new Uint32Array(count * k);
  const weights = new Float64Array(count * k);
  const strengths = new Float64Array(count);
  let next = 0;
  for (let vertex = 0; vertex < count; vertex++) {
    for (let at = vertex * k; at < (vertex + 1) * k; at++) {
      const other = ids[at]!;
      const weight = similarities[at]!;
      if (other < 0 || !(weight > 0) || !isListed(ids, other * k, k, vertex)) continue;
      targets[next] = other;
      weights[next] = weight;
      strengths[vertex]! += weight;
      next++;
    }
    starts[vertex + 1] = next;
  }
  return { count, starts, targets: targets.slice(0, next), weights: weights.slice(0, next), strengths };
}

function isListed(ids: Int32Array, start: number, k: number, wanted: number): boolean {
  for (let at = start; at < start + k; at++) if (ids[at] === wanted) return true;
  return false;
}
