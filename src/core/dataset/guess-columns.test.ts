import { describe, expect, it } from 'vitest';

import { guessColumns } from './guess-columns';
import { packTexts } from './text-column';

const sentence = (i: number) => `Sentence number ${i} says something about topic ${i * 7}`;

function guess(columns: Record<string, (row: number) => string>, rowCount = 40) {
  const packed = Object.entries(columns).map(([name, cell]) => ({
    name,
    cells: packTexts(Array.from({ length: rowCount }, (_, row) => cell(row))),
  }));
  const { text, label } = guessColumns(packed, rowCount);
  return [text === null ? null : packed[text]!.name, label === null ? null : packed[label]!.name];
}

describe('guessColumns', () => {
  it('goes by names', () => {
    const row = (i: number) => `word ${i}`;
    expect(guess({ summary: row, text: row, intent: (i) => `c${i % 4}` })).toEqual(['text', 'intent']);
    expect(guess({ 标签: (i) => `c${i % 4}`, 内容: row })).toEqual(['内容', '标签']);
    expect(guess({ reviewText: row, text_id: row, Kategorie: (i) => `c${i % 2}` })).toEqual([
      'reviewText',
      'Kategorie',
    ]);
  });

  it('goes by content where names say nothing', () => {
    expect(
      guess({
        a: (i) => String(i),
        b: (i) => `2024-01-${10 + (i % 20)}`,
        c: (i) => `https://example.org/a-rather-long-address/that-goes-on/${i}`,
        d: sentence,
        e: (i) => (i % 2 ? 'spam' : 'ham'),
      }),
    ).toEqual(['d', 'e']);
  });

  it('prefers a short column called text to a longer description', () => {
    expect(
      guess({ id: String, text: (i) => String.fromCodePoint(0x1f600 + i), description: sentence }),
    ).toEqual(['text', null]);
  });

  it('takes neither fractions nor nearly distinct values for labels, nor the text itself', () => {
    expect(guess({ text: sentence, score: (i) => `${i % 5}.5`, other: sentence })).toEqual(['text', null]);
    expect(guess({ text: sentence, label: (i) => `l${i}` })).toEqual(['text', null]);
    expect(guess({ text: (i) => (i % 2 ? 'yes' : 'no') })).toEqual(['text', null]);
    expect(guess({ text: sentence, label: () => 'same' })).toEqual(['text', null]);
  });

  it('allows two labels in a table of two rows', () => {
    expect(guess({ text: sentence, label: (i) => `l${i}` }, 2)).toEqual(['text', 'label']);
  });

  it('finds no text in numbers, dates and blanks', () => {
    expect(guess({ x: (i) => `${i}.25`, day: () => '2024-05-06', none: () => ' ' })).toEqual([null, null]);
  });
});
