import { type PairHistogram, snapToBin } from '@/core/similarity/pair-histogram';

/** The bars of a drawn histogram of pairs. */
export interface HistogramBars {
  /** Cosines of the left and the right edge, each at the edge of a bin. */
  readonly from: number;
  readonly to: number;
  /** Heights from 0 to 1, evenly spaced. */
  readonly heights: readonly number[];
}

/** Gathers the bins into at most `barCount` bars over all pairs and, where they lie within −1 and 1, the cosines of `alsoShown`. */
export function gatherBars(
  { counts }: PairHistogram,
  alsoShown: readonly number[],
  barCount: number,
): HistogramBars {
  const bins = counts.length;
  const binOf = (cosine: number) => Math.round(((snapToBin(cosine) + 1) / 2) * bins);
  const shown = alsoShown.map(binOf);
  const first = Math.min(
    counts.findIndex((count) => count > 0),
    ...shown,
  );
  const last = Math.max(
    counts.findLastIndex((count) => count > 0),
    ...shown.map((bin) => bin - 1),
  );
  const start = Math.max(0, first);
  const width = Math.max(1, Math.ceil((last + 1 - start) / barCount));
  const bars = Math.max(1, Math.ceil((last + 1 - start) / width));
  const sums = Array.from({ length: bars }, (_, bar) => {
    let sum = 0;
    for (let bin = start + bar * width; bin < start + (bar + 1) * width; bin++) sum += counts[bin] ?? 0;
    return sum;
  });
  const most = Math.max(1, ...sums);
  const cosineOf = (bin: number) => (2 * bin) / bins - 1;
  return {
    from: cosineOf(start),
    to: cosineOf(start + bars * width),
    heights: sums.map((sum) => sum / most),
  };
}
