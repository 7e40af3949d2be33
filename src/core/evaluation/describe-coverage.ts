import { coverageOf } from '@/core/evaluation/coverage';

/** How often a measure's interval holds the truth, as a sentence to follow its definition; empty without an interval. */
export function describeCoverage(measure: string): string {
  const coverage = coverageOf(measure);
  if (coverage === null) return '';
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return ` In simulated samples its 95 % interval held the truth in ${percent(coverage[100])} (100 rows) and ${percent(coverage[300])} (300 rows).`;
}
