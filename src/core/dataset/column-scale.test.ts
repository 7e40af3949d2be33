import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { offeredColumn, offeredColumns } from './colour-column';
import { placeOnScale, readDate, readScale, valueOnScale } from './column-scale';
import type { Dataset } from './dataset';
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

  it('counts different values, and takes no texts and no single value', () => {
    expect(scaleOf(Array.from({ length: 100 }, (_, i) => String(i % 12)))).toMatchObject({
      distinctCount: 12,
    });
    expect(scaleOf(['7', '7', ''])).toBeNull();
    expect(
      scaleOf(Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? `text ${i}` : String(i)))),
    ).toBeNull();
    expect(scaleOf(Array.from({ length: 10_000 }, (_, i) => `a sentence, number ${i}`))).toBeNull();
    expect(scaleOf(['', ''])).toBeNull();
  });

  it('follows the logarithm where most values would share the lowest colours, and only there', () => {
    const skewed = Array.from({ length: 101 }, (_, i) => String(Math.round(10 ** (i / 20) * 100) / 100));
    expect(scaleOf(skewed)).toMatchObject({ isLogarithmic: true, least: 1, most: 100_000 });
    expect(scaleOf([...skewed, '0'])).toMatchObject({ isLogarithmic: true });
    expect(scaleOf([...skewed, '-1'])).toMatchObject({ isLogarithmic: false });
    expect(scaleOf(Array.from({ length: 100 }, (_, i) => String(i)))).toMatchObject({ isLogarithmic: false });
  });

  it('places values between its ends, and finds them again', () => {
    const ends = fc
      .tuple(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 1, max: 1e6, noNaN: true }),
        fc.boolean(),
      )
      .map(([low, range, isLogarithmic]) => ({ low, high: low + range, isLogarithmic }));
    fc.assert(
      fc.property(ends, fc.double({ min: 0, max: 1, noNaN: true }), (scale, share) => {
        expect(placeOnScale(scale, valueOnScale(scale, share))).toBeCloseTo(share, 6);
        expect(placeOnScale(scale, scale.low - 1)).toBe(0);
        expect(placeOnScale(scale, scale.high + 1)).toBe(1);
        expect(placeOnScale(scale, Number.NaN)).toBeNaN();
      }),
      { seed: 20261125 },
    );
    expect(placeOnScale({ low: 1, high: 100, isLogarithmic: true }, 10)).toBeCloseTo(0.5);
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

describe('the length of texts', () => {
  const dataset = (texts: string[], names: string[]): Dataset => ({
    id: 'd',
    name: 'd',
    rowCount: texts.length,
    texts: packTexts(texts),
    textColumn: null,
    columns: names.map((name) => ({ name, cells: packTexts(texts.map(() => 'a')) })),
    labelColumn: null,
    sets: ['d'],
    notes: { blankSkipped: 0, duplicates: 0, remarks: [] },
  });

  it('is a column like those of the data, along a scale', () => {
    const some = dataset(['', 'abc', '🐦 bird', 'x'.repeat(500)], ['kind']);
    const length = offeredColumns(some).find(({ name }) => name === 'Length');
    expect(offeredColumns(some).map(({ name }) => name)).toEqual(['kind', 'Length']);
    expect(offeredColumn(some, 'Length')).toBe(length);
    expect([...finishWork(readScale(length!.cells))!.values]).toEqual([0, 3, 7, 500]);
  });

  it('gives way to a column of that name', () => {
    const own = dataset(['one', 'three'], ['Length']);
    expect(offeredColumns(own)).toEqual(own.columns);
    expect(offeredColumn(own, 'Length')).toBe(own.columns[0]);
  });
});
