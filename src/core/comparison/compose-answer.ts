import { countOf } from '@/core/count-of';
import { type Estimate, fewestTellingRows } from '@/core/evaluation/bootstrap';
import { type AnswerPart, listNames, numberWord, percent, type Source } from './answer-part';
import {
  type AnswerScore,
  canTell,
  closeScores,
  describeLead,
  describeVerdicts,
  rangeOf,
} from './describe-verdicts';
import { isLargeFor } from './list-agreement';

export interface Answer {
  readonly headline: readonly AnswerPart[];
  readonly detail: readonly AnswerPart[];
}

export interface AnswerPair {
  readonly a: string;
  readonly b: string;
  readonly overlap: Estimate;
  readonly from: Source;
}

export interface AnswerLabels {
  readonly column: string;
  /** Accuracy of the neighbours' votes, one a run. */
  readonly votes: readonly AnswerScore[];
  /** Separation AUC of the runs with these names, judged among themselves. */
  closeness(among: readonly string[]): readonly AnswerScore[];
}

export interface AnswerGold {
  readonly measure: 'spearman' | 'averagePrecision';
  readonly scores: readonly AnswerScore[];
}

interface Compared {
  /** Names of the runs. */
  readonly names: readonly string[];
  /** Numbers a vector has, by name; null where not known. */
  readonly widths: ReadonlyMap<string, { readonly width: number; readonly from: Source }>;
  readonly pairs: readonly AnswerPair[];
  readonly rows: number;
  readonly k: number;
  readonly chance: number | null;
  readonly withoutVector: number;
  readonly duplicateTexts: number;
  /** Null without labels or until all scores are there. */
  readonly labels: AnswerLabels | null;
  /** Scores on pairs that someone judged; null without a file or until all are there. */
  readonly gold: AnswerGold | null;
}

/**
 * What the comparison comes to: which run is best by what people said (judged pairs, then labels), where that can be told;
 * who agrees with whom, and over which rows. Every number is one on the screen.
 */
export function composeAnswer(compared: Compared): Answer {
  const { rows, k, names } = compared;
  const all = names.length === 2 ? listNames(names) : `these ${names.length} runs`;
  const measured = compared.pairs.filter(({ overlap }) => overlap.value !== null);
  const rowsUsed = describeRows(compared);
  if (measured.length === 0 || k === 0) {
    return {
      headline: [`${all.replace(/^t/, 'T')} cannot be compared.`],
      detail: ['Fewer than three rows have no neighbours to compare. ', ...rowsUsed],
    };
  }
  const agreement = describeAgreement(measured, names);
  const basis = [describeChance(compared), ' ', ...rowsUsed];
  if (rows < fewestTellingRows) {
    return {
      headline: [`${countOf(rows, 'row')} are too few to tell how far ${all} agree.`],
      detail: [...agreement, ' ', ...basis],
    };
  }
  const labels = compared.labels !== null && compared.labels.votes.length > 1 ? compared.labels : null;
  const gold = compared.gold !== null && compared.gold.scores.length > 1 ? compared.gold : null;
  const ofLabels = labels === null ? null : answerOfLabels(labels);
  const ofGold = gold === null ? null : answerOfGold(gold);
  const decisive = [ofGold, ofLabels].filter((each) => each !== null);
  const chosen = decisive.find(({ tells }) => tells) ?? decisive[0];
  if (chosen === undefined) return { headline: agreement, detail: basis };
  const other = decisive.find((each) => each !== chosen);
  return {
    headline: chosen.headline,
    detail: [
      ...chosen.evidence,
      ...(other === undefined ? [] : [...other.headline, ' ']),
      ...describeCheapest(chosen.close, compared.widths),
      ...agreement,
      ' ',
      ...basis,
    ],
  };
}

interface Decision {
  readonly headline: readonly AnswerPart[];
  /** Ends in a space. */
  readonly evidence: readonly AnswerPart[];
  /** Whether some run is clearly behind. */
  readonly tells: boolean;
  /** Runs that cannot be told from the best. */
  readonly close: readonly AnswerScore[];
}

