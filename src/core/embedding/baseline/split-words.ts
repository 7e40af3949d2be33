import { normaliseText } from './normalise-text';

/** Turns a text into its words, normalised, in order. */
export type SplitWords = (text: string) => string[];

const wordCharacter = /[\p{L}\p{N}]/u;
const plainWord = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['.][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const unspacedScripts =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u30fc\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const unspacedRun = new RegExp(`([${unspacedScripts}]+)`, 'u');

/** Words by the engine's own rules and dictionaries (Unicode UAX #29), or null where it has no `Intl.Segmenter`. */
export function segmenterWords(): SplitWords | null {
  if (typeof Intl.Segmenter !== 'function') return null;
  // Engines have no rules named `und`; `en` stands behind it, so that the reader's own locale never decides.
  const segmenter = new Intl.Segmenter(['und', 'en'], { granularity: 'word' });
  return (text) => {
    const words: string[] = [];
    for (const part of segmenter.segment(normaliseText(text))) {
      if (part.isWordLike && wordCharacter.test(part.segment)) words.push(part.segment);
    }
    return words;
  };
}

/**
 * Words by spaces and punctuation; where a script writes none between words (Chinese, Japanese, Thai, Lao, Khmer,
 * Burmese) every pair of neighbouring characters counts as a word.
 */
export function patternWords(text: string): string[] {
  const words: string[] = [];
  for (const word of normaliseText(text).match(plainWord) ?? []) {
    for (const piece of word.split(unspacedRun)) {
      if (unspacedRun.test(piece)) pushPairs(piece, words);
      else if (wordCharacter.test(piece)) words.push(piece);
    }
  }
  return words;
}

function pushPairs(run: string, words: string[]): void {
  const characters = Array.from(run);
  if (characters.length === 1) words.push(run);
  for (let i = 1; i < characters.length; i++) words.push(characters[i - 1]! + characters[i]!);
}
