import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTable } from './parse-table';
import { type ParsedTable, TableError } from './table';
import { textsOf } from './text-column';

const seed = 20261122;

function parse(name: string, text: string): ParsedTable {
  return parseTable({ name, bytes: new TextEncoder().encode(text) });
}

function cellsOf(table: ParsedTable): Record<string, string[]> {
  return Object.fromEntries(table.columns.map(({ name, cells }) => [name, textsOf(cells)]));
}

function messageOf(name: string, bytes: Uint8Array | string): string {
  const source =
    typeof bytes === 'string' ? { name, bytes: new TextEncoder().encode(bytes) } : { name, bytes };
  try {
    parseTable(source);
  } catch (error) {
    expect(error).toBeInstanceOf(TableError);
    return (error as TableError).message;
  }
  throw new Error('was read without an error');
}

describe('parseTable: lines', () => {
  it('takes each line of a .txt as a text, commas and quotation marks included', () => {
    const table = parse('a.txt', '\uFEFFOne, two\r\n"Three", four\r\n\r\nfive\r\n\r\n');
    expect(table.format).toBe('lines');
    expect(cellsOf(table)).toEqual({ text: ['One, two', '"Three", four', '', 'five'] });
    expect([table.guessedText, table.guessedLabel, table.rowCount]).toEqual([0, null, 4]);
  });

  it('takes texts without the name of a file by their content', () => {
    const pasted = { name: 'Pasted texts', text: 'text\tlabel\na\tx\nb\ty' };
    expect(parseTable(pasted).format).toBe('tsv');
    expect(cellsOf(parseTable(pasted))).toEqual({ text: ['a', 'b'], label: ['x', 'y'] });
  });

  it('reads pasted rows of a spreadsheet as a table, cells with tabs, quotes and line ends too', () => {
    const cells = 'text\ttopic\n"A line\nand ""another"" one"\train\nShort\t"a\tb"\n';
    const table = parseTable({ name: 'Pasted texts', text: cells, format: 'pasted' });
    expect(table).toMatchObject({ format: 'tsv', rowCount: 2, hasHeader: true });
    expect(table.columns.map(({ name, cells: column }) => [name, ...textsOf(column)])).toEqual([
      ['text', 'A line\nand "another" one', 'Short'],
      ['topic', 'rain', 'a\tb'],
    ]);
    for (const lines of ['one\ttab here\nnone there', 'only\tone line', 'a, b\nc, d', '"quoted\nbut no tab"'])
      expect(parseTable({ name: 'Pasted texts', text: lines, format: 'pasted' }).format).toBe('lines');
  });

  it.each<[string, ParsedTable['format']]>([
    ['Yes, indeed.\nNo, never.\nWell, well.', 'lines'],
    ['[Music] la la\n[Applause] thanks', 'lines'],
    ['text,label\nHello,a\nBye,b', 'csv'],
    ['["a","b"]', 'json'],
    ['{"text":"a"}\n{"text":"b"}', 'jsonl'],
    ['{"rows":[{"text":"a"}]}', 'json'],
    ['{curly} one\n{curly} two', 'lines'],
  ])('sniffs %j', (text, format) => {
    expect(parseTable({ name: 'Pasted texts', text }).format).toBe(format);
    expect(parse('notes.md', text).format).toBe(format);
  });
});

