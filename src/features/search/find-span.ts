/** A stretch of a text around what was found, and what was found in it. */
export interface FoundSpan {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

const shownBefore = 40;

/** Where a text holds what is looked for, with a little of what stands before it; null where it does not. */
export function findSpan(text: string, wanted: string | RegExp): FoundSpan | null {
  const place = typeof wanted === 'string' ? placeOfText(text, wanted) : placeOfMatch(text, wanted);
  if (place === null) return null;
  const start = place.start <= shownBefore ? 0 : spaceBefore(text, place.start - shownBefore);
  return {
    before: `${start > 0 ? '…' : ''}${text.slice(start, place.start)}`,
    found: text.slice(place.start, place.end),
    after: text.slice(place.end),
  };
}

function placeOfText(text: string, wanted: string): { start: number; end: number } | null {
  const lower = text.toLowerCase();
  const start = lower.indexOf(wanted.toLowerCase());
  // Where lower case is longer than the text, the place in one is not the place in the other.
  if (start < 0 || lower.length !== text.length) return null;
  return { start, end: start + wanted.length };
}

function placeOfMatch(text: string, pattern: RegExp): { start: number; end: number } | null {
  const match = pattern.exec(text);
  return match === null ? null : { start: match.index, end: match.index + match[0].length };
}

/** The start of a word at or before a place, so that no word is cut. */
function spaceBefore(text: string, place: number): number {
  const space = text.lastIndexOf(' ', place);
  return space > place - shownBefore ? space + 1 : place;
}
