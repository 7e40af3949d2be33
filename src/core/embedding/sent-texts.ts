import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import { estimateTokens, lengthWithin } from './estimate-tokens';
import { rowPrefixOf, type TextOptions } from './run';
import { keyWords, textKey } from './text-keys';

/** What the rows of a dataset become when they are sent in one way. */
export interface SentTexts {
  /** Goes before each text. */
  readonly prefix: string;
  /** UTF-16 units of the row's own text that are sent; fewer than it has where it is cut. */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** Packed keys of the texts as they are sent, prefix included; all zero for a blank row, which is never sent. */
  readonly keys: Uint32Array<ArrayBuffer>;
  /** Estimated tokens of the texts as they are sent; 0 for a blank row. */
  readonly tokens: Uint32Array<ArrayBuffer>;
}

/** The texts of a run: what is sent for each row. */
export interface TextSource {
  readonly rowCount: number;
  /** Packed keys, equal where the texts are. */
  readonly keys: Uint32Array;
  /** Estimated tokens of each. */
  readonly tokens: Uint32Array;
  /** True where a row has nothing to embed. */
  isBlank(row: number): boolean;
  textAt(row: number): string;
}

const textsPerStep = 512;

/**
 * Puts the prefix before each text, cuts what is estimated to be longer than the options allow (prefix and special tokens
 * count), and says by which key a vector of it is kept. The caller owns the arrays. Progress counts texts.
 */
export function* prepareTexts(texts: TextColumn, options: TextOptions): Work<SentTexts> {
  const total = texts.ends.length;
  const prefix = rowPrefixOf(options);
  const sent: SentTexts = {
    prefix,
    lengths: new Uint32Array(total),
    keys: new Uint32Array(total * keyWords),
    tokens: new Uint32Array(total),
  };
  for (let row = 0; row < total; row++) {
    const own = textAt(texts, row);
    if (own.trim() !== '') {
      const text = sentText(own, prefix, options.maxTokens);
      sent.lengths[row] = text.length - prefix.length;
      sent.keys.set(textKey(text), row * keyWords);
      sent.tokens[row] = estimateTokens(text);
    }
    if (row % textsPerStep === textsPerStep - 1) yield { done: row + 1, total };
  }
  return sent;
}

/**
 * Stands in for texts where each row has a vector of its own, whatever its text says, and nothing is sent: every row has a
 * key of its own, and costs nothing. The caller owns the arrays.
 */
export function rowsOfTheirOwn(texts: TextColumn): SentTexts {
  const total = texts.ends.length;
  const keys = new Uint32Array(total * keyWords);
  for (let row = 0; row < total; row++) keys[row * keyWords] = row + 1;
  const lengths = new Uint32Array(total);
  for (let row = 0; row < total; row++)
    lengths[row] = texts.ends[row]! - (row === 0 ? 0 : texts.ends[row - 1]!);
  return { prefix: '', lengths, keys, tokens: new Uint32Array(total) };
}

/** A text with its prefix, cut where it is estimated to be longer than the options allow; at least its first word stays. */
export function sentText(own: string, prefix: string, maxTokens: number | null): string {
  const whole = prefix + own;
  if (maxTokens === null) return whole;
  const end = lengthWithin(whole, maxTokens);
  if (end === whole.length) return whole;
  const kept = whole.slice(0, Math.max(end, prefix.length)).trimEnd();
  return kept.length > prefix.length ? kept : prefix + firstWord(own);
}

function firstWord(own: string): string {
  return /^\s*\S+/.exec(own)?.[0] ?? own;
}

/** The texts of a run from the dataset's and what is sent of them. Keeps both. */
export function textSource(texts: TextColumn, sent: SentTexts): TextSource {
  const { prefix, lengths, keys, tokens } = sent;
  const startOf = (row: number) => (row === 0 ? 0 : (texts.ends[row - 1] ?? 0));
  return {
    rowCount: texts.ends.length,
    keys,
    tokens,
    isBlank: (row) => lengths[row] === 0,
    textAt: (row) => prefix + texts.joined.slice(startOf(row), startOf(row) + (lengths[row] ?? 0)),
  };
}

/** Rows whose text is cut before it is sent, in their order. The caller owns the array. */
export function cutRows(texts: TextColumn, { lengths }: SentTexts): Uint32Array<ArrayBuffer> {
  const rows: number[] = [];
  let start = 0;
  for (let row = 0; row < lengths.length; row++) {
    const end = texts.ends[row]!;
    if (lengths[row]! > 0 && lengths[row]! < end - start) rows.push(row);
    start = end;
  }
  return Uint32Array.from(rows);
}
