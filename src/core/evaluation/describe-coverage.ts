import { coverageOf, cutoffCoverage } from '@/core/evaluation/coverage';

/** How often a measure's interval holds the truth, as a sentence to follow its definition; empty without an interval. */
export function describeCoverage(measure: string): string {
  const coverage = coverageOf(measure);
  if (coverage === null) return '';
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return ` In simulated samples its 95 % interval held the truth in ${percent(coverage[100])} (100 rows) and ${percent(coverage[300])} (300 rows).`;
}

/** How often the intervals of a cut-off and its measures hold the truth, drawn over the rows of all pairs or over pairs alone. */
export function describeCutoffCoverage(drawnOver: 'rows' | 'pairs'): string {
  const { cutoff, ...measures } = cutoffCoverage[drawnOver];
  const range = (shares: readonly number[]) => {
    const [least, most] = [Math.min(...shares), Math.max(...shares)].map((share) => Math.round(100 * share));
    return least === most ? `${least} %` : `${least} to ${most} %`;
  };
  const others = Object.values(measures).flatMap((shares) => [shares[100], shares[300]]);
  return `In simulated samples of 100 and 300 ${drawnOver} the interval of the cut-off held the truth in ${range([cutoff[100], cutoff[300]])}, the others in ${range(others)}.`;
}
