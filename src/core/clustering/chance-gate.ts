/** Tells groups that hold together from those that communities make of vectors without structure. */
export interface ChanceGate {
  /** For each vector the share of shuffled ones that are less cohesive; NaN for one whose cohesion is unknown. */
  readonly percentiles: Float32Array;
  /** Whether a group of so many vectors, with these means of cohesion and percentile, is more than chance. */
  accepts(size: number, meanCohesion: number, meanPercentile: number): boolean;
}

/**
 * A group passes if its mean cohesion is a number of standard deviations above the mean of shuffled vectors, more for smaller groups
 * (4.5 for five vectors, 2.8 for fifty). Where the vectors as a whole are more cohesive than shuffled ones, it is enough that the
 * group's vectors are, by their mean percentile (0.82 for five, 0.67 for fifty): heavy tails of the columns, as of word counts,
 * make the standard deviation a poor yardstick, and then only ranks tell. The thresholds are from simulations, not from a theory: of
 * independent normal columns (2 to 256 of them, 30 to 5,000 rows) no group passed, of very skewed ones a few.
 *
 * @param cohesion of each vector, NaN where it has fewer than two neighbours
 * @param ofShuffled of vectors with shuffled columns (`measureCohesion`)
 */
export function openChanceGate(cohesion: Float32Array, ofShuffled: Float32Array): ChanceGate {
  const sorted = ofShuffled.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0)
    return { percentiles: new Float32Array(cohesion.length).fill(Number.NaN), accepts: () => false };
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const sd = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length);
  const percentiles = cohesion.map((value) =>
    Number.isNaN(value) ? Number.NaN : countBelow(sorted, value) / sorted.length,
  );
  const known = percentiles.filter((value) => !Number.isNaN(value));
  const overall = known.reduce((sum, value) => sum + value, 0) / known.length;
  const hasStructure = overall > 0.62 + 1.8 / Math.sqrt(known.length);
  return {
    percentiles,
    accepts: (size, meanCohesion, meanPercentile) =>
      meanCohesion > mean + sd * (2 + 5.5 / Math.sqrt(size)) ||
      (hasStructure && meanPercentile > 0.6 + 0.5 / Math.sqrt(size)),
  };
}

/** How many of the ascending values are below one. */
function countBelow(sorted: Float32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
