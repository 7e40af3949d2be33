import { expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { packTexts } from '@/core/dataset/text-column';
import { keptRowsCsv, pairsCsv } from './pairs-csv';

const dataset: Dataset = {
  id: '0'.repeat(16),
  name: 'some',
  rowCount: 4,
  texts: packTexts(['one, "two"', '=three', 'four', 'five']),
  textColumn: null,
  columns: [{ name: 'topic', cells: packTexts(['x', '', '-y', 'x']) }],
  labelColumn: 'topic',
  sets: ['some'],
  notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
};

it('writes pairs with both texts, formulas disarmed', () => {
  const pairs = { a: Uint32Array.of(0, 2), b: Uint32Array.of(1, 3), values: Float32Array.of(0.75, -0.5) };
  expect(pairsCsv(dataset, pairs, 'similarity')).toBe(
    'a,b,similarity,text a,text b\n0,1,0.750000,"one, ""two""",\'=three\n2,3,-0.500000,four,five\n',
  );
});

it('keeps the first row of each set and says for which it stands', () => {
  expect(keptRowsCsv(dataset, [Uint32Array.of(0, 1, 3)])).toBe(
    'row,text,topic,stands for\n0,"one, ""two""",x,1 3\n2,four,\'-y,\n',
  );
});
