import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReply } from './parse-reply';

describe('parseReply', () => {
  it('reads bare NaN and infinities as null and leaves strings alone', () => {
    expect(parseReply('{"a":[NaN, -Infinity,Infinity,1e-3],"b":"NaN \\"Infinity\\\\"}')).toEqual({
      a: [null, null, null, 0.001],
      b: 'NaN "Infinity\\',
    });
  });

  it.each([
    ['', /empty/],
    ['<!doctype html><p>hello', /web page/],
    ['{"data":[{"embedding":[0.1,', /not valid JSON/],
    ['hello NaN', /not valid JSON/],
  ])('refuses %j', (text, why) => {
    expect(() => parseReply(text)).toThrow(expect.objectContaining({ kind: 'bad-reply' }));
    expect(() => parseReply(text)).toThrow(why);
  });

  it('reads any value whose numbers include NaN', () => {
    const values = fc.array(fc.oneof(fc.string(), fc.double(), fc.constant('say "NaN" \\ Infinity')));
    fc.assert(
      fc.property(values, (value) => {
        const text = `[${value.map((entry) => (typeof entry === 'number' ? String(entry) : JSON.stringify(entry))).join(',')}]`;
        const expected = value.map((entry) =>
          typeof entry === 'number' && !Number.isFinite(entry) ? null : entry,
        );
        expect(parseReply(text)).toEqual(expected.map((entry) => (Object.is(entry, -0) ? 0 : entry)));
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
