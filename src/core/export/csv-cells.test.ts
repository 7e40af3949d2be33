import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvLines, guardCell } from './csv-cells';

describe('guardCell', () => {
  it.each(['=1+1', '+cmd', '-x', '@SUM(A1)', '\t=1', '\r=1', '-1+2', '=', '-', '+1 234', '-e5'])(
    'guards %j',
    (cell) => {
      expect(guardCell(cell)).toBe(`'${cell}`);
    },
  );

  it.each(['', 'plain', '-1.5', '+3', '-.5', '-1e-7', '+2.', ' =1', "'=1", 'a=b', '10', '\n=1'])(
    'leaves %j',
    (cell) => {
      expect(guardCell(cell)).toBe(cell);
    },
  );
});

describe('csvLines', () => {
  it('quotes where RFC 4180 asks for it', () => {
    expect(csvLines([['a', 'b,c', 'd"e', 'f\ng', '']])).toBe('a,"b,c","d""e","f\ng",\n');
    expect(csvLines([])).toBe('');
  });

  it('is read back cell by cell', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('"', ',', '\r', '\n', '\r\n', '""', ' ', '\ufeff', 'שלום', '日本'),
    );
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }),
      );
    fc.assert(
      fc.property(rows, (cells) => {
        const read = Papa.parse<string[]>(`head,er\n${csvLines(cells)}`, { delimiter: ',', newline: '\n' });
        expect(read.data.slice(1, -1)).toEqual(cells);
        expect(read.data.at(-1)).toEqual(['']);
      }),
      { seed: 20261122, numRuns: 400 },
    );
  });
});
