import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hasHeader } from './detect-header';
import { guessDelimiter } from './guess-delimiter';
import { readDelimited } from './read-delimited';

const seed = 20261122;

const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom('"', ',', '\t', ';', '\n', '\r\n', '\r', ' ', 'a', 'سامي', '言う', '👩‍👩‍👧', '\ud83d'),
      { maxLength: 8 },
    )
    .map((parts) => parts.join('')),
);

function writeCell(text: string, delimiter: string): string {
  const plain = !/["\r\n]/.test(text) && !text.includes(delimiter) && text !== '';
  return plain ? text : `"${text.replaceAll('"', '""')}"`;
}

describe('readDelimited', () => {
  it('gives back any cells that were written by the rules', () => {
    const rows = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom(',', '\t', ';', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (cells, delimiter, newline, ended) => {
          const header = cells[0]!.map((_, i) => `text ${i}`);
          const written = [header, ...cells].map((row) =>
            row.map((text) => writeCell(text, delimiter)).join(delimiter),
          );
          const file = written.join(newline) + (ended ? newline : '');
          const read = readDelimited(file, delimiter === '\t' ? '\t' : ',');
          expect(read.delimiter).toBe(delimiter);
          expect(read.rows).toEqual([header, ...cells]);
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('gives back any cells of plain TSV, where quotation marks mean nothing', () => {
    const plainCell = cell.map((text) => text.replaceAll(/[\t\r\n]/g, ''));
    fc.assert(
      fc.property(fc.array(fc.tuple(plainCell, plainCell)), (cells) => {
        // The first row cannot be read as quoting, so that the file is plain beyond doubt.
        const rows = [['text', 'label'], ['"No." "Yes."', 'talk'], ...cells];
        const read = readDelimited(rows.map((row) => row.join('\t')).join('\n'), '\t');
        expect(read.rows).toEqual(rows);
        expect(read.remarks.join()).toContain('Quotation marks');
      }),
      { seed, numRuns: 300 },
    );
  });

  it('takes backslashes before quotation marks as escapes where that fits', () => {
    const read = readDelimited('text,label\n"He said \\"no\\", twice",a\n"x, y",b\n', ',');
    expect(read.rows.slice(1)).toEqual([
      ['He said "no", twice', 'a'],
      ['x, y', 'b'],
    ]);
  });

  it('reads files whose lines end in CR, or some in CR LF and some in LF', () => {
    const rows = [
      ['text', 'label'],
      ['a', 'b'],
      ['c', 'd'],
    ];
    expect(readDelimited('text,label\ra,b\rc,d\r', ',').rows).toEqual(rows);
    expect(readDelimited('text,label\r\na,"b"\nc,d\r\n', ',').rows).toEqual(rows);
  });

  it('obeys a declared separator', () => {
    const read = readDelimited('sep=;\r\nname;size\r\na,b;1,5\r\n', ',');
    expect(read.rows).toEqual([
      ['name', 'size'],
      ['a,b', '1,5'],
    ]);
  });

  it('keeps a comma and the space after it apart from the cell', () => {
    const read = readDelimited('text, label\n"One, two", a\n"Three, four", b\n', ',');
    expect(read.rows[1]).toEqual(['One, two', 'a']);
  });
});

describe('guessDelimiter', () => {
  it.each([
    ['text;label\na, b and c;x\nd;y\n', ';'],
    ['text|label\na|x\nb|y\n', '|'],
    ['text\tlabel\na, b\tx\n', '\t'],
    ['text\nHello, you\nHello, you, and you\n', null],
    ['One.\nTwo, and three.\nFour, five, and six.\n', null],
    ['Well, yes.\nNo.\nWell, well, well.\nNever, ever, at all, I said.\nYes.\n', null],
  ])('of %j', (text, delimiter) => {
    expect(guessDelimiter(text, ',')).toBe(delimiter);
  });
});

describe('hasHeader', () => {
  it.each<[boolean, string[][]]>([
    [
      true,
      [
        ['text', 'label'],
        ['a', 'b'],
      ],
    ],
    [
      true,
      [
        ['Word', 'Plural'],
        ['time', ''],
        ['way', ''],
      ],
    ],
    [
      true,
      [
        ['sepal-length', 'kind'],
        ['5.1', 'setosa'],
        ['4.9', 'setosa'],
      ],
    ],
    [true, [['Was'], ['Wie lange dauert die Lieferung nach Wien?'], ['Wo ist meine Karte geblieben?']]],
    [
      false,
      [
        ['A girl is styling her hair.', 'A girl brushes her hair.', '2.5'],
        ['b', 'c', '3.6'],
      ],
    ],
    [
      false,
      [
        ['dog', 'animal'],
        ['cat', 'animal'],
        ['oak', 'tree'],
      ],
    ],
    [false, [['Where is my card?'], ['It is a long way to go from here to there and back.']]],
    [
      true,
      [
        ['text', 'label', 'multi\nline'],
        ['Good morning', 'greeting', 'a'],
        ['Good evening', 'greeting', 'b'],
      ],
    ],
    [
      true,
      [
        ['Timestamp', 'How would you describe the way your last order was delivered to you?'],
        ['2024-05-01', 'Late.'],
      ],
    ],
    [
      false,
      [
        ['Hello there,\nwhere is the card I ordered', 'question'],
        ['Send it back\nat once', 'order'],
        ['Is it open\non Sundays', 'question'],
      ],
    ],
    [false, [['Hello there,\nwhere is the card I ordered', 'question']]],
    [false, [['', '']]],
    [false, []],
  ])('%s for %j', (expected, rows) => {
    expect(hasHeader(rows)).toBe(expected);
  });
});
