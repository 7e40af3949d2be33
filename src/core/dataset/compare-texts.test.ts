import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTexts } from './compare-texts';

const marked = (a: string, b: string) => {
  const parts = compareTexts(a, b);
  const write = (own: { text: string; isShared: boolean }[]) =>
    own.map(({ text, isShared }) => (isShared ? text : `[${text}]`)).join('');
  return parts === null ? null : [write(parts.a), write(parts.b)];
};

test('words that differ are marked, in scripts with and without spaces', () => {
  expect(marked('sunny in the north', 'cloudy in the north')).toEqual([
    '[sunny] in the north',
    '[cloudy] in the north',
  ]);
  expect(marked('lost my card', 'I lost my card!')).toEqual(['lost my card', '[I ]lost my card[!]']);
  expect(marked('今日は天気がいい', '明日は天気がいい')).toEqual([
    '[今日]は天気がいい',
    '[明日]は天気がいい',
  ]);
  expect(marked('same', 'same')).toEqual(['same', 'same']);
  expect(marked('', 'new')).toEqual(['', '[new]']);
});

test('the parts put together are the texts, and the shared ones are the same in both', () => {
  const text = fc.array(fc.constantFrom('red', 'blue', ' ', '. ', '川', '🙂'), { maxLength: 40 });
  fc.assert(
    fc.property(text, text, (one, other) => {
      const [a, b] = [one.join(''), other.join('')];
      const parts = compareTexts(a, b)!;
      expect(parts.a.map((part) => part.text).join('')).toBe(a);
      expect(parts.b.map((part) => part.text).join('')).toBe(b);
      const shared = (own: typeof parts.a) => own.filter((part) => part.isShared).map((part) => part.text);
      expect(shared(parts.a).join('')).toBe(shared(parts.b).join(''));
    }),
    { seed: 8, numRuns: 200 },
  );
});

test('long texts without a word in common are not marked at all', () => {
  const words = (stem: string) => Array.from({ length: 900 }, (_, i) => `${stem}${i}`).join(' ');
  expect(compareTexts(words('a'), words('b'))).toBeNull();
  expect(compareTexts('x'.repeat(30_000), 'y')).toBeNull();
});
