import { describe, expect, it } from 'vitest';
import type { Dataset } from '@/core/dataset/dataset';
import { packTexts } from '@/core/dataset/text-column';
import { findGoldPairs, placePairs, sameFrom } from './judged-pairs';

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

describe('findGoldPairs', () => {
  it('finds two texts and a score, whatever else the table has', () => {
    const found = findGoldPairs([
      ['1', '2', '3'],
      ['a man sings', 'rain falls', ''],
      ['someone sings', 'the sun shines', 'x'],
      ['4.2', '0,5', '3'],
    ])!;
    expect(found).toMatchObject({ kind: 'score', skipped: 1, first: ['a man sings', 'rain falls'] });
    expect(found.second).toEqual(['someone sings', 'the sun shines']);
    expect(Array.from(found.scores)).toEqual([4.2, 0.5]);
    expect(sameFrom(found)).toBeCloseTo(2.35, 10);
  });

  it('reads same and not in words, and refuses tables without judgements', () => {
    const found = findGoldPairs([
      ['one text', 'two texts'],
      ['text one', 'nothing'],
      ['same', 'Not'],
    ])!;
    expect(found.kind).toBe('same');
    expect(Array.from(found.scores)).toEqual([1, 0]);
    expect(sameFrom(found)).toBeNull();
    expect(
      findGoldPairs([
        ['a', 'b'],
        ['c', 'd'],
      ]),
    ).toBeNull();
    expect(findGoldPairs([['a text'], ['1']])).toBeNull();
    expect(findGoldPairs([])).toBeNull();
  });

  it('knows the texts of the dataset among longer ones, and numbers among texts', () => {
    const columns = [
      ['a long remark of somebody', 'another long remark'],
      ['1', '0'],
      ['one', 'two'],
      ['two', 'nine'],
    ];
    expect(findGoldPairs(columns, new Set(texts))).toMatchObject({
      first: ['one', 'two'],
      second: ['two', 'nine'],
      kind: 'same',
    });
    // Texts that are numbers themselves are no judgements.
    const numbers = findGoldPairs(
      [
        ['12', '7'],
        ['7', '12'],
        ['yes', 'no'],
      ],
      new Set(['12', '7']),
    )!;
    expect(Array.from(numbers.scores)).toEqual([1, 0]);
    // Half of the judgements can be missing where the texts are known.
    const half = findGoldPairs(
      [
        ['one', 'two'],
        ['two', 'four'],
        ['yes', 'perhaps'],
      ],
      new Set(texts),
    )!;
    expect(half).toMatchObject({ first: ['one'], skipped: 1 });
  });
});

it('places pairs on the first rows with their texts, without those of one row or none', () => {
  const pairs = findGoldPairs([
    [' one', 'two', 'six', 'one', 'two'],
    ['two', 'three ', 'one', 'one', 'four'],
    ['5', '1', '0', '5', '2.5'],
  ])!;
  const { rows, scores, absent } = placePairs(dataset, pairs);
  expect([...rows]).toEqual([0, 1, 1, 2, 1, 4]);
  expect([...scores]).toEqual([5, 1, 2.5]);
  expect(absent).toBe(2);
});
