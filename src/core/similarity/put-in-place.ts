import type { CandidateLists } from './candidate-scan';

/** Lists of members in another order, as those of the members: the one that stands at i is at `places[i]`. The caller owns them. */
export function putInPlace(lists: CandidateLists, places: ArrayLike<number>): CandidateLists {
  const { keep } = lists;
  const positions = new Int32Array(lists.positions.length).fill(-1);
  const scores = new Int32Array(lists.scores.length);
  for (let at = 0; at < places.length; at++) {
    const from = at * keep;
    const to = places[at]! * keep;
    for (let i = 0; i < keep; i++) {
      const other = lists.positions[from + i]!;
      positions[to + i] = other < 0 ? -1 : places[other]!;
    }
    scores.set(lists.scores.subarray(from, from + keep), to);
    sortTies(positions, scores, to, keep);
  }
  return { ...lists, positions, scores };
}

/** Brings equal scores of a list, best first, into the order of their positions. */
function sortTies(positions: Int32Array, scores: Int32Array, first: number, keep: number): void {
  for (let at = first + 1; at < first + keep; at++) {
    const position = positions[at]!;
    if (position < 0) return;
    let place = at;
    for (; place > first && scores[place - 1] === scores[at] && positions[place - 1]! > position; place--)
      positions[place] = positions[place - 1]!;
    positions[place] = position;
  }
}
