import type { Verdict } from '@/core/evaluation/verdict';
import { type AnswerPart, listNames, numberWord, percent, type Source } from './answer-part';

/** A run's score in a measure, its verdict beside the other runs, and where the number stands. */
export interface AnswerScore {
  readonly name: string;
  readonly value: number;
  readonly verdict: Verdict;
  readonly from: Source;
}

export type ScoreUnit = 'share' | 'number';

/** The most runs that are named; more are counted. */
const mostNames = 3;

/** Scores by falling value, the highest first, split into those nobody can tell from the highest and those clearly behind. */
function split(scores: readonly AnswerScore[]) {
  const sorted = scores.toSorted(
    (a, b) =>
      Number(b.verdict.kind === 'highest') - Number(a.verdict.kind === 'highest') || b.value - a.value,
  );
  return {
    close: sorted.filter(({ verdict }) => verdict.kind !== 'behind'),
    behind: sorted.filter(({ verdict }) => verdict.kind === 'behind'),
  };
}

/** The runs that cannot be told from the highest. */
export function closeScores(scores: readonly AnswerScore[]): readonly AnswerScore[] {
  return split(scores).close;
}

/** Whether some run is clearly behind. */
export function canTell(scores: readonly AnswerScore[]): boolean {
  return scores.some(({ verdict }) => verdict.kind === 'behind');
}

/** Who leads, who is close and who is behind: "A and B are too close to call; C is clearly behind by 23 points (18 to 28).", without a stop. */
export function describeVerdicts(scores: readonly AnswerScore[], unit: ScoreUnit): AnswerPart[] {
  const { close, behind } = split(scores);
  const next = behind[0];
  if (next === undefined) {
    const all = scores.length <= 2 ? namesOf(close) : `all ${numberWord(scores.length)} runs`;
    return [`${all} are too close to call`];
  }
  if (close.length === 1) return [`${close[0]!.name} leads ${next.name} by `, ...gapOf(next, unit)];
  const some =
    close.length <= mostNames
      ? namesOf(close)
      : `${numberWord(close.length)} of ${numberWord(scores.length)} runs`;
  if (behind.length === 1)
    return [`${some} are too close to call; ${next.name} is clearly behind by `, ...gapOf(next, unit)];
  const others = behind.length <= mostNames ? namesOf(behind) : `the other ${numberWord(behind.length)}`;
  return [
    `${some} are too close to call; ${others} are clearly behind, by `,
    ...gapOf(next, unit),
    ' and more',
  ];
}

/**
 * Who keeps rows of one group closest among runs that another measure could not tell apart: "A keeps rows of one label closest
 * (0.89), by 0.02 (0.01 to 0.03) over B". Some run must be clearly behind.
 */
export function describeLead(scores: readonly AnswerScore[], group: string): AnswerPart[] {
  const { close, behind } = split(scores);
  const next = behind[0]!;
  const who = close.length <= mostNames ? namesOf(close) : `${numberWord(close.length)} of them`;
  return [
    `${who} ${close.length === 1 ? 'keeps' : 'keep'} rows of one ${group} closest (`,
    ...rangeOf(close, 'number'),
    '), by ',
    ...gapOf(next, 'number'),
    behind.length === 1 ? ` over ${next.name}` : ' and more over the others',
  ];
}

/** The scores of the runs nobody can tell from the highest: "88 % to 93 %". */
export function rangeOf(scores: readonly AnswerScore[], unit: ScoreUnit): AnswerPart[] {
  const { close } = split(scores);
  const sorted = close.toSorted((a, b) => a.value - b.value);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const format = unit === 'share' ? percent : (value: number) => decimals(value);
  const part = ({ value, from }: AnswerScore): AnswerPart => ({ text: format(value), from });
  return format(least.value) === format(most.value) ? [part(most)] : [part(least), ' to ', part(most)];
}

function namesOf(scores: readonly AnswerScore[]): string {
  return listNames(scores.map(({ name }) => name));
}

function gapOf({ verdict, from }: AnswerScore, unit: ScoreUnit): AnswerPart[] {
  if (verdict.kind === 'highest') return [];
  const format = formatGaps(verdict, unit);
  const points = unit === 'share' ? ` point${format(verdict.gap) === '1' ? '' : 's'}` : '';
  return [
    { text: `${format(verdict.gap)}${points} (${format(verdict.low)} to ${format(verdict.high)})`, from },
  ];
}

/** How a gap and its ends are written: a clear one not as if it might be none. */
function formatGaps(
  verdict: Exclude<Verdict, { kind: 'highest' }>,
  unit: ScoreUnit,
): (gap: number) => string {
  const isFine = verdict.kind === 'behind' && verdict.low < 0.005;
  return (gap) => (unit === 'share' ? decimals(100 * gap, isFine ? 1 : 0) : decimals(gap, isFine ? 3 : 2));
}

function decimals(value: number, digits = 2): string {
  return value.toFixed(digits).replace('-', '−');
}

/** A run's place beside the highest in a few words, and how sure that is; nothing more for the highest. */
export function describePlace(verdict: Verdict, unit: ScoreUnit): { short: string; long: string } {
  if (verdict.kind === 'highest') return { short: 'highest', long: '' };
  const points = formatGaps(verdict, unit);
  return {
    short: verdict.kind === 'close' ? 'too close to call' : `behind by ${points(verdict.gap)}`,
    long: `${points(verdict.gap)} behind the highest (${points(verdict.low)} to ${points(verdict.high)})`,
  };
}
