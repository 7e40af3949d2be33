import { countOf } from '@/core/count-of';
import { formatPercentile } from '@/core/similarity/format-similarity';
import { type PairHistogram, pairsFrom } from '@/core/similarity/pair-histogram';

/**
 * How many pairs lie at a cut-off or above: `counted` where they were gone through, else the count of the histogram where that has
 * all pairs, else the share in its sample.
 */
export function describePairsFrom(histogram: PairHistogram, cutoff: number, counted: number | null): string {
  const count = pairsFrom(histogram, cutoff);
  const share = formatPercentile((100 * count) / Math.max(1, histogram.pairs));
  if (histogram.sampledPairs === null) return `${countOf(count, 'pair')}, ${share} of all.`;
  if (counted !== null) return `${countOf(counted, 'pair')}, about ${share} of all.`;
  return `about ${share} of all pairs, by a sample.`;
}

/** Which share of the pairs above the cut-off are of one group, beside chance; empty where there is nothing to say. */
export function describeWithin(
  found: {
    readonly above: number | null;
    readonly aboveWithin: number | null;
    readonly shareWithin: number | null;
  },
  column: string,
): string {
  const { above, aboveWithin, shareWithin } = found;
  if (above === null || above === 0 || aboveWithin === null || shareWithin === null) return '';
  const percent = (share: number) => `${Math.round(100 * share)}\u2009%`;
  return `${percent(aboveWithin / above)} of them are of one ${column}; by chance it would be ${percent(shareWithin)}.`;
}
