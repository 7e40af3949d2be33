import { countOf } from '@/core/count-of';
import { type PairHistogram, pairsFrom } from '@/core/similarity/pair-histogram';
import { formatPercentile } from './format-number';

/** How many pairs lie at a cut-off or above: the count where all were counted, else the share in the sample. */
export function describePairsFrom(histogram: PairHistogram, cutoff: number): string {
  const count = pairsFrom(histogram, cutoff);
  const share = formatPercentile((100 * count) / Math.max(1, histogram.pairs));
  if (histogram.sampledPairs === null) return `${countOf(count, 'pair')}, ${share} of all.`;
  return `about ${share} of all pairs, by a sample.`;
}
