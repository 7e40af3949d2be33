import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { estimateTokens } from './estimate-tokens';
import { asWritten, type TextOptions } from './run';
import { cutRows, prepareTexts, textSource } from './sent-texts';

const seeded = { seed: 20261122, numRuns: 300 };

function send(cells: readonly string[], options: Partial<TextOptions>) {
  const texts = packTexts(cells);
  const sent = finishWork(prepareTexts(texts, { ...asWritten, ...options }));
  return { sent, cut: [...cutRows(texts, sent)], source: textSource(texts, sent) };
}

function digestOf(text: string): number[] {
  const bytes = createHash('sha256').update(Buffer.from(text, 'utf16le')).digest();
  return [0, 4, 8, 12].map((at) => bytes.readUInt32LE(at));
}

describe('prepareTexts', () => {
  it('puts the prefix of the side before each text and keys what is sent', () => {
    const options = { documentPrefix: 'passage: ', queryPrefix: 'query: ' };
    const { source } = send(['the sea', ' ', 'the sea'], options);
    expect([0, 2].map(source.textAt)).toEqual(['passage: the sea', 'passage: the sea']);
    expect([...source.keys.subarray(0, 4)]).toEqual(digestOf('passage: the sea'));
    expect([...source.keys.subarray(8)]).toEqual(digestOf('passage: the sea'));
    expect(send(['the sea'], { ...options, side: 'query' }).source.textAt(0)).toBe('query: the sea');
  });

  it('has no key for a blank row, which is not sent whatever its prefix', () => {
    const { source } = send(['', ' \n', 'x'], { documentPrefix: 'passage: ' });
    expect([0, 1, 2].map(source.isBlank)).toEqual([true, true, false]);
    expect([...source.keys.subarray(0, 8)]).toEqual(new Array(8).fill(0));
    expect([...source.tokens]).toEqual([0, 0, estimateTokens('passage: x')]);
  });

  it('leaves texts whole without a limit', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 8 }), (cells) => {
        const { source, cut } = send(cells, {});
        expect(cut).toEqual([]);
        cells.forEach((cell, row) => {
          if (cell.trim() !== '') expect(source.textAt(row)).toBe(cell);
        });
      }),
      seeded,
    );
  });

  it('cuts texts at the limit, prefix counted, keeps at least a word and says which rows', () => {
    const words = fc.array(fc.constantFrom('gull', 'wave', 'breakwater', '海', '12', '!'), { maxLength: 30 });
    const limited = fc.record({
      cells: fc.array(
        words.map((parts) => parts.join(' ')),
        { minLength: 1, maxLength: 6 },
      ),
      maxTokens: fc.integer({ min: 1, max: 25 }),
    });
    fc.assert(
      fc.property(limited, ({ cells, maxTokens }) => {
        const prefix = 'a passage: ';
        const { sent, source, cut } = send(cells, { documentPrefix: prefix, maxTokens });
        cells.forEach((cell, row) => {
          if (cell.trim() === '') return;
          const text = source.textAt(row);
          const own = text.slice(prefix.length);
          expect(text.startsWith(prefix) && cell.startsWith(own) && own.trim() !== '').toBe(true);
          expect(sent.tokens[row]).toBe(estimateTokens(text));
          expect(cut.includes(row)).toBe(own !== cell);
          const isLong = estimateTokens(prefix + cell) > maxTokens;
          const isOneWord = !/\S\s+\S/.test(own);
          if (!isLong) expect(own).toBe(cell);
          else if (!isOneWord) expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens);
        });
      }),
      seeded,
    );
  });

  it('gives texts that are equal once cut one key', () => {
    const { sent } = send(['the gull cried over the bay', 'the gull cried over the harbour'], {
      maxTokens: 6,
    });
    expect([...sent.keys.subarray(0, 4)]).toEqual([...sent.keys.subarray(4)]);
  });
});
