import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import { commonDistinctRows } from './common-rows';

describe('commonDistinctRows', () => {
  it('takes the first row of each text that every run has', () => {
    const texts = packTexts(['a', 'b', 'a', 'c', 'c', 'b', 'd']);
    const runA = Uint8Array.of(1, 1, 1, 0, 1, 1, 0);
    const runB = Uint8Array.of(0, 1, 1, 1, 1, 1, 1);
    const common = finishWork(commonDistinctRows(texts, runA, runB));
    expect({ ...common, rows: Array.from(common.rows) }).toEqual({
      rows: [1, 2, 4],
      withoutVector: 3,
      duplicateTexts: 1,
    });
  });

  it('is every distinct text for no run at all', () => {
    expect(Array.from(finishWork(commonDistinctRows(packTexts(['x', 'x', 'y']))).rows)).toEqual([0, 2]);
  });

  it('takes a row beyond the end of a run as one without a vector', () => {
    expect(finishWork(commonDistinctRows(packTexts(['x', 'y']), Uint8Array.of(1))).withoutVector).toBe(1);
  });

  it('agrees with counting by hand', () => {
    const row = fc.record({
      text: fc.constantFrom('', 'a', 'b', 'ab', 'é'),
      a: fc.boolean(),
      b: fc.boolean(),
      c: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const present = (['a', 'b', 'c'] as const).map((run) =>
          Uint8Array.from(rows, (each) => (each[run] ? 1 : 0)),
        );
        const common = finishWork(commonDistinctRows(packTexts(rows.map(({ text }) => text)), ...present));
        const whole = rows
          .map(({ text, a, b, c }, index) => ({ text, index, all: a && b && c }))
          .filter(({ all }) => all);
        const firsts = whole.filter(({ text }, i) => whole.findIndex((other) => other.text === text) === i);
        expect(Array.from(common.rows)).toEqual(firsts.map(({ index }) => index));
        expect(common.withoutVector).toBe(rows.length - whole.length);
        expect(common.duplicateTexts).toBe(whole.length - firsts.length);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
