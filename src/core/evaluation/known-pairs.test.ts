import { describe, expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { packTexts } from '@/core/dataset/text-column';
import { choosePairColumns, pairsByLabel, readPairFile } from './known-pairs';

const texts = ['one', 'two', 'three', 'one', 'four'];
const dataset: Dataset = {
  id: '0'.repeat(16),
  name: 'some',
  rowCount: texts.length,
  texts: packTexts(texts),
  textColumn: null,
  columns: [],
  labelColumn: null,
  sets: ['some'],
  notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
};
const column = (...cells: string[]) => packTexts(cells);

describe('pairsByLabel', () => {
  it('takes all pairs of labelled rows', () => {
    const { rows, same, isSampled } = pairsByLabel(Int32Array.of(0, -1, 1, 0));
    expect([...rows]).toEqual([0, 2, 0, 3, 2, 3]);
    expect([...same]).toEqual([0, 1, 0]);
    expect(isSampled).toBe(false);
  });

  it('samples different pairs where there are too many, about as many of one label as there are', () => {
    const groupOf = Int32Array.from({ length: 400 }, (_, row) => row % 5);
    const { rows, same, isSampled } = pairsByLabel(groupOf, 5000);
    expect(isSampled).toBe(true);
    const keys = new Set(Array.from(same, (_, pair) => `${rows[2 * pair]} ${rows[2 * pair + 1]}`));
    expect(keys.size).toBe(5000);
    const share = same.reduce((sum, value) => sum + value, 0) / 5000;
    expect(Math.abs(share - 79 / 399)).toBeLessThan(0.02);
  });
});

describe('readPairFile', () => {
  it('reads words, leaves out what is not there and says how much', () => {
    const found = readPairFile(
      dataset,
      column('one', 'two', 'six', 'one', 'two'),
      column('two', 'three', 'one', 'one', 'four'),
      column('same', 'No', 'yes', 'yes', 'perhaps'),
    );
    expect([...found.rows]).toEqual([0, 1, 1, 2]);
    expect([...found.same]).toEqual([1, 0]);
    expect(found).toMatchObject({ withoutRows: 2, withoutJudgement: 1, scoreFrom: null });
  });

  it('takes the upper half of scores for the same, and 1 and 0 as they are', () => {
    const a = column('one', 'two', 'three');
    const b = column('two', 'three', 'four');
    const scored = readPairFile(dataset, a, b, column('0.5', '2.5', '4.5'));
    expect(scored.scoreFrom).toBe(2.5);
    expect([...scored.same]).toEqual([0, 1, 1]);
    expect([...readPairFile(dataset, a, b, column('0', '1', '1')).same]).toEqual([0, 1, 1]);
  });

  it('finds the two columns of texts and that of judgements', () => {
    const columns = [
      { name: 'source', cells: column('news', 'news') },
      { name: 'score', cells: column('1.2', '3') },
      { name: 'first', cells: column('one', 'two') },
      { name: 'second', cells: column('two', 'nine') },
    ];
    expect(choosePairColumns(new Set(texts), columns)).toEqual({ a: 2, b: 3, judgement: 1 });
    expect(choosePairColumns(new Set(texts), columns.slice(0, 3))).toBeNull();
  });
});
