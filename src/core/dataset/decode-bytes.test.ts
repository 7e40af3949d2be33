import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodeBytes } from './decode-bytes';
import { TableError } from './table';

const seed = 20261122;
const wellFormed = fc.string({ unit: 'binary' });
const anyUnits = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * text.length + (mark ? 2 : 0)));
  if (mark) view.setUint16(0, 0xfeff, order === 'le');
  for (let i = 0; i < text.length; i++) {
    view.setUint16(2 * i + (mark ? 2 : 0), text.charCodeAt(i), order === 'le');
  }
  return new Uint8Array(view.buffer);
}

describe('decodeBytes', () => {
  it('gives back any text written as UTF-8 with a mark', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]);
        expect(decodeBytes(bytes)).toEqual({ text, encoding: 'UTF-8', remark: null });
      }),
      { seed, numRuns: 300 },
    );
  });

  it('gives back any text without zero characters written as UTF-8 without a mark', () => {
    fc.assert(
      fc.property(wellFormed, (raw) => {
        const text = raw.replaceAll(/[\0\uFEFF]/g, '');
        const decoded = decodeBytes(new TextEncoder().encode(text));
        expect(decoded).toEqual({ text, encoding: 'UTF-8', remark: null });
      }),
      { seed, numRuns: 300 },
    );
  });

  it('gives back any units, lone surrogates too, written as UTF-16 with a mark', () => {
    fc.assert(
      fc.property(anyUnits, fc.constantFrom('le' as const, 'be' as const), (text, order) => {
        const decoded = decodeBytes(utf16(text, order, true));
        expect(decoded.text).toBe(text);
        expect(decoded.encoding).toBe(order === 'le' ? 'UTF-16LE' : 'UTF-16BE');
      }),
      { seed, numRuns: 300 },
    );
  });

  it.each([
    'the quick brown fox\nsecond line\n',
    'كان سامي يربح الكثير من المال.\nسطر آخر\n',
    '言うまでもない。\r\n彼は手紙を書く。\r\n',
    '["é"]',
    'two emoji 🇸🇰 and 👩‍👩‍👧\n',
  ])('tells UTF-16 without a mark: %j', (text) => {
    for (const order of ['le', 'be'] as const) {
      const decoded = decodeBytes(utf16(text, order, false));
      expect(decoded.text).toBe(text);
      expect(decoded.remark).toContain(decoded.encoding);
    }
  });

  it('reads what is not valid UTF-8 as Windows-1252 and says so', () => {
    const decoded = decodeBytes(Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20, 0x93, 0x80, 0x94));
    expect(decoded.text).toBe('café “€”');
    expect(decoded.encoding).toBe('Windows-1252');
    expect(decoded.remark).toContain('not valid UTF-8');
  });

  it('keeps a stray zero byte in UTF-8 for what it is', () => {
    const text = 'a text with one\0 zero byte in it';
    expect(decodeBytes(new TextEncoder().encode(text)).text).toBe(text);
  });

  it('refuses a file too large for a string before decoding it', () => {
    const huge = { length: 2_500_000_000 } as Uint8Array;
    expect(() => decodeBytes(huge)).toThrow(TableError);
    expect(() => decodeBytes(huge)).toThrow('2,500 MB');
  });
});
