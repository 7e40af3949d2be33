import type { WeightedGraph } from './weighted-graph';

/**
 * Splits each community into parts that hang well together: every vertex begins on its own and, if still alone, joins the part
 * of its community that raises modularity most, where both are well connected with the rest of the community.
 *
 * @param communities of the vertices, numbers below graph.count
 * @returns for each vertex its part, a vertex's number; fresh
 */
export function refinePartition(
  graph: WeightedGraph,
  communities: Int32Array,
  order: Uint32Array,
  penalty: number,
): Int32Array<ArrayBuffer> {
  const { count, starts, targets, weights, strengths } = graph;
  const whole = new Float64Array(count);
  const parts = new Int32Array(count);
  const strengthOf = Float64Array.from(strengths);
  /** Weight between a part and the rest of its community. */
  const outward = new Float64Array(count);
  const sizeOf = new Uint32Array(count).fill(1);
  for (let vertex = 0; vertex < count; vertex++) {
    parts[vertex] = vertex;
    whole[communities[vertex]!]! += strengths[vertex]!;
    for (let at = starts[vertex]!; at < starts[vertex + 1]!; at++)
      if (communities[targets[at]!] === communities[vertex]) outward[vertex]! += weights[at]!;
  }
  const isWellConnected = (part: number, community: number) =>
    outward[part]! >= penalty * strengthOf[part]! * (whole[community]! - strengthOf[part]!);

  const weightTo = new Float64Array(count);
  const near = new Int32Array(count);
  for (const vertex of order) {
    const community = communities[vertex]!;
    const own = parts[vertex]!;
    if (sizeOf[own] !== 1 || !isWellConnected(own, community)) continue;
    let nearCount = 0;
    for (let at = starts[vertex]!; at < starts[vertex + 1]!; at++) {
      const other = targets[at]!;
      if (communities[other] !== community) continue;
      const part = parts[other]!;
      if (weightTo[part] === 0) near[nearCount++] = part;
      weightTo[part]! += weights[at]!;
    }
    const strength = strengths[vertex]!;
    let best = -1;
    let bestGain = 0;
    for (let i = 0; i < nearCount; i++) {
      const part = near[i]!;
      const gain = weightTo[part]! - penalty * strength * strengthOf[part]!;
      if (gain > bestGain && isWellConnected(part, community)) {
        best = part;
        bestGain = gain;
      }
    }
    if (best >= 0) {
      outward[best] = outward[best]! + outward[own]! - 2 * weightTo[best]!;
      strengthOf[best]! += strength;
      sizeOf[best]! += 1;
      sizeOf[own] = 0;
      parts[vertex] = best;
    }
    for (let i = 0; i < nearCount; i++) weightTo[near[i]!] = 0;
  }
  return parts;
}
