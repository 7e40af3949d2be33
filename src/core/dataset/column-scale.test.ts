import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { readDate, readScale } from './column-scale';
import { packTexts } from './text-column';

const scaleOf = (cells: string[]) => finishWork(readScale(packTexts(cells)));

describe('readScale', () => {
  it('takes a column of numbers as amounts, with what is empty or no number left out', () => {
    const cells = Array.from({ length: 200 }, (_, i) => String(i / 2));
    const scale = scaleOf([...cells, '', 'NaN', '1,000,000']);
    expect(scale).toMatchObject({
      kind: 'number',
      least: 0,
      most: 1_000_000,
      emptyCount: 2,
      low: 1,
      high: 99,
    });
    expect([...scale!.values.slice(198)]).toEqual([99, 99.5, Number.NaN, Number.NaN, 1_000_000]);
  });

  it('leaves classes and texts to be told apart by colour', () => {
    expect(scaleOf(Array.from({ length: 100 }, (_, i) => String(i % 12)))).toBeNull();
    expect(
      scaleOf(Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? `text ${i}` : String(i)))),
    ).toBeNull();
    expect(scaleOf(Array.from({ length: 10_000 }, (_, i) => `a sentence, number ${i}`))).toBeNull();
    expect(scaleOf(['', ''])).toBeNull();
  });

  it('puts dates on a line', () => {
    const scale = scaleOf(Array.from({ length: 28 }, (_, i) => `2024-02-${i + 1}`));
    expect(scale).toMatchObject({ kind: 'date', least: Date.UTC(2024, 1, 1), most: Date.UTC(2024, 1, 28) });
  });
});

it.each([
  ['2024-03-05', Date.UTC(2024, 2, 5)],
  ['2024/3/5 17:30', Date.UTC(2024, 2, 5, 17, 30)],
  ['2024-03-05T17:30:10Z', Date.UTC(2024, 2, 5, 17, 30, 10)],
  ['05.03.2024', Date.UTC(2024, 2, 5)],
  ['3/25/2024', Date.UTC(2024, 2, 25)],
  ['2024-13-05', Number.NaN],
  ['17:30', Number.NaN],
])('reads the date %s', (cell, value) => {
  expect(readDate(cell)).toBe(value);
});
