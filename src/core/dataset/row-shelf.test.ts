import fc from 'fast-check';
import { expect, test } from 'vitest';
import { finishWork } from '@/core/work';
import { readRange } from './match-rows';
import { numberCells, readNumber } from './number-cells';
import { RowShelf } from './row-shelf';
import { packTexts } from './text-column';

const shelf = (texts: readonly string[], ...columns: readonly (readonly string[])[]) =>
  new RowShelf(packTexts(texts), columns.map(packTexts));
const arranged = (
  held: RowShelf,
  conditions: Parameters<RowShelf['arrange']>[0],
  sort: Parameters<RowShelf['arrange']>[1] = null,
) => [...finishWork(held.arrange(conditions, sort))];

test.each([
  ['12', 12],
  ['-3.5e2', -350],
  ['1,024', 1024],
  ['$ 1,024.50', 1024.5],
  ['12 %', 12],
  ['10 003', 10_003],
  ['.5', 0.5],
  ['-inf', Number.NEGATIVE_INFINITY],
])('%s is read as a number', (cell, value) => {
  expect(readNumber(cell)).toBe(value);
});

test.each(['', ' ', 'NaN'])('a cell without a number is NaN: %j', (cell) => {
  expect(readNumber(cell)).toBeNaN();
});

test.each(['a', '1,2,3', '12-03', '1.2.3', '0x10', '3 apples'])('no number: %s', (cell) => {
  expect(readNumber(cell)).toBeNull();
});

test('commas are read one way in a whole column', () => {
  const numbers = (...cells: string[]) => finishWork(numberCells(packTexts(cells)));
  expect(numbers('1,500', '3,141')).toEqual(Float64Array.of(1500, 3141));
  expect(numbers('1,500', '3,14')).toEqual(Float64Array.of(1.5, 3.14));
  expect(numbers('2', '', '7')).toEqual(Float64Array.of(2, Number.NaN, 7));
  expect(numbers('2', 'two')).toBeNull();
  expect(numbers('', '')).toBeNull();
});

test('rows are sorted by numbers as numbers, by texts as people do, blanks last both ways, ties by row', () => {
  const held = shelf(
    ['lot 10', 'Äpfel', 'lot 9', 'apfel', '', 'Zebra', 'lot 9'],
    ['10', '9', '', '-1', '9', '1,000', 'nan'],
  );
  expect(arranged(held, [], { column: 'text', isDescending: false })).toEqual([3, 1, 2, 6, 0, 5, 4]);
  expect(arranged(held, [], { column: 'text', isDescending: true })).toEqual([5, 0, 2, 6, 1, 3, 4]);
  expect(arranged(held, [], { column: 0, isDescending: false })).toEqual([3, 1, 4, 0, 5, 2, 6]);
  expect(arranged(held, [], { column: 0, isDescending: true })).toEqual([5, 0, 1, 4, 3, 2, 6]);
});

test('sorting agrees with the language’s own sort', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: false }), { maxLength: 300 }),
      fc.boolean(),
      (values, isDescending) => {
        const order = arranged(shelf(values.map(() => 'x')), [], {
          column: Float64Array.from(values),
          isDescending,
        });
        const rows = values.map((_, row) => row);
        const sign = isDescending ? -1 : 1;
        const filled = rows
          .filter((row) => !Number.isNaN(values[row]))
          .sort((a, b) => (values[a]! === values[b]! ? a - b : sign * (values[a]! < values[b]! ? -1 : 1)));
        expect(order).toEqual([...filled, ...rows.filter((row) => Number.isNaN(values[row]))]);
      },
    ),
    { seed: 6, numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 4 }), { maxLength: 200 }), (texts) => {
      const { compare } = new Intl.Collator('en', { numeric: true });
      const rows = texts.map((_, row) => row);
      const key = (row: number) => texts[row]!.trim();
      const expected = rows.sort((a, b) => {
        if ((key(a) === '') !== (key(b) === '')) return key(a) === '' ? 1 : -1;
        return compare(key(a), key(b)) || a - b;
      });
      expect(arranged(shelf(texts), [], { column: 'text', isDescending: false })).toEqual(expected);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test('a text is found in the cells that hold it, whatever its case, and never across two cells', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'İ', 'ß', 'é', '😀', ' '), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 30 }), cell, (texts, text) => {
      const expected = texts.flatMap((own, row) =>
        own.toLowerCase().includes(text.toLowerCase()) ? [row] : [],
      );
      expect(arranged(shelf(texts), [{ kind: 'contains', column: 'text', text }])).toEqual(expected);
    }),
    { seed: 6, numRuns: 300 },
  );
});

test('conditions on several columns must all be met', () => {
  const held = shelf(['red box', 'blue box', 'red ball', 'Red BOX'], ['1', '2', '3', '4']);
  const isRed = { kind: 'contains', column: 'text', text: 'red' } as const;
  expect(arranged(held, [isRed, { kind: 'matches', column: 'text', pattern: '^\\w+ box$' }])).toEqual([0, 3]);
  expect(arranged(held, [isRed, { kind: 'range', column: 0, range: readRange('>1')! }])).toEqual([2, 3]);
  expect(arranged(held, [isRed, { kind: 'among', rows: Uint32Array.of(1, 2) }])).toEqual([2]);
  const scores = Float64Array.of(0.1, 0.2, Number.NaN, 0.4);
  expect(arranged(held, [{ kind: 'range', column: scores, range: readRange('0.1..0.2')! }])).toEqual([0, 1]);
});

test('computed words are sorted and filtered like a column', () => {
  const held = shelf(['a', 'b', 'c', 'd']);
  const groups = packTexts(['rain · snow', '', 'goal · team', 'rain · snow']);
  expect(arranged(held, [], { column: groups, isDescending: false })).toEqual([2, 0, 3, 1]);
  expect(arranged(held, [{ kind: 'contains', column: groups, text: 'SNOW' }])).toEqual([0, 3]);
});

test('rows are searched in any of some columns', () => {
  const held = shelf(['red box', 'blue', 'green'], ['x', 'Red', 'y']);
  const search = (text: string, isPattern: boolean, columns: ('text' | number)[]) => [
    ...finishWork(held.search({ text, isPattern, columns })),
  ];
  expect(search('red', false, ['text', 0])).toEqual([0, 1]);
  expect(search('red', false, ['text'])).toEqual([0]);
  expect(search('^RED$|een', true, ['text', 0])).toEqual([1, 2]);
  expect(() => search('(', true, ['text'])).toThrow(SyntaxError);
});

test('ranges are read as they are written', () => {
  expect(readRange('> 5')).toMatchObject({ low: 5, isLowOpen: true, high: Number.POSITIVE_INFINITY });
  expect(readRange('<=-.5')).toMatchObject({ high: -0.5, isHighOpen: false });
  expect(readRange('≥ 1e3')).toMatchObject({ low: 1000, isLowOpen: false });
  expect(readRange('=2')).toMatchObject({ low: 2, high: 2 });
  expect(readRange('1 .. 3')).toMatchObject({ low: 1, high: 3 });
  for (const text of ['', '5', '>', '> five', '1..', 'a..b', '>> 1']) expect(readRange(text)).toBeNull();
});
