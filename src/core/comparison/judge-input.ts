import { countOf } from '@/core/count-of';
import type { ProviderId, TextOptions } from '@/core/embedding/run';
import type { NormRange } from './norm-range';

/** What one run made of the rows, as far as it is known. */
export interface RunInput {
  readonly name: string;
  readonly provider: ProviderId;
  readonly texts: TextOptions;
  /** What the model's makers suggest to put before the rows on this side; null where nothing is known of the model. */
  readonly suggestedPrefix: string | null;
  /** What was put there. */
  readonly prefix: string;
  /** Rows of the dataset without a vector in this run. */
  readonly missing: number;
  /** Rows whose text was cut before it was sent. */
  readonly cut: number;
  /** The longest text the model reads, in tokens; null where unknown. */
  readonly windowTokens: number | null;
  /** Rows estimated to be longer than that; null where the window is unknown. */
  readonly overWindow: number | null;
  /** Estimated tokens of the longest text as it was sent; 0 where texts are not sent. */
  readonly longestTokens: number;
  readonly norms: NormRange | null;
}

/** Whether runs got the same to read. */
export interface InputJudgement {
  /** Why the comparison is not fair: whole sentences, the gravest first. */
  readonly unfair: readonly string[];
  /** What cannot be known here. */
  readonly unknown: readonly string[];
}

/** Farther from 1 than rounding to 16 bits leaves a unit vector. */
const unitTolerance = 0.01;

/** Whether the vectors came as unit vectors. */
export function cameAsUnit({ least, most }: NormRange): boolean {
  return Math.abs(least - 1) <= unitTolerance && Math.abs(most - 1) <= unitTolerance;
}

/** Judges what runs were given to read: a difference between them, or a loss that only some have, makes a comparison unfair. */
export function judgeInput(runs: readonly RunInput[]): InputJudgement {
  const sent = runs.filter(({ provider }) => provider === 'featherless' || provider === 'openai-compatible');
  const unfair: string[] = [];
  const queries = sent.filter(({ texts }) => texts.side === 'query');
  if (queries.length > 0 && queries.length < sent.length) {
    const documents = sent.filter(({ texts }) => texts.side !== 'query');
    unfair.push(
      `${namesOf(queries)} read the rows as queries, ${namesOf(documents)} as documents: such models put the two in different places.`,
    );
  }
  for (const { name, overWindow, windowTokens } of sent) {
    if (overWindow === null || windowTokens === null || overWindow === 0) continue;
    unfair.push(
      `${countOf(overWindow, 'text')} ${overWindow === 1 ? 'is' : 'are'} likely longer than the ${windowTokens.toLocaleString('en')} tokens that ${name} reads; it does not see how ${overWindow === 1 ? 'it ends' : 'they end'}.`,
    );
  }
  for (const { name, cut, texts } of sent) {
    if (cut === 0 || texts.maxTokens === null) continue;
    const isCutAlike = sent.every((other) => other.texts.maxTokens === texts.maxTokens);
    if (isCutAlike) continue;
    unfair.push(
      `${countOf(cut, 'text')} ${cut === 1 ? 'was' : 'were'} cut at ${texts.maxTokens.toLocaleString('en')} tokens for ${name}, not for all.`,
    );
  }
  for (const { name, prefix, suggestedPrefix } of sent) {
    if (suggestedPrefix === null || prefix === suggestedPrefix) continue;
    unfair.push(
      prefix === ''
        ? `${name} went without the prefix “${suggestedPrefix.trim()}” that its makers suggest.`
        : `${name} got a prefix other than its makers suggest: “${prefix.trim()}”.`,
    );
  }
  const unknown = sent
    .filter(({ windowTokens }) => windowTokens === null)
    .map(
      ({ name, longestTokens }) =>
        `How long a text ${name} reads is not known here; the longest sent has about ${countOf(longestTokens, 'token')}.`,
    );
  const imported = runs.filter(({ provider }) => provider === 'imported');
  if (imported.length > 0)
    unknown.push(
      `How the vectors of ${namesOf(imported)} were made is not known: prefix, cuts and window are the file’s.`,
    );
  return { unfair, unknown };
}

function namesOf(runs: readonly RunInput[]): string {
  const names = runs.map(({ name }) => name);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
