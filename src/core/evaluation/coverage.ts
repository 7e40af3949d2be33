/**
 * How often the 95 % intervals held the truth: 400 samples of 100 rows and 200 of 300, drawn from a made-up population of four
 * classes and measured end to end (`coverage.test.ts`, with `npm run test:long`). The truth is the mean over the samples.
 */
const coverage = {
  overlap: { 100: 0.845, 300: 0.83 },
  corrected: { 100: 0.845, 300: 0.83 },
  jaccard: { 100: 0.835, 300: 0.835 },
  rbo: { 100: 0.84, 300: 0.85 },
  rsa: { 100: 0.955, 300: 0.97 },
  cka: { 100: 0.9575, 300: 0.96 },
  meanSimilarity: { 100: 0.9325, 300: 0.94 },
  sdSimilarity: { 100: 0.96, 300: 0.975 },
  hubness: { 100: 0.875, 300: 0.91 },
  intrinsicDimension: { 100: 0.81, 300: 0.8 },
  knnAccuracy: { 100: 0.9075, 300: 0.92 },
  knnMacroF1: { 100: 0.91, 300: 0.92 },
  separationAuc: { 100: 0.9425, 300: 0.98 },
  silhouette: { 100: 0.8125, 300: 0.85 },
} as const;

export type CoveredMeasure = keyof typeof coverage;

/** Simulated coverage of a measure's interval by rows; null for one without an interval. */
export function coverageOf(measure: string): Readonly<Record<100 | 300, number>> | null {
  return measure in coverage ? coverage[measure as CoveredMeasure] : null;
}

/**
 * The same of the best cut-off and its measures: all pairs of 100 and 300 labelled rows (400 and 100 samples), and as many judged pairs
 * of texts of their own (400 samples).
 */
export const cutoffCoverage = {
  rows: {
    cutoff: { 100: 0.99, 300: 1 },
    precision: { 100: 0.86, 300: 0.72 },
    recall: { 100: 0.9525, 300: 0.94 },
    f1: { 100: 0.9775, 300: 0.94 },
  },
  pairs: {
    cutoff: { 100: 0.96, 300: 0.9625 },
    precision: { 100: 0.8575, 300: 0.82 },
    recall: { 100: 0.8075, 300: 0.725 },
    f1: { 100: 0.955, 300: 0.97 },
  },
} as const;

export type CutoffMeasure = keyof (typeof cutoffCoverage)['rows'];
