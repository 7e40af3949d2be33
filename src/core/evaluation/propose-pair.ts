/** A pair that may be judged. */
export interface ProposedPair {
  readonly a: number;
  readonly b: number;
  readonly cosine: number;
}

/** Pairs judged evenly across the range before it is narrowed. */
const evenly = 8;

/**
 * The pair whose judgement says most about where the cut-off lies; null when all are judged. The first eight are spread evenly over the
 * range of cosines. From then on it is the pair nearest to the middle of what is still open: between the lowest cosine above which
 * most were the same and the highest below which most were not, that is where the best cut-off of the judgements lies; every fourth
 * time the pair farthest from any judged one, so that nothing is taken for granted.
 */
export function proposePair(
  candidates: readonly ProposedPair[],
  judged: readonly (ProposedPair & { readonly isSame: boolean })[],
): ProposedPair | null {
  const known = new Set(judged.map(({ a, b }) => `${a} ${b}`));
  const open = candidates.filter(({ a, b }) => !known.has(`${a} ${b}`));
  if (open.length === 0) return null;
  const cosines = candidates.map(({ cosine }) => cosine);
  const low = Math.min(...cosines);
  const high = Math.max(...cosines);
  const nearestTo = (target: number) =>
    open.reduce((best, pair) =>
      Math.abs(pair.cosine - target) < Math.abs(best.cosine - target) ? pair : best,
    );
  // From the top down, as same pairs are rare and lie there.
  if (judged.length < evenly) return nearestTo(high - ((high - low) * judged.length) / (evenly - 1));
  if (judged.length % 4 === 3) {
    const gap = ({ cosine }: ProposedPair) =>
      Math.min(...judged.map((other) => Math.abs(other.cosine - cosine)));
    return open.reduce((best, pair) => (gap(pair) > gap(best) ? pair : best));
  }
  return nearestTo(undecided(judged));
}

/** The middle of the cosines between which the judgements leave the cut-off open: where wrong judgements on either side are fewest. */
function undecided(judged: readonly { readonly cosine: number; readonly isSame: boolean }[]): number {
  const sorted = judged.toSorted((x, y) => x.cosine - y.cosine);
  let wrong = sorted.filter(({ isSame }) => !isSame).length;
  let fewest = wrong;
  let from = 0;
  let to = 0;
  // A cut-off below the pair at `i` takes it and all above for the same.
  for (let i = 0; i < sorted.length; i++) {
    wrong += sorted[i]!.isSame ? 1 : -1;
    if (wrong < fewest) {
      fewest = wrong;
      from = i + 1;
      to = i + 1;
    } else if (wrong === fewest) to = i + 1;
  }
  const edge = (i: number) => sorted[Math.min(sorted.length - 1, Math.max(0, i))]!.cosine;
  return (edge(from - 1) + edge(to)) / 2;
}
