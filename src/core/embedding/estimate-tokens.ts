/** A start-and-end pair of special tokens, which most models put around a text. */
const tokensAround = 2;

type Kind = 'space' | 'mark' | 'latin' | 'letter' | 'digit' | 'whole' | 'symbol';

/** Characters of a run that one token holds, by kind. Rules of thumb across WordPiece, SentencePiece and byte-level BPE. */
const charactersPerToken: Record<Kind, number> = {
  space: Number.POSITIVE_INFINITY,
  mark: Number.POSITIVE_INFINITY,
  latin: 5,
  letter: 3,
  digit: 2,
  whole: 1,
  symbol: 1,
};

function isBetween(unit: number, from: number, to: number): boolean {
  return unit >= from && unit <= to;
}

function kindOf(unit: number): Kind {
  if (unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || isBetween(unit, 0x2000, 0x200b)) return 'space';
  if (isBetween(unit, 0x61, 0x7a) || isBetween(unit, 0x41, 0x5a)) return 'latin';
  if (isBetween(unit, 0x30, 0x39)) return 'digit';
  if (unit < 0xc0) return 'symbol';
  if (unit <= 0x24f || isBetween(unit, 0x1e00, 0x1eff)) return 'latin';
  // Combining marks, joiners and variation selectors belong to the character before them.
  if (isBetween(unit, 0x300, 0x36f) || unit === 0x200d || isBetween(unit, 0xfe00, 0xfe0f)) return 'mark';
  if (isBetween(unit, 0x200c, 0x2bff) || isBetween(unit, 0x3001, 0x303f)) return 'symbol';
  // Han, kana, Hangul, and what is written beyond the basic plane.
  if (isBetween(unit, 0x2e80, 0xa4cf) || isBetween(unit, 0xac00, 0xdfff)) return 'whole';
  if (isBetween(unit, 0xf900, 0xfaff) || isBetween(unit, 0xff66, 0xff9f)) return 'whole';
  if (isBetween(unit, 0xff01, 0xff65)) return 'symbol';
  return 'letter';
}

/** Walks over a text until a token would be one too many. */
function walk(text: string, most: number): { tokens: number; end: number } {
  let tokens = 0;
  let kind: Kind = 'space';
  let inRun = 0;
  /** End of the last whole word or sign that fits. */
  let wordEnd = 0;
  for (let at = 0; at < text.length; at++) {
    const next = kindOf(text.charCodeAt(at));
    if (next === 'mark') continue;
    // The second half of a pair belongs to the first; a pair takes two tokens like any two whole characters.
    const isSecondHalf = (text.charCodeAt(at) & 0xfc00) === 0xdc00;
    if (next !== kind || charactersPerToken[next] === 1) {
      if (!isSecondHalf) wordEnd = at;
      kind = next;
      inRun = 0;
    }
    const isNewToken = inRun % charactersPerToken[next] === 0 && next !== 'space';
    inRun++;
    if (!isNewToken) continue;
    if (tokens === most) return { tokens, end: wordEnd > 0 || isSecondHalf ? wordEnd : at };
    tokens++;
  }
  return { tokens, end: text.length };
}

/**
 * Tokens a text is likely to take in a usual embedding model, special tokens included. An estimate from scripts and the
 * lengths of words, meant to be somewhat high: tokenisers differ by a third and more.
 */
export function estimateTokens(text: string): number {
  return walk(text, Number.POSITIVE_INFINITY).tokens + tokensAround;
}

/**
 * UTF-16 units of the longest beginning of a text that is estimated to take at most this many tokens, special ones
 * included. It ends after a whole word or sign where one fits, never inside a surrogate pair; zero where nothing fits.
 */
export function lengthWithin(text: string, maxTokens: number): number {
  return walk(text, Math.max(0, maxTokens - tokensAround)).end;
}
