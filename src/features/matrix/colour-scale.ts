import { countOf } from '@/core/count-of';
import { formatHundredths, formatSigned } from '@/core/similarity/format-similarity';
import { type PairHistogram, percentileOf } from '@/core/similarity/pair-histogram';
import { pairsSampled } from '@/core/similarity/sampled-moments';
import type { View } from '@/state/view';

export type ScaleKind = View['matrixScale'];

/** Ends of the colours until a person sets them, in the scale's unit. Far above the mean lie pairs of one topic, hardly any far below. */
const ownRanges = {
  z: [-2, 4],
  raw: [0, 1],
  percentile: [0, 100],
  centred: [-0.5, 1],
} as const satisfies Record<ScaleKind, readonly [number, number]>;

/** Below this all pairs are equal up to rounding. */
const leastSpread = 1e-6;

/** How cosines become colours. */
export interface ColourScale {
  readonly kind: ScaleKind;
  /** Ends of the colours, in the scale's unit. */
  readonly range: readonly [number, number];
  /** Whether these are the scale's own ends. */
  readonly isOwnRange: boolean;
  /** The ends as the drawing code takes them: in values, or in what `curve` makes of them. */
  readonly drawnRange: readonly [number, number];
  /** What a cosine stands for, evenly spaced from −1 to 1; null where that is linear. */
  readonly curve: Float32Array | null;
  toUnit(cosine: number): number;
  toCosine(value: number): number;
  /** A value in the scale's unit, for people. */
  format(value: number): string;
  readonly title: string;
  /** What the numbers mean. */
  readonly explanation: string;
}

interface Measures {
  readonly mean: number | null;
  readonly sd: number | null;
  /** Whether the deviation is that of pairs drawn by chance. */
  readonly isRandomised?: boolean;
  /** Needed by percentiles alone. */
  readonly histogram: PairHistogram | undefined;
}

/** Mean and spread by which cosines become z; null where there are no pairs or they do not differ. */
export function pairScaleOf({
  mean,
  sd,
}: Pick<Measures, 'mean' | 'sd'>): { mean: number; sd: number } | null {
  return mean !== null && sd !== null && sd >= leastSpread ? { mean, sd } : null;
}

/**
 * The colour scale of a run. Calibrated is z = (cosine − mean) / sd over the run's pairs: linear, so means of blocks stay exact.
 * Percentiles are of single pairs; of a block it is the percentile of its mean. Without a spread (one row, equal rows) there is
 * neither and the scale is raw, said in the explanation.
 */
export function colourScale(
  choice: ScaleKind,
  range: readonly [number, number] | null,
  measures: Measures,
): ColourScale {
  const { mean, sd, histogram, isRandomised = false } = measures;
  const source = isRandomised ? `, estimated from ${countOf(pairsSampled, 'pair')} drawn by chance` : '';
  if (choice === 'raw') return linear('raw', range, '');
  if (choice === 'centred') return linear('centred', range, '');
  if (mean === null || sd === null) {
    return linear('raw', null, 'One row makes no pair to calibrate by, so this is the raw cosine. ');
  }
  if (pairScaleOf(measures) === null) {
    return linear(
      'raw',
      null,
      `All pairs are equally alike (${formatHundredths(mean)}): nothing to calibrate by, so this is the raw cosine. `,
    );
  }
  if (choice === 'percentile') {
    if (histogram !== undefined) return percentiles(range, histogram);
    return linear('raw', null, 'The pairs are being counted; until then this is the raw cosine. ');
  }
  const ends = range ?? ownRanges.z;
  return {
    kind: 'z',
    range: ends,
    isOwnRange: range === null,
    drawnRange: [mean + ends[0] * sd, mean + ends[1] * sd],
    curve: null,
    toUnit: (cosine) => (cosine - mean) / sd,
    toCosine: (z) => mean + z * sd,
    format: (z) => formatSigned(Math.round(z * 10) / 10),
    title: 'z over this run’s own pairs',
    explanation: `0 is their mean cosine, ${formatHundredths(mean)}; 1 is one standard deviation, ${formatHundredths(sd)}${source}.`,
  };
}

function linear(
  kind: 'raw' | 'centred',
  range: readonly [number, number] | null,
  reason: string,
): ColourScale {
  const ends = range ?? ownRanges[kind];
  return {
    kind,
    range: ends,
    isOwnRange: range === null,
    drawnRange: ends,
    curve: null,
    toUnit: (cosine) => cosine,
    toCosine: (cosine) => cosine,
    format: formatHundredths,
    title: kind === 'raw' ? 'Raw cosine' : 'Mean-centred cosine',
    explanation:
      kind === 'raw'
        ? `${reason}The cosine as it is; one model’s numbers do not compare with another’s.`
        : 'The cosine of the vectors less their mean: what is common to all texts is taken away.',
  };
}

function percentiles(range: readonly [number, number] | null, histogram: PairHistogram): ColourScale {
  const { counts, pairs } = histogram;
  const ends = range ?? ownRanges.percentile;
  const curve = new Float32Array(counts.length);
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    curve[bin] = (100 * (below + counts[bin]! / 2)) / pairs;
    below += counts[bin]!;
  }
  return {
    kind: 'percentile',
    range: ends,
    isOwnRange: range === null,
    drawnRange: ends,
    curve,
    toUnit: (cosine) => percentileOf(histogram, cosine),
    toCosine: (percentile) => {
      const bin = curve.findIndex((value) => value >= percentile);
      return bin < 0 ? 1 : (2 * (bin + 0.5)) / counts.length - 1;
    },
    format: (percentile) => percentile.toFixed(1),
    title: 'Percentile among this run’s pairs',
    explanation:
      'The share of all pairs that are less alike. Where a cell is a block, it is the percentile of the block’s mean.',
  };
}
