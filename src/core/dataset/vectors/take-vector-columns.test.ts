import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTable } from '@/core/dataset/parse-table';
import { readList, takeVectorColumns } from './take-vector-columns';

const column = (name: string, cells: unknown[]) => ({
  name,
  cells: cells.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell))),
});

it('takes lists of numbers out and leaves everything else', () => {
  const texts = column('text', ['a', 'b', 'c', 'd']);
  const tags = column('tags', [['x', 'y'], ['z'], [], ['x']]);
  const vectors = column('embedding', [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8],
    [1, null, 2],
  ]);
  const split = takeVectorColumns([texts, tags, vectors], 'file');
  expect(split.columns).toEqual([texts, tags]);
  const none = Number.NaN;
  expect(split.vectors).toEqual([
    {
      name: 'embedding',
      width: 3,
      values: Float32Array.of(1, 2, 3, 4, 5, 6, none, none, none, none, none, none),
    },
  ]);
  expect(split.remarks).toEqual([expect.stringMatching(/^2 rows of “embedding” have no vector/)]);
});

it('reads lists as Python prints them', () => {
  expect(readList('[0.5, -1e-3, 2]')).toEqual([0.5, -1e-3, 2]);
  expect(readList(' [ 0.5   -1.\n 2.25]')).toEqual([0.5, -1, 2.25]);
  for (const cell of ['', '[]', '[1]', '[a, b]', '[[1,2]]', '1, 2', '[1, 2'])
    expect(readList(cell)).toBeNull();
});

it.each([
  ['dim_', 0, 'dim'],
  ['emb.', 1, 'emb'],
  ['', 0, 'file'],
  ['column ', 1, 'file'],
])('takes columns of numbers named “%s%i …” as one vector', (prefix, first, name) => {
  const rows = [0, 1, 2];
  const columns = Array.from({ length: 9 }, (_, i) =>
    column(
      `${prefix}${first + i}`,
      rows.map((row) => String(row + i / 8)),
    ),
  );
  // The order of the file does not matter, that of the numbers does.
  const split = takeVectorColumns([column('text', ['a', 'b', 'c']), ...columns.toReversed()], 'file');
  expect(split.columns.map((other) => other.name)).toEqual(['text']);
  expect(split.vectors).toEqual([
    { name, width: 9, values: Float32Array.from(rows.flatMap((row) => columns.map((_, i) => row + i / 8))) },
  ]);
});

it('fields that are numbers stay fields', () => {
  const few = Array.from({ length: 7 }, (_, i) => column(`q${i}`, ['1', '2']));
  const gap = [0, 1, 2, 3, 4, 5, 6, 8, 9].map((i) => column(`v${i}`, ['1', '2']));
  const words = Array.from({ length: 9 }, (_, i) => column(`w${i}`, ['1', 'two']));
  const years = Array.from({ length: 9 }, (_, i) => column(String(1990 + i), ['1', '2']));
  for (const columns of [few, gap, words, years]) {
    expect(takeVectorColumns(columns, 'file')).toEqual({ columns, vectors: [], remarks: [] });
  }
});

it('numbers come through a list as they were', () => {
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 })
    .map((value) => value + 0);
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 20 }), (rows) => {
      const { vectors } = takeVectorColumns([column('v', rows)], 'file');
      expect(vectors[0]!.values).toEqual(Float32Array.from(rows.flat()));
    }),
    { seed: 10, numRuns: 100 },
  );
});

it('a table whose columns are called 0, 1, 2 …, as pandas writes it, has vectors in every kind of text file', () => {
  const rows = Array.from({ length: 12 }, (_, row) => Array.from({ length: 9 }, (_, i) => Math.sin(row + i)));
  for (const [name, cut] of [
    ['own.csv', ','],
    ['own.tsv', '\t'],
  ] as const) {
    for (const start of [0, 1]) {
      const head = ['', 'text', ...rows[0]!.map((_, i) => String(i + start))];
      const lines = [head, ...rows.map((row, i) => [i, `a text of row ${i}`, ...row])];
      const bytes = new TextEncoder().encode(lines.map((cells) => cells.join(cut)).join('\n'));
      const table = parseTable({ name, bytes });
      expect(table).toMatchObject({ hasHeader: true, rowCount: rows.length, guessedText: 1 });
      expect(table.vectors).toEqual([{ name: 'own', width: 9, values: Float32Array.from(rows.flat()) }]);
    }
  }
});
