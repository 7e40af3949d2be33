import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { parseFiles, type SourceFile } from '@/core/dataset/parse-files';
import { packTexts, textsOf } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';
import type { PlacedRows } from './placed-rows';
import { projectorZip } from './projector-zip';
import { rowsParquet } from './rows-parquet';

const texts = ['=1+1, "sea"', 'Über\t海\nland', '\u202Eright', 'four\u0000', '007'];
const dataset: Dataset = {
  id: '0123456789abcdef',
  name: 'own.csv',
  rowCount: 5,
  texts: packTexts(texts),
  textColumn: 'text',
  columns: [
    { name: 'x', cells: packTexts(['1', '', '-3', '2147483647', '0']) },
    { name: 'score', cells: packTexts(['0.1', '-2.5', '', '1e-7', '3']) },
    { name: 'code', cells: packTexts(['007', '1', '2', '3', '4']) },
    { name: '__proto__', cells: packTexts(['a', 'b', '', 'a', 'tab\there']) },
  ],
  labelColumn: 'code',
  coordinates: null,
  sets: ['own.csv'],
  notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
};
const none = Number.NaN;
const contents: PlacedRows = {
  dataset,
  runId: 'org/model#1',
  rows: null,
  width: 3,
  vectors: Float32Array.of(0.1, -2e-3, 1e-30, none, none, none, 1, 2, 3, 3e38, -0, 0.5, 1 / 3, 2 / 3, 1),
  positions: Float32Array.of(1.5, 2, none, none, -3, 0.1, 4, 5, 6, 7),
  clusters: ['sea', null, 'land · 2', null, 'sea'],
};

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  return Uint8Array.from(Buffer.concat(parts)).buffer;
}

const read = async (request: PlacedRows) =>
  (await parquetReadObjects({ file: joined(finishWork(rowsParquet(request))) })) as Record<string, unknown>[];

const file = (name: string, bytes: Uint8Array | ArrayBuffer): SourceFile => ({
  name,
  byteLength: bytes.byteLength,
  slice: async (start, end) => Uint8Array.from(new Uint8Array(bytes)).slice(start, end).buffer,
});

describe('Parquet', () => {
  it('is read by hyparquet as it was written, numbers as numbers only where nothing is lost', async () => {
    const rows = await read(contents);
    expect(rows.map(({ row }) => row)).toEqual([0, 1, 2, 3, 4]);
    expect(rows.map(({ text }) => text)).toEqual(texts);
    expect(rows.map((row) => row['column:x'])).toEqual([1, null, -3, 2147483647, 0]);
    expect(rows.map(({ score }) => score)).toEqual([0.1, -2.5, null, 1e-7, 3]);
    expect(rows.map(({ code }) => code)).toEqual(['007', '1', '2', '3', '4']);
    expect(rows.map(({ x, y }) => [x, y])).toEqual([
      [1.5, 2],
      [null, null],
      [-3, Math.fround(0.1)],
      [4, 5],
      [6, 7],
    ]);
    expect(rows.map(({ cluster }) => cluster)).toEqual(contents.clusters);
    rows.forEach(({ vector }, row) => {
      const expected = Array.from(contents.vectors.subarray(3 * row, 3 * row + 3));
      expect(vector ?? null).toEqual(row === 1 ? null : expected);
    });
  });

  it('of some rows holds those, in the groups that memory allows', async () => {
    const rowCount = 1500;
    const width = 1400;
    const many = {
      ...contents,
      dataset: {
        ...dataset,
        rowCount,
        texts: packTexts(Array.from({ length: rowCount }, (_, row) => `text ${row}`)),
        columns: [],
      },
      width,
      vectors: Float32Array.from({ length: rowCount * width }, (_, i) => Math.sin(i)),
      positions: null,
      clusters: null,
      rows: Array.from({ length: 900 }, (_, i) => i + (i > 700 ? 600 : 0)),
    };
    const rows = await read(many);
    expect(rows.map(({ row }) => row)).toEqual(many.rows);
    for (const at of [0, 700, 701, 899]) {
      const row = many.rows[at]!;
      expect(rows[at]!.vector).toEqual(Array.from(many.vectors.subarray(row * width, (row + 1) * width)));
      expect(rows[at]).toMatchObject({ text: `text ${row}`, x: null, y: null, cluster: null });
    }
  });

  it('comes back into the page with its vectors and its map', async () => {
    const table = await parseFiles(
      [file('own.parquet', joined(finishWork(rowsParquet(contents))))],
      undefined,
      async () => {},
    );
    expect(table.vectors).toEqual([{ name: 'vector', width: 3, values: contents.vectors }]);
    expect(table.guessedCoordinates?.map((column) => table.columns[column]!.name)).toEqual(['x', 'y']);
    const cellsOf = (name: string) => textsOf(table.columns.find((column) => column.name === name)!.cells);
    expect(cellsOf('text')).toEqual(texts);
    expect(cellsOf('score')).toEqual(['0.1', '-2.5', '', '1e-7', '3']);
  });
});

describe('the pair of the Embedding Projector', () => {
  const pair = (request: PlacedRows) => {
    const files = unzipSync(new Uint8Array(joined(finishWork(projectorZip(request)))));
    const lines = (name: string) =>
      strFromU8(files[name]!)
        .replace(/\n$/, '')
        .split('\n')
        .map((line) => line.split('\t'));
    return { files, vectors: lines('vectors.tsv'), metadata: lines('metadata.tsv') };
  };

  it('has a line for every row with a vector in both, and no tab or line end of a text', () => {
    const { vectors, metadata } = pair(contents);
    expect(metadata[0]).toEqual([
      'text',
      'row',
      'x',
      'y',
      'cluster',
      'column:x',
      'score',
      'code',
      '__proto__',
    ]);
    expect(metadata.slice(1).map(([, row]) => row)).toEqual(['0', '2', '3', '4']);
    expect(metadata[4]).toEqual(['007', '4', '6', '7', 'sea', '0', '3', '4', 'tab here']);
    expect(vectors.map((line) => line.map((cell) => Math.fround(Number(cell)) + 0))).toEqual(
      [0, 2, 3, 4].map((row) =>
        Array.from(contents.vectors.subarray(3 * row, 3 * row + 3), (value) => value + 0),
      ),
    );
  });

  it('brings back any texts and vectors, and joins in the page', async () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            cell,
            fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 9, maxLength: 9 }),
          ),
          {
            minLength: 3,
            maxLength: 12,
          },
        ),
        async (drawn) => {
          const rowCount = drawn.length;
          const request = {
            ...contents,
            dataset: { ...dataset, rowCount, texts: packTexts(drawn.map(([text]) => text)), columns: [] },
            width: 9,
            vectors: Float32Array.from(drawn.flatMap(([, vector]) => vector)),
            positions: new Float32Array(2 * rowCount).fill(1),
            clusters: null,
          };
          const { files, vectors, metadata } = pair(request);
          expect(metadata.length).toBe(rowCount + 1);
          expect(vectors.flat().map((number) => Math.fround(Number(number)) + 0)).toEqual(
            Array.from(request.vectors, (value) => value + 0),
          );
          if (drawn.some(([text]) => text.trim() === '' || text.includes('"'))) return;
          const table = await parseFiles(
            [file('vectors.tsv', files['vectors.tsv']!), file('metadata.tsv', files['metadata.tsv']!)],
            undefined,
            async () => {},
          );
          expect(table.rowCount).toBe(rowCount);
          expect(table.vectors[0]!.values).toEqual(request.vectors.map((value) => value + 0));
        },
      ),
      { seed: 20261125, numRuns: 60 },
    );
  });
});