describe('parseTable: CSV and TSV', () => {
  it('finds header, texts and labels', () => {
    const table = parse(
      'a.csv',
      'id,text,category\r\n1,"Hi, ""you""",x\r\n2,"two\nlines",x\r\n3,c,y\r\n4,d,y\r\n',
    );
    expect(cellsOf(table)).toEqual({
      id: ['1', '2', '3', '4'],
      text: ['Hi, "you"', 'two\nlines', 'c', 'd'],
      category: ['x', 'x', 'y', 'y'],
    });
    expect([table.guessedText, table.guessedLabel]).toEqual([1, 2]);
    expect(table.remarks).toEqual([]);
  });

  it('keeps a one-column CSV with commas in one column', () => {
    expect(cellsOf(parse('a.csv', 'text\n"One, two"\nThree, four, five\nsix\n'))).toEqual({
      text: ['One, two', 'Three, four, five', 'six'],
    });
  });

  it('keeps ragged rows, and says how many there are', () => {
    const table = parse('a.csv', 'label,text\nx,one\ny\nx,two, and more\ny,four,\n\nx,six\n');
    expect(cellsOf(table)).toEqual({
      label: ['x', 'y', 'x', 'y', '', 'x'],
      text: ['one', '', 'two, and more', 'four', '', 'six'],
    });
    expect(table.remarks).toEqual([
      '1 row has fewer cells than the header; the missing cells were left empty.',
      '1 row has more cells than the header; the extra cells were kept in the last column.',
    ]);
  });

  it('gives blank and repeated columns names of their own', () => {
    const table = parse('a.csv', 'text,,text,column 2\na,b,c,d\ne,f,g,h\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['text', 'column 2 (2)', 'text (2)', 'column 2']);
  });

  it('numbers the columns where there is no header, and says so', () => {
    const table = parse('a.csv', 'A man runs.,A man walks.,2.5\nA dog sleeps.,A dog naps.,4.5\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2', 'column 3']);
    expect(table.remarks.join()).toContain('first row');
    expect([table.guessedText, table.guessedLabel]).toEqual([0, null]);
  });

  it('takes the first row for names or for a row when told to, and says which it did', () => {
    const named = 'text,label\none,x\ntwo,y\n';
    const plain = 'A man runs.,A man walks.\nA dog sleeps.,A dog naps.\n';
    const readWith = (text: string, header?: boolean) =>
      parseTable({ name: 'a.csv', bytes: new TextEncoder().encode(text), header });
    expect(readWith(named).hasHeader).toBe(true);
    expect(readWith(named, false)).toMatchObject({ hasHeader: false, rowCount: 3, remarks: [] });
    expect(cellsOf(readWith(named, false))).toEqual({
      'column 1': ['text', 'one', 'two'],
      'column 2': ['label', 'x', 'y'],
    });
    expect(readWith(plain).hasHeader).toBe(false);
    expect(readWith(plain, true)).toMatchObject({ hasHeader: true, rowCount: 1 });
    expect(cellsOf(readWith(plain, true))).toEqual({
      'A man runs.': ['A dog sleeps.'],
      'A man walks.': ['A dog naps.'],
    });
    expect(cellsOf(parseTable({ name: 'a.tsv', text: 'text\nsome words', header: false }))).toEqual({
      text: ['text', 'some words'],
    });
    expect(() => readWith('one,two\n', true)).toThrow('only a row of column names');
  });

  it('asks about the first row only where there can be names in it', () => {
    expect(parse('a.tsv', 'text\tlabel\na\tx\n').hasHeader).toBe(true);
    for (const [name, text] of [
      ['a.txt', 'text\none'],
      ['a.json', '[{"text":"a"}]'],
      ['a.jsonl', '{"text":"a"}\n{"text":"b"}'],
    ] as const) {
      expect(parse(name, text).hasHeader).toBeNull();
      expect(cellsOf(parseTable({ name, text, header: true }))).toEqual(cellsOf(parse(name, text)));
    }
  });

  it('reads a header with a line break in one of its names', () => {
    const table = parse('a.csv', 'text,label,"multi\nline"\nGood morning,x,1\nGood evening,y,2\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['text', 'label', 'multi\nline']);
    expect([table.rowCount, table.hasHeader]).toEqual([2, true]);
  });

  it('names the first column of row names that has no name', () => {
    const table = parse('a.csv', 'text,label\n1,Good morning,x\n2,Good evening,y\n');
    expect(cellsOf(table)).toEqual({
      'column 1': ['1', '2'],
      text: ['Good morning', 'Good evening'],
      label: ['x', 'y'],
    });
  });

  it('takes __proto__ for a name like any other', () => {
    const table = parse('a.csv', '__proto__,text\nx,y\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['__proto__', 'text']);
  });
});

describe('parseTable: JSON', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('سامي', '言う', '👩‍👩‍👧', '\ud83d', '"\n'),
  );

  it('gives back any list of texts, as JSON and as JSON lines', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (texts) => {
        const words = ['some words', ...texts];
        const json = parseTable({ name: 'a.json', text: JSON.stringify(words) });
        expect(cellsOf(json)).toEqual({ text: words });
        const lines = words.map((text) => JSON.stringify(text)).join('\r\n');
        expect(cellsOf(parseTable({ name: 'a.jsonl', text: lines }))).toEqual({ text: words });
      }),
      { seed, numRuns: 200 },
    );
  });

  it('gives back any list of objects, nested values as JSON', () => {
    const row = fc.record({ text: value, extra: fc.jsonValue() }, { requiredKeys: ['text'] });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const all = [{ text: 'some words', extra: null }, ...rows];
        const expected = {
          text: all.map(({ text }) => text),
          extra: all.map(({ extra }) =>
            extra === null || extra === undefined
              ? ''
              : typeof extra === 'string'
                ? extra
                : JSON.stringify(extra),
          ),
        };
        const json = parseTable({ name: 'a.json', text: JSON.stringify({ data: all }, null, 2) });
        expect(cellsOf(json)).toEqual(expected);
        const lines = all.map((item) => JSON.stringify(item)).join('\n');
        expect(cellsOf(parseTable({ name: 'a.ndjson', text: lines }))).toEqual(expected);
      }),
      { seed, numRuns: 200 },
    );
  });

  it('leaves prototypes alone', () => {
    const table = parse('a.json', '[{"text":"a","__proto__":{"polluted":1},"constructor":"c"}]');
    expect(table.columns.map(({ name }) => name)).toEqual(['text', '__proto__', 'constructor']);
    expect(textsOf(table.columns[1]!.cells)).toEqual(['{"polluted":1}']);
    expect('polluted' in {}).toBe(false);
  });

  it('reads JSON lines called .json and a list called .jsonl', () => {
    expect(parse('a.json', '{"text":"a"}\n{"text":"b"}\n').format).toBe('jsonl');
    expect(parse('a.jsonl', '[\n"a",\n"b"\n]').format).toBe('json');
  });

  it.each([
    ['a.json', '[\n  "a",\n  "b"\n  "c"\n]', 'line 4, column 3'],
    ['a.jsonl', '"a"\n\n"b"\n  {"text": }\n', 'Line 4 is not valid JSON (reading stopped at column 12)'],
    ['a.json', '[1, 2]', 'Item 1 is a number'],
    ['a.json', '[["a"]]', 'Item 1 is a list'],
    ['a.json', '["a", {"text": "b"}]', 'Item 2 is an object'],
    ['a.jsonl', '{"text": "b"}\n\n"a"', 'Line 3 is a single text'],
    ['a.json', '[]', 'the list is empty'],
    ['a.json', '[{}]', 'the objects are empty'],
    ['a.json', '"a"', 'holds a single text'],
    ['a.json', '{"a": 1}', 'no list of texts'],
    ['a.json', '{"a": ["x"], "b": ["y"]}', '“a”, “b”'],
  ])('refuses %s %j', (name, text, part) => {
    expect(messageOf(name, text)).toContain(part);
  });
});

