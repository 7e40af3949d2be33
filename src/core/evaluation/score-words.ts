import type { Estimate } from '@/core/evaluation/bootstrap';
import type { LabelMeasure } from '@/core/evaluation/label-scores';
import type { ScoreName } from '@/core/export/comparison-json';

export type ScoreColumn = ScoreName | 'antiHubs';

interface ScoreWords {
  /** Heading of its column. */
  readonly name: string;
  readonly definition: string;
  /** Whether dot and whisker stand before the number. */
  readonly hasAxis: boolean;
  readonly format: (value: number) => string;
  /** The same, short, for the ends of the axis. */
  readonly formatEnd: (value: number) => string;
}

const wholeShare = (value: number) => `${(100 * value).toFixed(0)} %`;
const share = (value: number) => `${(100 * value).toFixed(1)} %`;
const decimals = (count: number) => (value: number) => value.toFixed(count).replace('-', '−');

export const scoreWords: Readonly<Record<ScoreColumn, ScoreWords>> = {
  knnAccuracy: {
    name: 'Neighbours name the label',
    definition:
      'kNN accuracy: the share of rows whose nearest other rows (10, or fewer where a label is rare) vote for their label, each vote as heavy as its similarity.',
    hasAxis: true,
    format: share,
    formatEnd: wholeShare,
  },
  knnMacroF1: {
    name: 'Macro-F1',
    definition:
      'F1 of those votes for each label, averaged over the labels, so that rare ones count as much as frequent ones.',
    hasAxis: true,
    format: decimals(2),
    formatEnd: decimals(1),
  },
  separationAuc: {
    name: 'Same label closer',
    definition:
      'Separation AUC: how often two rows of one label are more similar than two rows of different labels; 0.5 is chance. From all pairs, or four million drawn where there are more.',
    hasAxis: true,
    format: decimals(2),
    formatEnd: decimals(1),
  },
  silhouette: {
    name: 'Silhouette',
    definition:
      'How much closer a row is to its own label than to the nearest other one, by 1 − cosine (Rousseeuw 1987): 1 is far apart, below 0 is nearer to another.',
    hasAxis: true,
    format: decimals(2),
    formatEnd: decimals(1),
  },
  meanSimilarity: {
    name: 'Mean similarity',
    definition: 'Mean cosine of all pairs. A high one is not a virtue: the vectors crowd in one direction.',
    hasAxis: true,
    format: decimals(2),
    formatEnd: decimals(1),
  },
  sdSimilarity: {
    name: 'Spread',
    definition: 'Standard deviation of the cosine over all pairs.',
    hasAxis: false,
    format: decimals(3),
    formatEnd: decimals(1),
  },
  hubness: {
    name: 'Hubness',
    definition:
      'Skewness of how often a row is among the ten nearest of others (Radovanović 2010): high where few rows are near everything.',
    hasAxis: false,
    format: decimals(1),
    formatEnd: decimals(1),
  },
  antiHubs: {
    name: 'Never near',
    definition:
      'Share of rows that are in no other row’s ten nearest. No interval: redraws of so few rows do not tell it.',
    hasAxis: false,
    format: share,
    formatEnd: wholeShare,
  },
  effectiveRank: {
    name: 'Effective rank',
    definition:
      'Directions in use: exp of the entropy of the principal variances (Roy & Vetterli 2007), at most the rows less one. No interval: rows drawn twice lower it by themselves.',
    hasAxis: false,
    format: decimals(0),
    formatEnd: decimals(0),
  },
  participationRatio: {
    name: 'Participation',
    definition:
      'Participation ratio: (Σλ)²/Σλ² of the principal variances, at most the rows less one. No interval: rows drawn twice lower it by themselves.',
    hasAxis: false,
    format: decimals(0),
    formatEnd: decimals(0),
  },
  intrinsicDimension: {
    name: 'Intrinsic dimension',
    definition:
      'TwoNN (Facco 2017): from how much farther the second nearest row is than the nearest; the largest tenth of the ratios is left out, so outliers hardly count, and the rest are taken as they are. That reads about a third too high (by 1/0.744 on average; the paper’s fitted line does not): compare runs by it, not with figures from elsewhere. From 100 rows on.',
    hasAxis: false,
    format: decimals(1),
    formatEnd: decimals(1),
  },
};

export const labelColumns = [
  'knnAccuracy',
  'separationAuc',
  'knnMacroF1',
  'silhouette',
] as const satisfies LabelMeasure[];
export const spaceColumns = [
  'meanSimilarity',
  'sdSimilarity',
  'hubness',
  'antiHubs',
  'effectiveRank',
  'participationRatio',
  'intrinsicDimension',
] as const satisfies ScoreColumn[];

/** A number with its interval in words. */
export function describeEstimate(column: ScoreColumn, { value, low, high }: Estimate): string {
  const { format } = scoreWords[column];
  if (value === null) return 'no number';
  return low === null || high === null
    ? format(value)
    : `${format(value)}, 95 % interval ${format(low)} to ${format(high)}`;
}