/** By the neighbours' votes; where these cannot tell runs apart, by whether rows of one label are closer than others. */
function answerOfLabels({ column, votes, closeness }: AnswerLabels): Decision {
  const close = closeScores(votes);
  const range = rangeOf(votes, 'share');
  const named: AnswerPart[] = [
    close.length === 1
      ? 'Its nearest rows'
      : close.length === votes.length
        ? 'Their nearest rows'
        : `The nearest rows of the ${numberWord(close.length)}`,
    ` name the right ${column} for `,
    ...range,
    ' of rows. ',
  ];
  const tells = canTell(votes);
  const headline: AnswerPart[] = [`On ${column}, `, ...describeVerdicts(votes, 'share'), '.'];
  if (close.length < 2) return { headline, evidence: named, tells, close };
  const ofClose = closeness(close.map(({ name }) => name));
  if (!canTell(ofClose)) return { headline, evidence: named, tells, close };
  const lead = describeLead(ofClose, column);
  const left = closeScores(ofClose);
  if (tells) return { headline, evidence: [...named, 'Of these, ', ...lead, '. '], tells, close: left };
  return {
    headline: [`On ${column}, nearest rows cannot tell the runs apart, but `, ...lead, '.'],
    evidence: named,
    tells: true,
    close: left,
  };
}

function answerOfGold({ measure, scores }: AnswerGold): Decision {
  const close = closeScores(scores);
  const whose = close.length === 1 ? 'Its' : 'Their';
  const evidence: AnswerPart[] =
    measure === 'spearman'
      ? [`${whose} cosines follow the scores with a rank correlation of `]
      : [`${whose} cosines put the same pairs first with an average precision of `];
  return {
    headline: ['On the gold pairs, ', ...describeVerdicts(scores, 'number'), '.'],
    evidence: [...evidence, ...rangeOf(scores, 'number'), '. '],
    tells: canTell(scores),
    close,
  };
}

/** Of runs that are equally good, those with the shortest vectors, where lengths differ. Ends in a space. */
function describeCheapest(close: readonly AnswerScore[], widths: Compared['widths']): AnswerPart[] {
  const known = close.flatMap(({ name }) => {
    const width = widths.get(name);
    return width === undefined ? [] : [{ name, ...width }];
  });
  const least = Math.min(...known.map(({ width }) => width));
  const shortest = known.filter(({ width }) => width === least);
  if (known.length < 2 || shortest.length === known.length || shortest.length > 2) return [];
  return [
    `The shortest vectors among them: ${listNames(shortest.map(({ name }) => name))}, `,
    { text: least.toLocaleString('en'), from: shortest[0]!.from },
    ' numbers. ',
  ];
}

function describeAgreement(pairs: readonly AnswerPair[], names: readonly string[]): AnswerPart[] {
  const sorted = pairs.toSorted((p, q) => q.overlap.value! - p.overlap.value!);
  const best = sorted[0]!;
  const most = number(best);
  const first: AnswerPart[] = [`${best.a} and ${best.b} agree on `, most, ' of nearest neighbours'];
  if (names.length === 2) return [...first, '.'];
  const apart = standsApart(pairs, names);
  if (apart !== null) {
    const nearest = sorted.find(({ a, b }) => a === apart || b === apart)!;
    const other = nearest.a === apart ? nearest.b : nearest.a;
    return [...first, `; ${apart} stands apart, at most `, number(nearest), ` with ${other}.`];
  }
  const least = sorted.at(-1)!;
  return [...first, `, ${least.a} and ${least.b} on `, number(least), '.'];
}

/** The run that agrees with every other less than any others do with each other, beyond their intervals; null for none. */
function standsApart(pairs: readonly AnswerPair[], names: readonly string[]): string | null {
  for (const name of names) {
    const own = pairs.filter(({ a, b }) => a === name || b === name);
    const others = pairs.filter(({ a, b }) => a !== name && b !== name);
    if (own.length === 0 || others.length === 0) continue;
    const highest = Math.max(...own.map(({ overlap }) => overlap.high ?? 1));
    const lowest = Math.min(...others.map(({ overlap }) => overlap.low ?? 0));
    if (highest < lowest) return name;
  }
  return null;
}

function number({ overlap, from }: AnswerPair): AnswerPart {
  return { text: percent(overlap.value!), from };
}

function describeChance({ k, chance, rows }: Compared): string {
  if (chance === null) return '';
  const basis = `Shared of ${k} nearest, a mean over the rows; chance is ${percent(chance)}.`;
  return isLargeFor(k, rows) ? `${basis} ${k} are many of ${countOf(rows, 'row')}.` : basis;
}

function describeRows({ rows, withoutVector, duplicateTexts }: Compared): AnswerPart[] {
  const left = [
    ...(withoutVector > 0 ? [`${withoutVector.toLocaleString('en')} without a vector in every run`] : []),
    ...(duplicateTexts > 0 ? [countOf(duplicateTexts, 'repeated text')] : []),
  ];
  const leftOut = left.length === 0 ? '' : `, ${left.join(' and ')} left out`;
  return ['Over ', { text: countOf(rows, 'row'), from: { id: rowsSource } }, `${leftOut}.`];
}

/** Id of the strip that says which rows are compared. */
export const rowsSource = 'compared rows';
