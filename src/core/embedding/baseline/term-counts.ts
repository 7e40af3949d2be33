import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';
import type { SplitWords } from './split-words';

/** The words of each distinct text, as numbers of words. */
export interface TermCounts {
  /** Words in order of first appearance; a word's number is its place here. */
  readonly words: readonly string[];
  /** Rows in which each word occurs. */
  readonly frequencies: Uint32Array;
  /** Place of each distinct text that has words. */
  readonly places: ReadonlyMap<string, number>;
  /** Rows of each distinct text. */
  readonly copies: readonly number[];
  /** Word numbers of text t, repeated as often as they occur: occurrences[starts[t]] … occurrences[starts[t + 1] − 1]. */
  readonly starts: readonly number[];
  readonly occurrences: readonly number[];
}

const charactersPerStep = 1 << 13;

/** Splits every distinct text once and counts, for each word, the rows that have it. */
export function* countTerms(texts: TextColumn, split: SplitWords): Work<TermCounts> {
  const numbers = new Map<string, number>();
  const seen = new Map<string, number>();
  const copies: number[] = [];
  const starts = [0];
  const occurrences: number[] = [];
  let reported = 0;
  for (let row = 0; row < texts.ends.length; row++) {
    const text = textAt(texts, row);
    const place = seen.get(text);
    if (place !== undefined) {
      if (place >= 0) copies[place]!++;
      continue;
    }
    const words = split(text);
    seen.set(text, words.length === 0 ? -1 : copies.length);
    if (words.length > 0) {
      for (const word of words) {
        const known = numbers.get(word);
        occurrences.push(known ?? numbers.size);
        if (known === undefined) numbers.set(word, numbers.size);
      }
      copies.push(1);
      starts.push(occurrences.length);
    }
    const done = texts.ends[row]!;
    if (done - reported >= charactersPerStep) {
      reported = done;
      yield { done, total: texts.joined.length };
    }
  }
  for (const [text, place] of seen) if (place < 0) seen.delete(text);
  const frequencies = countRows(numbers.size, copies, starts, occurrences);
  return { words: [...numbers.keys()], frequencies, places: seen, copies, starts, occurrences };
}

function countRows(
  wordCount: number,
  copies: readonly number[],
  starts: readonly number[],
  occurrences: readonly number[],
): Uint32Array {
  const frequencies = new Uint32Array(wordCount);
  const lastText = new Int32Array(wordCount).fill(-1);
  for (let text = 0; text < copies.length; text++) {
    for (let i = starts[text]!; i < starts[text + 1]!; i++) {
      const word = occurrences[i]!;
      if (lastText[word] === text) continue;
      lastText[word] = text;
      frequencies[word]! += copies[text]!;
    }
  }
  return frequencies;
}
