import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { buildDataset } from './build-dataset';
import { readCoordinates } from './coordinates';
import { columnNamed, type Dataset } from './dataset';
import { joinCoordinates, keepAddedColumns } from './join-coordinates';
import { parseTable } from './parse-table';

const table = (name: string, text: string) => parseTable({ name, bytes: new TextEncoder().encode(text) });
const shown = buildDataset(table('own.csv', 'text,x\nsea,a\nland,b\n ,c\nair,d\n'), {
  textColumn: 0,
  labelColumn: null,
  name: 'own.csv',
});

const placesOf = (dataset: Dataset) => {
  const [x, y] = dataset.coordinates!.map((name) => columnNamed(dataset, name)!.cells);
  return Array.from(finishWork(readCoordinates(x!, y!)));
};

it('two columns of numbers alone go by the order of the rows; the dataset stays the same one', () => {
  const places = table('map.csv', 'x,y\n1,2\n3,4\n5,6\n');
  expect(places.guessedText).toBeNull();
  expect(places.guessedCoordinates).toEqual([0, 1]);
  const joined = joinCoordinates(shown, places, { textColumn: null, coordinates: [0, 1] });
  expect(joined).toMatchObject({ id: shown.id, rowCount: 3, coordinates: ['x (2)', 'y'] });
  expect(joined.addedColumns).toEqual(['x (2)', 'y']);
  expect(joined.columns.map(({ name }) => name)).toEqual(['x', 'x (2)', 'y']);
  expect(placesOf(joined)).toEqual([1, 2, 3, 4, 5, 6]);

  // The same again adds nothing.
  const again = joinCoordinates(joined, places, { textColumn: null, coordinates: [0, 1] });
  expect(again.columns).toEqual(joined.columns);
  expect(again.addedColumns).toEqual(joined.addedColumns);
});

it('with texts, blank rows have no place and every text must be the same', () => {
  const csv = (third: string) =>
    table('map.csv', `text,umap_1,umap_2\nsea,1,2\n,9,9\nland,3,4\n${third},5,6\n`);
  const choice = { textColumn: 0, coordinates: [1, 2] } as const;
  expect(placesOf(joinCoordinates(shown, csv('air'), choice))).toEqual([1, 2, 3, 4, 5, 6]);
  expect(() => joinCoordinates(shown, csv('Air'), choice)).toThrow(/row 2 is “air” there and “Air”/);
  expect(() => joinCoordinates(shown, csv(''), choice)).toThrow(/2 rows with a text.*3 rows/);
});

it('another count of rows is refused with both numbers', () => {
  const short = table('map.csv', 'x,y\n1,2\n3,4\n');
  expect(() => joinCoordinates(shown, short, { textColumn: null, coordinates: [0, 1] })).toThrow(
    /It has 2 rows, and the data on the screen has 3 rows/,
  );
});

it('numbers under other names are no map by themselves', () => {
  expect(() => table('map.csv', 'lon,lat\n1,2\n3,4\n')).toThrow(/call these x and y/);
});

it('the same file read again keeps what had joined it, and the map of it', () => {
  const places = table('map.csv', 'x,y\n1,2\n3,4\n5,6\n');
  const joined = joinCoordinates(shown, places, { textColumn: null, coordinates: [0, 1] });
  expect(keepAddedColumns(shown, joined)).toEqual(joined);
  expect(keepAddedColumns(joined, joined)).toEqual(joined);
  expect(keepAddedColumns(shown, shown)).toBe(shown);

  // What came otherwise since, under the same name, stays beside it.
  const other = table('other.csv', 'x,y\n9,8\n7,6\n5,4\n');
  const others = joinCoordinates(shown, other, { textColumn: null, coordinates: [0, 1] });
  const both = keepAddedColumns(others, joined);
  expect(both.columns.map(({ name }) => name)).toEqual(['x', 'x (2)', 'y', 'x (2) (2)', 'y (2)']);
  expect(both.addedColumns).toEqual(['x (2)', 'y', 'x (2) (2)', 'y (2)']);
  expect(placesOf(both)).toEqual([1, 2, 3, 4, 5, 6]);
});
