import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { packTexts } from '@/core/dataset/text-column';
import { type PointsRun, pointsCsv } from './points-csv';

function datasetOf(
  texts: string[],
  columns: Record<string, string[]>,
  labelColumn: string | null = null,
): Dataset {
  return {
    id: '0123456789abcdef',
    name: 'Pasted texts',
    rowCount: texts.length,
    texts: packTexts(texts),
    textColumn: null,
    columns: Object.entries(columns).map(([name, cells]) => ({ name, cells: packTexts(cells) })),
    labelColumn,
    sets: ['Pasted texts'],
    notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
  };
}

function readCsv(parts: Iterable<string>): string[][] {
  const read = Papa.parse<string[]>(Array.from(parts).join(''), {
    delimiter: ',',
    newline: '\n',
    skipEmptyLines: true,
  });
  expect(read.errors).toEqual([]);
  return read.data;
}

const nan = Number.NaN;

describe('pointsCsv', () => {
  it('writes one line a row and run, with empty cells where there is no place', () => {
    const dataset = datasetOf(
      ['one', 'two, "quoted"\nline'],
      { topic: ['A', ''], year: ['1999', '-5'] },
      'topic',
    );
    const runs: PointsRun[] = [
      {
        id: 'lsa@1',
        positions: Float32Array.of(0.1, -2, nan, nan),
        clusters: { names: ['ways · to pay'], ofRow: Int32Array.of(0, -1) },
        trust: Float32Array.of(0.75, nan),
      },
      { id: 'org/model-x@2', positions: null, clusters: null, trust: null },
    ];
    expect(Array.from(pointsCsv(dataset, runs)).join('')).toBe(
      [
        'row,text,label,run,x,y,cluster,trust,year\n',
        '0,one,A,lsa@1,0.1,-2,ways · to pay,0.75,1999\n',
        '1,"two, ""quoted""\nline",,lsa@1,,,,,-5\n',
        '0,one,A,org/model-x@2,,,,,1999\n',
        '1,"two, ""quoted""\nline",,org/model-x@2,,,,,-5\n',
      ].join(''),
    );
  });

  it('begins with exactly the agreed header, also without runs', () => {
    expect(Array.from(pointsCsv(datasetOf(['a'], {}), []))).toEqual([
      'row,text,label,run,x,y,cluster,trust\n',
    ]);
  });

  it('renames columns that collide, and only those', () => {
    const dataset = datasetOf(['t'], { x: ['1'], text: ['2'], 'column:x': ['3'], other: ['4'], Row: ['5'] });
    const [header, line] = readCsv(
      pointsCsv(dataset, [{ id: 'r', positions: null, clusters: null, trust: null }]),
    );
    expect(header!.slice(8)).toEqual(['column:x', 'column:text', 'column:column:x', 'other', 'Row']);
    expect(line!.slice(8)).toEqual(['1', '2', '3', '4', '5']);
    expect(new Set(header).size).toBe(header!.length);
  });

  it('guards what a spreadsheet would run and leaves numbers and run ids', () => {
    const dataset = datasetOf(
      ['=HYPERLINK("x")', '-1.5'],
      { '@note': ['+1', '-go'], tag: ['@a', '\tb'] },
      'tag',
    );
    const [header, first, second] = readCsv(
      pointsCsv(dataset, [
        { id: '@cf/baai/bge-m3', positions: Float32Array.of(-1, -0.5, -2, 3), clusters: null, trust: null },
      ]),
    );
    expect(header!.at(-1)).toBe("'@note");
    expect(first).toEqual(['0', `'=HYPERLINK("x")`, "'@a", '@cf/baai/bge-m3', '-1', '-0.5', '', '', '+1']);
    expect(second).toEqual(['1', '-1.5', "'\tb", '@cf/baai/bge-m3', '-2', '3', '', '', "'-go"]);
  });

  it('is read back equal to the dataset and the places', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a,b', '"', 'x\r\ny', '=1', '-1', 'שלום', '\r'),
    );
    const row = fc.record({
      text: cell,
      label: cell,
      note: cell,
      place: fc.option(
        fc.tuple(
          fc.float({ noNaN: true, noDefaultInfinity: true }),
          fc.float({ noNaN: true, noDefaultInfinity: true }),
        ),
      ),
    });
    // Written out again here: an apostrophe before = + - @ tab and CR, except before numbers such as −1.
    const guarded = (value: string) =>
      '=+-@\t\r'.includes(value.charAt(0)) && value !== '' && !/^[+-][0-9.]+$/.test(value)
        ? `'${value}`
        : value;
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const dataset = datasetOf(
          rows.map(({ text }) => text),
          { label: rows.map(({ label }) => label), note: rows.map(({ note }) => note) },
          'label',
        );
        const positions = Float32Array.from(rows.flatMap(({ place }) => place ?? [nan, nan]));
        const [, ...lines] = readCsv(
          pointsCsv(dataset, [{ id: 'run', positions, clusters: null, trust: null }]),
        );
        expect(lines.length).toBe(rows.length);
        lines.forEach((line, i) => {
          const { text, label, note, place } = rows[i]!;
          const [index, readText, readLabel, run, x, y, cluster, trust, readNote] = line;
          expect([index, readText, readLabel, run, cluster, trust, readNote]).toEqual([
            String(i),
            guarded(text),
            guarded(label),
            'run',
            '',
            '',
            guarded(note),
          ]);
          if (place === null) expect([x, y]).toEqual(['', '']);
          else expect([Math.fround(Number(x)), Math.fround(Number(y))]).toEqual([place[0] + 0, place[1] + 0]);
        });
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('comes in parts that hold whole lines', () => {
    const texts = Array.from({ length: 2500 }, (_, i) => `text ${i}`);
    const parts = Array.from(
      pointsCsv(datasetOf(texts, {}), [
        { id: 'r', positions: new Float32Array(5000), clusters: null, trust: null },
      ]),
    );
    expect(parts.length).toBe(4);
    expect(parts.every((part) => part.endsWith('\n'))).toBe(true);
    expect(
      readCsv(parts)
        .slice(1)
        .map((line) => line[1]),
    ).toEqual(texts);
  });
});
