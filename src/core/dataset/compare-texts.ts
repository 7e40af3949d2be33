import { diffArrays } from 'diff';

/** A stretch of a text that the other one has too, or has not. */
export interface TextPart {
  readonly text: string;
  readonly isShared: boolean;
}

/** Beyond these no reader follows marks any more, and finding them would hold the page up. */
const mostCharacters = 20_000;
const mostEdits = 400;

/**
 * The parts of two texts that differ, word by word, case and punctuation included; words end where Unicode says, so scripts without
 * spaces are parted too. Null where they are too long, or too different for marks to help.
 */
export function compareTexts(a: string, b: string): { a: TextPart[]; b: TextPart[] } | null {
  if (a.length > mostCharacters || b.length > mostCharacters) return null;
  const changes = diffArrays(wordsOf(a), wordsOf(b), { maxEditLength: mostEdits });
  if (changes === undefined) return null;
  const partsA: TextPart[] = [];
  const partsB: TextPart[] = [];
  for (const { value, added, removed } of changes) {
    const part = { text: value.join(''), isShared: !added && !removed };
    if (!added) partsA.push(part);
    if (!removed) partsB.push(part);
  }
  return { a: partsA, b: partsB };
}

function wordsOf(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
