import type { View } from '@/state/view';
import { formatCosine, formatSigned } from './format-number';

/** Ends of the calibrated scale in standard deviations: pairs of one topic lie far above the mean, hardly any far below. */
const zRange = { low: -2, high: 4 } as const;
const rawRange = { low: 0, high: 1 } as const;

/** Below this all pairs are equal up to rounding. */
const leastSpread = 1e-6;

interface ScaleTick {
  /** From the low end of the bar, 0, to the high one, 1. */
  readonly place: number;
  /** In the scale's own unit. */
  readonly label: string;
  /** The cosine it stands for, where the unit is another. */
  readonly cosine: string | null;
}

/** How cosines become colours. */
export interface ColourScale {
  readonly kind: View['matrixScale'];
  /** Cosines of the lowest and the highest colour. */
  readonly range: readonly [number, number];
  /** Both ends and the middle. */
  readonly ticks: readonly ScaleTick[];
  readonly title: string;
  /** What the numbers mean, and what becomes of values beyond the ends. */
  readonly explanation: string;
}

/**
 * The colour scale of a run. Calibrated is z = (cosine − mean) / sd over the run's pairs: linear, so means of blocks stay exact.
 * Without a spread (one row, equal rows) there is no z and the scale is raw, said in the explanation.
 */
export function colourScale(
  choice: View['matrixScale'],
  { mean, sd }: { readonly mean: number | null; readonly sd: number | null },
): ColourScale {
  if (choice === 'raw') return rawScale('');
  if (mean === null || sd === null) {
    return rawScale('One row makes no pair to calibrate by, so this is the raw cosine. ');
  }
  if (sd < leastSpread) {
    const value = formatCosine(mean);
    return rawScale(
      `All pairs are equally alike (${value}): nothing to calibrate by, so this is the raw cosine. `,
    );
  }
  const { low, high } = zRange;
  return {
    kind: 'z',
    range: [mean + low * sd, mean + high * sd],
    ticks: [low, (low + high) / 2, high].map((z, i) => ({
      place: i / 2,
      label: formatSigned(z),
      cosine: describeReach(mean + z * sd),
    })),
    title: 'z over this run’s own pairs',
    explanation: `0 is their mean cosine, ${formatCosine(mean)}; 1 is one standard deviation, ${formatCosine(sd)}. Beyond ${formatSigned(low)} and ${formatSigned(high)} the colour stays the same.`,
  };
}

function rawScale(reason: string): ColourScale {
  const { low, high } = rawRange;
  return {
    kind: 'raw',
    range: [low, high],
    ticks: [low, (low + high) / 2, high].map((cosine, i) => ({
      place: i / 2,
      label: formatCosine(cosine),
      cosine: null,
    })),
    title: 'Raw cosine',
    explanation: `${reason}From 0 to 1, the same for every run; below 0 the colour stays the same.`,
  };
}

/** No cosine lies beyond −1 and 1, though an end of the scale may. */
function describeReach(cosine: number): string {
  if (cosine > 1) return '> 1';
  return cosine < -1 ? '< −1' : formatCosine(cosine);
}
