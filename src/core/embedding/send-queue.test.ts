import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { asWritten } from './run';
import { countUtf8Bytes, halve, type Piece, SendQueue } from './send-queue';
import { prepareTexts, textSource } from './sent-texts';

const seed = 20261122;

function sourceOf(cells: readonly string[]) {
  const texts = packTexts(cells);
  return textSource(texts, finishWork(prepareTexts(texts, asWritten)));
}

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

function takeAll(queue: SendQueue, limits: { maxTexts: number; maxBytes: number }): Piece[] {
  const pieces: Piece[] = [];
  for (let piece = queue.take(limits); piece !== null; piece = queue.take(limits)) pieces.push(piece);
  return pieces;
}

describe('SendQueue', () => {
  const cases = fc.record({
    cells: fc.array(fc.constantFrom('', ' \n', 'a', 'éé', '日本語', 'b', 'a long one, for once')),
    maxTexts: fc.integer({ min: 1, max: 5 }),
    maxBytes: fc.integer({ min: 1, max: 25 }),
  });

  it('gives each different text once, in order, within the limits, fills each batch and knows all its rows', () => {
    fc.assert(
      fc.property(cases, ({ cells, maxTexts, maxBytes }) => {
        const rows = cells.map((_, row) => row).filter((row) => row % 3 !== 1);
        const queue = finishWork(SendQueue.build(sourceOf(cells), Uint32Array.from(rows)));
        const pieces = takeAll(queue, { maxTexts, maxBytes });
        const batches = pieces.map((piece) => queue.batchOf(piece));
        const wanted = rows.filter((row) => cells[row]?.trim() !== '');
        expect(queue.blankRows).toEqual(rows.filter((row) => !wanted.includes(row)));
        expect(batches.flatMap(({ texts }) => texts)).toEqual([...new Set(wanted.map((row) => cells[row]))]);
        const owned = pieces.flatMap((piece) => piece.items.flatMap((item) => queue.rowsOf(item)));
        expect(owned.sort((a, b) => a - b)).toEqual(wanted);
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

  it('gives what was put back first, in order, cut to the limits of the moment, and loses nothing', () => {
    const texts = fc.array(fc.constantFrom('aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'gg'), { minLength: 1 });
    const turns = fc.array(fc.record({ maxTexts: fc.integer({ min: 1, max: 9 }), isBack: fc.boolean() }), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(texts, turns, (cells, steps) => {
        const queue = finishWork(SendQueue.build(sourceOf(cells), Uint32Array.from(cells.keys())));
        const done: number[] = [];
        for (const { maxTexts, isBack } of steps) {
          const piece = queue.take({ maxTexts, maxBytes: 1e6 });
          if (piece === null) break;
          expect(piece.items.length).toBeLessThanOrEqual(maxTexts);
          if (isBack) queue.putBack(halve(piece));
          else done.push(...piece.items);
        }
        const rest = takeAll(queue, { maxTexts: 4, maxBytes: 1e6 });
        expect([...done, ...rest.flatMap(({ items }) => items)]).toEqual(
          [...new Set(cells)].map((_, i) => i),
        );
      }),
      { seed, numRuns: 300 },
    );
  });
});
