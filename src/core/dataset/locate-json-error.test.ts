import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { lineAndColumn, locateJsonError } from './locate-json-error';

const seed = 20261122;

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('locateJsonError', () => {
  it('finds none in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        expect(locateJsonError(JSON.stringify(value, null, indent))).toBeNull();
      }),
      { seed, numRuns: 300 },
    );
  });

  it('agrees with JSON.parse on damaged JSON, and what stands before the error is not to blame', () => {
    const damage = fc.constantFrom('', ',', ']', '}', '"', '\\', ':', '0', '\n', '\u0001', 'tru');
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.nat(3), damage, (value, at, length, insert) => {
        const good = JSON.stringify(value);
        const start = at % (good.length + 1);
        const bad = good.slice(0, start) + insert + good.slice(start + length);
        const offset = locateJsonError(bad);
        expect(offset === null).toBe(parses(bad));
        if (offset !== null) expect(offset).toBeLessThanOrEqual(bad.length);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it.each([
    ['', 0],
    ['[1, 2', 5],
    ['[1, 2,]', 6],
    ['{"a": 1, b: 2}', 9],
    ['{"a" 1}', 5],
    ['["line\nbreak"]', 6],
    ['["\\q"]', 2],
    ['[1] [2]', 4],
    ['[tru]', 1],
  ])('points at the culprit in %j', (text, offset) => {
    expect(locateJsonError(text)).toBe(offset);
  });

  it('needs no stack for depth', () => {
    expect(locateJsonError('['.repeat(200_000))).toBe(200_000);
  });

  it('counts lines and columns from 1', () => {
    expect(lineAndColumn('ab\ncd\nef', 0)).toEqual({ line: 1, column: 1 });
    expect(lineAndColumn('ab\ncd\nef', 4)).toEqual({ line: 2, column: 2 });
    expect(lineAndColumn('ab\ncd\nef', 8)).toEqual({ line: 3, column: 3 });
  });
});
