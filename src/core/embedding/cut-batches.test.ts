import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { countUtf8Bytes, cutBatches } from './cut-batches';

const seed = 20261122;

describe('countUtf8Bytes', () => {
  it('counts as an encoder does, lone surrogates included', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('a', 'é', '日', '😀', '\ud800', '\udc00')).map((units) => units.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(countUtf8Bytes(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
      { seed, numRuns: 1000 },
    );
  });
});

describe('cutBatches', () => {
  it('sends each text that is not blank once, in order, within the limits, and fills each batch', () => {
    const cases = fc.record({
      cells: fc.array(fc.constantFrom('', ' \n', 'a', 'éé', '日本語', 'a long one, for once')),
      maxTexts: fc.integer({ min: 1, max: 5 }),
      maxBytes: fc.integer({ min: 1, max: 25 }),
    });
    fc.assert(
      fc.property(cases, ({ cells, maxTexts, maxBytes }) => {
        const rows = cells.map((_, row) => row).filter((row) => row % 3 !== 1);
        const batches = [...cutBatches(packTexts(cells), rows, { maxTexts, maxBytes })];
        expect(batches.flatMap((batch) => batch.rows)).toEqual(
          rows.filter((row) => cells[row]?.trim() !== ''),
        );
        const bytesOf = (texts: readonly string[]) => Buffer.byteLength(texts.join(''));
        batches.forEach(({ rows: sent, texts }, i) => {
          expect(texts).toEqual(sent.map((row) => cells[row]));
          expect(texts.length).toBeLessThanOrEqual(maxTexts);
          expect(texts.length === 1 || bytesOf(texts) <= maxBytes).toBe(true);
          const next = batches[i + 1]?.texts[0];
          const couldHoldMore =
            next !== undefined && texts.length < maxTexts && bytesOf([...texts, next]) <= maxBytes;
          expect(couldHoldMore).toBe(false);
        });
      }),
      { seed, numRuns: 500 },
    );
  });
});
