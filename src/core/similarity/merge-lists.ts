import type { CandidateLists } from './candidate-scan';

/**
 * The best of one row's lists together, by score, then position, each position once. Writes positions and scores, as many as these
 * hold, and returns how many there are; `next` (one a list) is overwritten.
 */
export function mergeLists(
  lists: readonly CandidateLists[],
  row: number,
  positions: Int32Array,
  scores: Int32Array,
  next: Int32Array,
): number {
  const keep = lists[0]?.keep ?? 0;
  for (let list = 0; list < next.length; list++) next[list] = row * keep;
  let filled = 0;
  while (filled < positions.length) {
    let best = -1;
    let bestScore = 0;
    let bestPosition = -1;
    for (let list = 0; list < lists.length; list++) {
      const at = next[list]!;
      if (at === (row + 1) * keep) continue;
      const position = lists[list]!.positions[at]!;
      if (position < 0) continue;
      const score = lists[list]!.scores[at]!;
      if (best >= 0 && (score < bestScore || (score === bestScore && position > bestPosition))) continue;
      best = list;
      bestScore = score;
      bestPosition = position;
    }
    if (best < 0) break;
    next[best]!++;
    // A pair that several lists met has the same score in each, so it comes up twice in a row.
    if (filled > 0 && positions[filled - 1] === bestPosition) continue;
    positions[filled] = bestPosition;
    scores[filled] = bestScore;
    filled++;
  }
  return filled;
}
