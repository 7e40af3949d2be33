import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { BatchSize, remoteBatches } from './batch-size';
import { estimateTokens } from './estimate-tokens';
import { asWritten } from './run';
import { prepareTexts } from './sent-texts';
import { estimateSpend } from './spend-estimate';

const cell = fc.constantFrom(
  '',
  ' ',
  'gull',
  'the gull cried',
  'wave',
  'a wave broke over the old harbour wall',
);

it('counts each different text once that is neither blank nor kept', () => {
  const cases = fc.record({
    cells: fc.array(cell, { maxLength: 12 }),
    kept: fc.uniqueArray(cell),
    window: fc.constantFrom(null, 4, 8),
  });
  fc.assert(
    fc.property(cases, ({ cells, kept, window }) => {
      const sent = finishWork(prepareTexts(packTexts(cells), asWritten));
      const known = Uint8Array.from(cells, (text) => (kept.includes(text) ? 1 : 0));
      const isBlank = (text: string) => text.trim() === '';
      const fresh = [...new Set(cells)].filter((text) => !isBlank(text) && !kept.includes(text));
      expect(estimateSpend(sent, known, new Uint32Array(), window, remoteBatches)).toEqual({
        rows: cells.length,
        blankRows: cells.filter(isBlank).length,
        knownRows: cells.filter((text) => !isBlank(text) && kept.includes(text)).length,
        failedRows: 0,
        newTexts: fresh.length,
        newTokens: fresh.reduce((sum, text) => sum + estimateTokens(text), 0),
        requests: fresh.length === 0 ? 0 : 1,
        overWindow: window === null ? null : fresh.filter((text) => estimateTokens(text) > window).length,
      });
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

it.each([40, 20_000])('counts as many requests as even texts of %i characters take', (length) => {
  const cells = Array.from({ length: 3000 }, (_, row) => `${row}`.padEnd(length, ' wave'));
  const sent = finishWork(prepareTexts(packTexts(cells), asWritten));
  const estimate = estimateSpend(sent, new Uint8Array(cells.length), new Uint32Array(), null, remoteBatches);
  const bytes = (4 * estimate.newTokens) / cells.length;
  const size = new BatchSize(remoteBatches);
  let requests = 0;
  for (let left = cells.length; left > 0; requests++) {
    const { maxTexts, maxBytes } = size.limits;
    const texts = Math.max(1, Math.min(left, maxTexts, Math.floor(maxBytes / bytes)));
    size.noteServed(texts, texts * bytes);
    left -= texts;
  }
  expect(Math.abs(estimate.requests - requests)).toBeLessThanOrEqual(Math.max(1, 0.1 * requests));
});

it('leaves out rows that failed before: they are sent only when retried', () => {
  const sent = finishWork(prepareTexts(packTexts(['gull', 'wave', 'pier', 'wave', '']), asWritten));
  const known = Uint8Array.of(1, 0, 0, 0, 0);
  expect(estimateSpend(sent, known, Uint32Array.of(1, 3), null, remoteBatches)).toMatchObject({
    knownRows: 1,
    failedRows: 2,
    newTexts: 1,
    newTokens: estimateTokens('pier'),
  });
});