describe('parseTable: what is no table of texts', () => {
  it.each([
    ['a.csv', '', 'empty'],
    ['a.txt', ' \r\n\n', 'empty'],
    ['a.txt', 'one\0two', 'binary'],
    ['a.csv', 'id,text\n', 'only a row of column names'],
    ['a.csv', 'u,v\n1,2.5\n3,4.5\n', 'no column of texts'],
    ['a.xlsx', 'PK\u0003\u0004\u0014\0\u0006', 'Excel'],
    ['a.parquet', 'PAR1\u0015\u0004', 'Parquet'],
    ['a.pdf', '%PDF-1.7\n', 'PDF'],
  ])('%s %j', (name, text, part) => {
    expect(messageOf(name, text)).toContain(part);
  });

  it.each([
    [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a], 'PNG'],
    [[0xff, 0xd8, 0xff, 0xe0], 'JPEG'],
    [[0x1f, 0x8b, 0x08], 'gzip'],
  ])('names the format of %j', (bytes, part) => {
    expect(messageOf('a.txt', Uint8Array.from(bytes))).toContain(part);
  });

  it('refuses more columns than a table can have', () => {
    const names = Array.from({ length: 10_001 }, (_, i) => `k${i}`);
    expect(messageOf('a.csv', `text,b\n${names.join(',')}`)).toContain('10,001 columns by 1 row.');
    const keys = JSON.stringify([Object.fromEntries(names.map((name) => [name, 'x']))]);
    expect(messageOf('a.json', keys)).toContain('10,001 columns');
  });

  it.each([
    ['open.json', '['.repeat(200_000), /not valid JSON/],
    ['wide.csv', `a,b\n${','.repeat(300_000)}`, /300,001 columns/],
  ])('refuses %s, which is made to break a reader', (name, text, reason) => {
    const read = () => parseTable({ name, bytes: new TextEncoder().encode(text) });
    expect(read).toThrow(TableError);
    expect(read).toThrow(reason);
  });

  it.each([
    `${'['.repeat(200_000)}${']'.repeat(200_000)}`,
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
  ])('keeps lists in lists as text, or refuses what an engine cannot write', (deep) => {
    try {
      const table = parseTable({
        name: 'deep.json',
        bytes: new TextEncoder().encode(`[{"text":"sea","x":${deep}}]`),
      });
      expect(textsOf(table.columns[1]!.cells)).toEqual([deep]);
    } catch (error) {
      expect(error).toBeInstanceOf(TableError);
      expect((error as Error).message).toContain('too deep');
    }
  });

  it('reads a text that only begins like a binary file', () => {
    expect(parse('a.txt', 'PAR1 is how Parquet begins\n').rowCount).toBe(1);
  });

  it('says when the bytes were Windows-1252', () => {
    const table = parseTable({ name: 'a.txt', bytes: Uint8Array.of(0x63, 0x61, 0x66, 0xe9) });
    expect(cellsOf(table)).toEqual({ text: ['café'] });
    expect(table.remarks.join()).toContain('Windows-1252');
  });

  it('reads any bytes or says why not', () => {
    const name = fc.constantFrom('a.txt', 'a.csv', 'a.tsv', 'a.json', 'a.jsonl', 'a');
    const nearText = fc.uint8Array({ min: 9, max: 126, maxLength: 200 });
    fc.assert(
      fc.property(name, fc.oneof(fc.uint8Array({ maxLength: 200 }), nearText), (file, bytes) => {
        try {
          const table = parseTable({ name: file, bytes: Uint8Array.from(bytes) });
          for (const { cells } of table.columns) expect(cells.ends.length).toBe(table.rowCount);
        } catch (error) {
          expect(error).toBeInstanceOf(TableError);
        }
      }),
      { seed, numRuns: 1000 },
    );
  });
});
