import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens, lengthWithin } from './estimate-tokens';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('word', 'gulls', '😀', '海', ' ', '12345', 'Страница', '—', '\n'), {
      maxLength: 30,
    })
    .map((parts) => parts.join('')),
);
const seeded = { seed: 20261122, numRuns: 400 };

describe('estimateTokens', () => {
  it.each([
    ['', 2],
    ['   \n', 2],
    ['gull', 3],
    ['the gull cried', 5],
    ['uncharacteristically', 6],
    ['海と空', 5],
    ['2026', 4],
    ['yes, no.', 6],
    ['Волна', 4],
    ['😀', 4],
    ['e\u0301te\u0301', 3],
  ])('%j takes %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it('grows with what is added and never falls below one token a word', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(estimateTokens(`${a} ${b}`)).toBe(estimateTokens(a) + estimateTokens(b) - 2);
      }),
      seeded,
    );
  });
});

describe('lengthWithin', () => {
  it('keeps a beginning that fits, as long as one word more would not', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 40 }), (text, most) => {
        const end = lengthWithin(text, most);
        const kept = text.slice(0, end);
        expect(estimateTokens(kept)).toBeLessThanOrEqual(Math.max(2, most));
        if (estimateTokens(text) <= most) expect(end).toBe(text.length);
        if (end < text.length) expect(estimateTokens(text)).toBeGreaterThan(most);
        expect(/\p{Cs}/u.test(kept)).toBe(false);
      }),
      seeded,
    );
  });

  it('ends after a whole word', () => {
    expect('the gull cried'.slice(0, lengthWithin('the gull cried', 4)).trimEnd()).toBe('the gull');
    expect(lengthWithin('uncharacteristically', 4)).toBe(10);
    expect(lengthWithin('gull', 2)).toBe(0);
  });
});
