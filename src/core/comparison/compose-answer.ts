import { countOf } from '@/core/count-of';
import { type Estimate, fewestTellingRows } from '@/core/evaluation/bootstrap';
import type { Verdict } from '@/core/evaluation/verdict';

/** A piece of a sentence; a number says which element on the page it is read from. */
export type AnswerPart = string | { readonly text: string; readonly from: string };

export interface Answer {
  readonly headline: readonly AnswerPart[];
  readonly detail: readonly AnswerPart[];
}

export interface AnswerPair {
  readonly a: string;
  readonly b: string;
  readonly overlap: Estimate;
  /** Id of the element that shows the number. */
  readonly from: string;
}

/** A run's score by the labels, in a measure of shares, and its verdict. */
export interface AnswerScore {
  readonly name: string;
  readonly value: number;
  readonly verdict: Verdict;
  readonly from: string;
}

interface Compared {
  /** Names of the runs. */
  readonly names: readonly string[];
  readonly pairs: readonly AnswerPair[];
  readonly rows: number;
  readonly k: number;
  readonly chance: number | null;
  readonly withoutVector: number;
  readonly duplicateTexts: number;
  /** Accuracy of the neighbours' votes, one a run; null without labels or until all are there. */
  readonly labels: { readonly column: string; readonly scores: readonly AnswerScore[] } | null;
}

/** What the comparison comes to: who agrees with whom, and over which rows. Every number is one on the screen. */
export function composeAnswer(compared: Compared): Answer {
  const { rows, k, names } = compared;
  const all = names.length === 2 ? listNames(names) : `these ${names.length} runs`;
  const measured = compared.pairs.filter(({ overlap }) => overlap.value !== null);
  const rowsUsed = describeRows(compared);
  if (measured.length === 0 || k === 0) {
    return {
      headline: [`${all.replace(/^t/, 'T')} cannot be compared.`],
      detail: [`Fewer than three rows have no neighbours to compare. ${rowsUsed}`],
    };
  }
  const agreement = describeAgreement(measured, names);
  if (rows < fewestTellingRows) {
    return {
      headline: [`${countOf(rows, 'row')} are too few to tell how far ${all} agree.`],
      detail: [...agreement, ' ', describeChance(compared), ' ', rowsUsed],
    };
  }
  const { labels } = compared;
  const detail = [describeChance(compared), ' ', rowsUsed];
  if (labels === null || labels.scores.length < 2) return { headline: agreement, detail };
  const { headline, evidence } = describeLabels(labels.column, labels.scores);
  return { headline, detail: [...evidence, ' ', ...agreement, ' ', ...detail] };
}

/** Which runs' neighbours follow the labels best, and whether that can be told. */
function describeLabels(
  column: string,
  scores: readonly AnswerScore[],
): { headline: AnswerPart[]; evidence: AnswerPart[] } {
  const sorted = scores.toSorted((a, b) => b.value - a.value);
  const best = sorted.find(({ verdict }) => verdict.kind === 'highest') ?? sorted[0]!;
  const close = sorted.filter(({ verdict }) => verdict.kind !== 'behind');
  const behind = sorted.filter(({ verdict }) => verdict.kind === 'behind');
  const scoreOf = ({ value, from }: AnswerScore): AnswerPart => ({ text: percent(value), from });
  const named = (list: readonly AnswerScore[]) => listNames(list.map(({ name }) => name));
  const least = close.at(-1)!;
  const evidence: AnswerPart[] =
    close.length === 1
      ? [`Its nearest rows name the right ${column} for `, scoreOf(best), ' of rows.']
      : [
          `Their nearest rows name the right ${column} for `,
          ...(percent(least.value) === percent(best.value) ? [] : [scoreOf(least), ' to ']),
          scoreOf(best),
          ' of rows.',
        ];
  if (behind.length === 0) {
    const all = scores.length === 2 ? named(sorted) : `all ${scores.length} runs`;
    return {
      headline: [`On ${column}, ${all} are too close to call.`],
      evidence,
    };
  }
  const next = behind[0]!;
  if (close.length === 1)
    return {
      headline: [`On ${column}, ${best.name} leads ${named([next])} by `, ...gapOf(next), '.'],
      evidence,
    };
  const others = behind.length === 1 ? `${next.name} is` : `${named(behind)} are`;
  return {
    headline: [
      `On ${column}, ${named(close)} are too close to call; ${others} clearly behind${behind.length === 1 ? ' by ' : ', by '}`,
      ...gapOf(next),
      behind.length === 1 ? '.' : ' and more.',
    ],
    evidence,
  };
}

function gapOf({ verdict, from }: AnswerScore): AnswerPart[] {
  if (verdict.kind === 'highest') return [];
  const points = (share: number) => (100 * share).toFixed(0).replace('-', '−');
  return [
    { text: `${points(verdict.gap)} points`, from },
    ` (${points(verdict.low)} to ${points(verdict.high)})`,
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

function describeChance({ k, chance }: Compared): string {
  return chance === null
    ? ''
    : `Shared of ${k} nearest, averaged over the rows; by chance it would be ${percent(chance)}.`;
}

function describeRows({ rows, withoutVector, duplicateTexts }: Compared): string {
  const left = [
    ...(withoutVector > 0 ? [`${withoutVector.toLocaleString('en')} without a vector in every run`] : []),
    ...(duplicateTexts > 0 ? [countOf(duplicateTexts, 'repeated text')] : []),
  ];
  const leftOut = left.length === 0 ? '' : `, ${left.join(' and ')} left out`;
  return `Over ${countOf(rows, 'row')}${leftOut}.`;
}

/** A share in whole per cent, never rounded to none or all. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (share > 0 && rounded === 0) return 'less than 1 %';
  if (share < 1 && rounded === 100) return 'more than 99 %';
  return `${rounded} %`;
}

export function listNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
