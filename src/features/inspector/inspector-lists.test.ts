import { expect, test } from 'vitest';
import { chooseRun, orderColumns } from './order-columns';

const runs = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const ids = (columns: { id: string }[]) => columns.map(({ id }) => id).join('');

test('every run has a column: what was chosen first, then the active run, then the others', () => {
  expect(ids(orderColumns(runs, [], 'b'))).toBe('bac');
  expect(ids(orderColumns(runs, [null, null], null))).toBe('abc');
  expect(ids(orderColumns(runs, ['c', null], 'b'))).toBe('cba');
  expect(ids(orderColumns(runs, ['c', 'a'], 'b'))).toBe('cab');
  expect(ids(orderColumns(runs, ['gone', 'b'], 'b'))).toBe('bac');
  expect(ids(orderColumns(runs.slice(0, 1), ['c', 'b'], 'b'))).toBe('a');
  expect(orderColumns([], ['c', 'b'], 'b')).toEqual([]);
});

test('a run chosen for a column changes places with the one that stood there', () => {
  expect(chooseRun(runs, 0, 'c').join('')).toBe('cba');
  expect(chooseRun(runs, 1, 'a').join('')).toBe('bac');
  expect(chooseRun(runs, 2, 'c').join('')).toBe('abc');
  expect(chooseRun(runs, 0, 'gone').join('')).toBe('abc');
});
