import type { Work } from '@/core/work';
import type { WeightedGraph } from './weighted-graph';

const visitsPerStep = 4096;

/**
 * Moves each vertex to the neighbouring community (or an empty one) that raises modularity most, until none can be
 * raised; after a move the neighbours that stayed behind are looked at again. Changes `communities` in place.
 *
 * @param communities numbers below graph.count
 * @param order every vertex once: the order in which they are first looked at
 * @param penalty resolution / total strength
 */
export function* moveVertices(
  graph: WeightedGraph,
  communities: Int32Array,
  order: Uint32Array,
  penalty: number,
): Work<void> {
  const { count, starts, targets, weights, strengths } = graph;
  const strengthOf = new Float64Array(count);
  const sizeOf = new Uint32Array(count);
  for (let vertex = 0; vertex < count; vertex++) {
    strengthOf[communities[vertex]!]! += strengths[vertex]!;
    sizeOf[communities[vertex]!]! += 1;
  }
  const empty: number[] = [];
  for (let community = count - 1; community >= 0; community--)
    if (sizeOf[community] === 0) empty.push(community);

  const queue = Uint32Array.from(order);
  const isQueued = new Uint8Array(count).fill(1);
  const weightTo = new Float64Array(count);
  const near = new Int32Array(count);
  let head = 0;
  let queued = count;
  let visits = 0;
  while (queued > 0) {
    const vertex = queue[head]!;
    head = head + 1 === count ? 0 : head + 1;
    queued--;
    isQueued[vertex] = 0;
    const own = communities[vertex]!;
    const strength = strengths[vertex]!;
    let nearCount = 0;
    for (let at = starts[vertex]!; at < starts[vertex + 1]!; at++) {
      const community = communities[targets[at]!]!;
      if (weightTo[community] === 0) near[nearCount++] = community;
      weightTo[community]! += weights[at]!;
    }
    strengthOf[own]! -= strength;
    let best = own;
    let bestGain = weightTo[own]! - penalty * strength * strengthOf[own]!;
    for (let i = 0; i < nearCount; i++) {
      const community = near[i]!;
      const gain = weightTo[community]! - penalty * strength * strengthOf[community]!;
      if (gain > bestGain) {
        best = community;
        bestGain = gain;
      }
      weightTo[community] = 0;
    }
    weightTo[own] = 0;
    if (bestGain < 0 && sizeOf[own]! > 1) best = empty.pop()!;
    strengthOf[best]! += strength;
    if (best !== own) {
      communities[vertex] = best;
      sizeOf[best]! += 1;
      sizeOf[own]! -= 1;
      if (sizeOf[own] === 0) {
        strengthOf[own] = 0;
        empty.push(own);
      }
      for (let at = starts[vertex]!; at < starts[vertex + 1]!; at++) {
        const other = targets[at]!;
        if (isQueued[other] === 1 || communities[other] === best) continue;
        isQueued[other] = 1;
        const tail = head + queued;
        queue[tail < count ? tail : tail - count] = other;
        queued++;
      }
    }
    visits++;
    if (visits % visitsPerStep === 0) yield { done: Math.min(visits, count), total: count };
  }
}
