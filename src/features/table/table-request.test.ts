import { expect, test } from 'vitest';
import { describeTable } from './describe-table';
import type { TableColumn } from './table-column';
import { readRequest } from './table-request';

const column = (key: string, source: TableColumn['source'], isNumeric: boolean): TableColumn => ({
  key,
  name: key,
  source,
  sourceKey: key,
  isNumeric,
  widthPx: 100,
  textAt: String,
});
const columns = [
  column('text', 'text', false),
  column('score', 0, true),
  column('trust', Float64Array.of(0.5, 0.7), true),
];
const choices = { sort: null, filters: {}, among: null };

test('filters become conditions: a text for texts, a range for numbers', () => {
  const filters = { text: ' red ', score: '> 2', trust: '0.7', gone: 'x' };
  const { conditions, unreadable } = readRequest(columns, { ...choices, filters });
  expect(conditions).toEqual([
    { kind: 'contains', column: 'text', text: 'red' },
    { kind: 'range', column: 0, range: expect.objectContaining({ low: 2, isLowOpen: true }) },
    {
      kind: 'range',
      column: columns[2]!.source,
      range: { low: expect.closeTo(0.65), high: expect.closeTo(0.75), isLowOpen: false, isHighOpen: true },
    },
  ]);
  expect(unreadable.size).toBe(0);
});

test('what says nothing about computed numbers is named; a given column is searched as written', () => {
  const { conditions, unreadable } = readRequest(columns, {
    ...choices,
    filters: { score: '2', trust: 'high' },
  });
  expect(conditions).toEqual([{ kind: 'contains', column: 0, text: '2' }]);
  expect([...unreadable]).toEqual(['trust']);
});

test('a sort by a column that is not there is left aside, and no choice at all is an empty key', () => {
  expect(readRequest(columns, { ...choices, sort: { column: 'gone', isDescending: true } })).toMatchObject({
    sort: null,
    key: [],
  });
  const sorted = readRequest(columns, { ...choices, sort: { column: 'trust', isDescending: true } });
  expect(sorted.sort).toEqual({ column: columns[2]!.source, isDescending: true });
  expect(sorted.key.length).toBeGreaterThan(0);
});

test('the sentence counts what is shown', () => {
  const all = {
    rowCount: 10_003,
    shownCount: 10_003,
    sortedBy: null,
    isDescending: false,
    filtered: [],
    isSelectedOnly: false,
  };
  expect(describeTable(all)).toEqual({ headline: '10,003 rows', text: 'in the order of the source' });
  expect(
    describeTable({
      ...all,
      shownCount: 41,
      sortedBy: 'Length',
      isDescending: true,
      filtered: ['label'],
      isSelectedOnly: true,
    }),
  ).toEqual({
    headline: '41 of 10,003 rows',
    text: 'by Length, high to low · filtered by label · selected rows only',
  });
});
