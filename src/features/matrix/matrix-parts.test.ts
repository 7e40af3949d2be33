import { expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { packTexts } from '@/core/dataset/text-column';
import { listParts, partOfValue, rowsOfPart } from './matrix-parts';

const dataset: Dataset = {
  id: '0'.repeat(16),
  name: 'some',
  rowCount: 5,
  texts: packTexts(['a', 'b', 'c', 'd', 'e']),
  textColumn: null,
  columns: [{ name: 'topic', cells: packTexts(['x', 'y: z', 'x', '', 'x']) }],
  labelColumn: 'topic',
  sets: ['some'],
  notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
};
const members = Uint32Array.of(0, 1, 3, 4);

it('cuts to the members of a value or of the selection, and to all of them where there are none', () => {
  const rowsOf = (part: string, selection: number[] = []) => [
    ...rowsOfPart(dataset, part, members, selection).rows,
  ];
  expect(rowsOf('all')).toEqual([0, 1, 3, 4]);
  expect(rowsOf(partOfValue('topic', 'x'))).toEqual([0, 4]);
  expect(rowsOf(partOfValue('topic', 'y: z'))).toEqual([1]);
  expect(rowsOf(partOfValue('topic', 'gone'))).toEqual([0, 1, 3, 4]);
  expect(rowsOf('selection', [2, 3, 4])).toEqual([3, 4]);
  expect(rowsOf('selection', [2])).toEqual([0, 1, 3, 4]);
});

it('names other rows otherwise', () => {
  const keyOf = (selection: number[]) => rowsOfPart(dataset, 'selection', members, selection).key;
  expect(keyOf([0, 1])).not.toBe(keyOf([0, 3]));
  expect(keyOf([0, 1])).toBe(keyOf([0, 1]));
});

it('lists the selection only where there is one, and every value', () => {
  expect(listParts(dataset, 0).map(({ label }) => label)).toEqual(['All rows', 'topic: x', 'topic: y: z']);
  expect(listParts(dataset, 2)[1]!.value).toBe('selection');
});
