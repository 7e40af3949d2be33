import type { Estimate } from '@/core/evaluation/bootstrap';
import type { PairAgreement } from '@/queries/comparison';
import type { View } from '@/state/view';

export type AgreementMeasure = View['agreement'];

interface MeasureWords {
  readonly name: string;
  /** What it is and how it is computed, for the note beside it. */
  readonly definition: string;
}

export const agreementWords: Readonly<Record<AgreementMeasure, MeasureWords>> = {
  overlap: {
    name: 'Shared',
    definition: 'How many of a row’s k nearest rows both runs have, averaged over the rows.',
  },
  corrected: {
    name: 'Above chance',
    definition:
      'The shared part of the k nearest rows, corrected by what lists drawn at random share, k/(n − 1): 0 is chance, 1 is equal.',
  },
  jaccard: {
    name: 'Jaccard',
    definition: 'Nearest rows that both runs have, out of those that either has, averaged over the rows.',
  },
  rbo: {
    name: 'Rank-biased overlap',
    definition:
      'Agreement of the ranked lists, the first places counting most (Webber 2010, p = 0.9, 50 deep): 1 is the same order.',
  },
  rsa: {
    name: 'RSA',
    definition:
      'Spearman’s correlation of the similarities of the same pairs of rows (Kriegeskorte 2008): all pairs up to 2,000 rows, then half a million drawn.',
  },
  cka: {
    name: 'CKA',
    definition:
      'Debiased linear CKA (Kornblith 2019, Song 2012): 1 for rotations of each other, about 0 for unrelated vectors however many dimensions; may be slightly negative.',
  },
  procrustes: {
    name: 'Procrustes',
    definition:
      'Agreement after the best rotation: 1 − disparity over the mean disparity of up to 20 permutations of the rows, fewer once their mean is known to 0.05 %. No interval. May take many seconds a pair where rows and dimensions are many.',
  },
};

/** Measures of the neighbour lists; the others look at whole spaces. */
export const listMeasures = ['overlap', 'corrected', 'jaccard', 'rbo'] as const satisfies AgreementMeasure[];
export const allMeasures = [
  ...listMeasures,
  'rsa',
  'cka',
  'procrustes',
] as const satisfies AgreementMeasure[];

/** One pair's number in a measure of neighbour lists. */
export function listEstimate(agreement: PairAgreement, measure: AgreementMeasure): Estimate {
  if (measure === 'corrected') return agreement.overlapCorrected;
  if (measure === 'jaccard') return agreement.jaccard;
  return measure === 'rbo' ? agreement.rbo : agreement.overlap;
}

/** A number of a pair as it stands in its cell: neighbours shared out of k, or two decimals. */
export function formatAgreement(value: number, measure: AgreementMeasure, k: number): string {
  if (measure === 'overlap') return (value * k).toFixed(1);
  return value.toFixed(2).replace('-', '−');
}

/** What two unrelated runs would come to. */
export function describeChance(measure: AgreementMeasure, agreement: PairAgreement): string {
  const { chance, k, rboDepth } = agreement;
  if (chance === null) return '';
  if (measure === 'overlap') return `chance is ${atLeast(chance * k, 1)}`;
  if (measure === 'jaccard') return `chance is about ${atLeast(chance / (2 - chance), 2)}`;
  if (measure === 'rbo') return `chance is about ${atLeast(chanceOfRbo(rboDepth, agreement.rows.length), 2)}`;
  return 'chance is 0';
}

/** Expected rank-biased overlap of lists drawn at random: at depth d they share d/(n − 1) of their entries. */
function chanceOfRbo(depth: number, count: number): number {
  let sum = 0;
  let weight = 0.1 / (1 - 0.9 ** depth);
  for (let d = 1; d <= depth; d++) {
    sum += (weight * d) / (count - 1);
    weight *= 0.9;
  }
  return sum;
}

function atLeast(value: number, decimals: number): string {
  const least = 10 ** -decimals;
  return value < least / 2 ? `less than ${least}` : value.toFixed(decimals);
}
