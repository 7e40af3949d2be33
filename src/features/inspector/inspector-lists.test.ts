import { expect, test } from 'vitest';
import { chooseColumns, chooseRun } from './choose-columns';

const runs = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const ids = (columns: { id: string }[]) => columns.map(({ id }) => id);

test('the active run and the first other one stand side by side until others are chosen', () => {
  expect(ids(chooseColumns(runs, [null, null], 'b'))).toEqual(['b', 'a']);
  expect(ids(chooseColumns(runs, [null, null], null))).toEqual(['a', 'b']);
  expect(ids(chooseColumns(runs, ['c', null], 'b'))).toEqual(['c', 'b']);
  expect(ids(chooseColumns(runs, ['c', 'a'], 'b'))).toEqual(['c', 'a']);
  expect(ids(chooseColumns(runs, ['gone', 'b'], 'b'))).toEqual(['b', 'a']);
  expect(ids(chooseColumns(runs.slice(0, 1), ['c', 'b'], 'b'))).toEqual(['a']);
  expect(chooseColumns([], ['c', 'b'], 'b')).toEqual([]);
});

test('a run chosen for one column leaves the other, which takes what stood there', () => {
  const shown = runs.slice(0, 2);
  expect(chooseRun(shown, 0, 'c')).toEqual(['c', 'b']);
  expect(chooseRun(shown, 0, 'b')).toEqual(['b', 'a']);
  expect(chooseRun(shown, 1, 'a')).toEqual(['b', 'a']);
});
