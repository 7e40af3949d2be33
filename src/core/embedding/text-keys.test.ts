import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { KeyIndex } from './key-index';
import { keyWords, textKeys } from './text-keys';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'a', 'b', '\ud800', '\ufffd'));

test('a key is the beginning of SHA-256 over the UTF-16 units of the text', () => {
  fc.assert(
    fc.property(fc.array(anyText, { maxLength: 20 }), (texts) => {
      const keys = finishWork(textKeys(packTexts(texts)));
      texts.forEach((text, row) => {
        const expected = createHash('sha256').update(Buffer.from(text, 'utf16le')).digest().subarray(0, 16);
        const found = Buffer.from(keys.buffer, 4 * keyWords * row, 16);
        expect(found.equals(expected)).toBe(true);
      });
    }),
    { seed: 20261122, numRuns: 200 },
  );
});

test('lone surrogates are told apart', () => {
  const keys = finishWork(textKeys(packTexts(['\ud800', '\ufffd'])));
  expect([...keys.subarray(0, keyWords)]).not.toEqual([...keys.subarray(keyWords)]);
});

test('the index finds every place of a key, in order, and no other', () => {
  // Few distinct words, so that keys repeat and slots collide.
  const key = fc.tuple(fc.nat(3), fc.nat(1), fc.nat(1), fc.nat(1));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.array(key, { maxLength: 20 }), (known, asked) => {
      const index = KeyIndex.of(Uint32Array.from(known.flat()));
      const askedKeys = Uint32Array.from(asked.flat());
      asked.forEach((wanted, place) => {
        const found: number[] = [];
        for (let at = index.first(askedKeys, place); at >= 0; at = index.after(at)) found.push(at);
        const expected = known.flatMap((other, at) => (String(other) === String(wanted) ? [at] : []));
        expect(found).toEqual(expected);
      });
    }),
    { seed: 20261122, numRuns: 300 },
  );
});
