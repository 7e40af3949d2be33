import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { buildDataset } from './build-dataset';
import { guessCoordinates, readCoordinates } from './coordinates';
import { parseTable } from './parse-table';
import { packTexts } from './text-column';

function guess(names: readonly string[], cells = ['1.5', '-2', '3e-1']): readonly string[] | null {
  const columns = names.map((name) => ({ name, cells: packTexts(cells) }));
  return guessCoordinates(columns, cells.length)?.map((column) => names[column]!) ?? null;
}

describe('guessCoordinates', () => {
  it.each([
    [
      ['text', 'x', 'y'],
      ['x', 'y'],
    ],
    [
      ['Y', 'text', 'X'],
      ['X', 'Y'],
    ],
    [
      ['umap_1', 'umap_2', 'text'],
      ['umap_1', 'umap_2'],
    ],
    [
      ['UMAP1', 'UMAP2', 'UMAP3'],
      ['UMAP1', 'UMAP2'],
    ],
    [
      ['tsne-2d-one', 'tsne-2d-two'],
      ['tsne-2d-one', 'tsne-2d-two'],
    ],
    [
      ['t-SNE 1', 't-SNE 2'],
      ['t-SNE 1', 't-SNE 2'],
    ],
    [
      ['projection_x', 'projection_y', 'x_count'],
      ['projection_x', 'projection_y'],
    ],
    [
      ['pc1', 'pc2', 'x', 'y'],
      ['x', 'y'],
    ],
    [
      ['umapX', 'umapY'],
      ['umapX', 'umapY'],
    ],
    [['1', '2'], null],
    [['a', 'b'], null],
    [['score_1', 'score_2'], null],
    [['x', 'z'], null],
    [['prefix', 'prefiy'], null],
    [['index', 'indey'], null],
    [['umap_11', 'umap_12'], null],
  ])('of %j is %j', (names, expected) => {
    expect(guess(names)).toEqual(expected);
  });

  it('wants numbers in half of the rows', () => {
    expect(guess(['x', 'y'], ['left', 'right'])).toBeNull();
    expect(guess(['x', 'y'], ['1', ''])).toEqual(['x', 'y']);
    expect(guess(['x', 'y'], [])).toBeNull();
  });
});

it('places are the numbers of both columns, and none where either is missing', () => {
  const cell = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String),
    fc.constantFrom('', ' ', 'nan', 'inf', '-Infinity', 'left', '1e400', '0x10', '\u0000', 'NULL'),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 40 }), (rows) => {
      const x = packTexts(rows.map(([across]) => across));
      const y = packTexts(rows.map(([, up]) => up));
      const places = finishWork(readCoordinates(x, y));
      const plain = /^-?[\d.]+(e[+-]?\d+)?$/;
      rows.forEach((pair, row) => {
        const numbers = pair.map((text) => (plain.test(text) ? Math.fround(Number(text)) : Number.NaN));
        const expected = numbers.every(Number.isFinite) ? numbers : [Number.NaN, Number.NaN];
        expect([places[2 * row]! + 0, places[2 * row + 1]! + 0]).toEqual(expected.map((value) => value + 0));
      });
    }),
    { seed: 20261125, numRuns: 300 },
  );
});

it('decimal commas are read as such throughout', () => {
  const places = finishWork(readCoordinates(packTexts(['1,5', '2']), packTexts(['0,25', '3'])));
  expect(Array.from(places)).toEqual([1.5, 0.25, 2, 3]);
});

it('a dataset keeps the columns by their names, blank rows left out', () => {
  const csv = 'x,y,text\n1,2,sea\n3,4,\n5,oops,land\n';
  const table = parseTable({ name: 'own.csv', bytes: new TextEncoder().encode(csv) });
  expect(table.guessedCoordinates).toEqual([0, 1]);
  const dataset = buildDataset(table, {
    textColumn: table.guessedText!,
    labelColumn: null,
    coordinates: table.guessedCoordinates,
    name: 'own.csv',
  });
  expect(dataset.coordinates).toEqual(['x', 'y']);
  const [x, y] = dataset.columns.map(({ cells }) => cells);
  expect(Array.from(finishWork(readCoordinates(x!, y!)))).toEqual([1, 2, Number.NaN, Number.NaN]);
});
