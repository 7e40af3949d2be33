import { expect, it } from 'vitest';
import { readScale } from '@/core/dataset/column-scale';
import { rangeGroups } from '@/core/dataset/range-groups';
import { packTexts } from '@/core/dataset/text-column';
import { finishWork } from '@/core/work';

const groupsOfCells = (cells: readonly string[]) => rangeGroups(finishWork(readScale(packTexts(cells)))!);

it('has about as many rows in each range, rising, and names it by its ends', () => {
  const cells = Array.from({ length: 100 }, (_, i) => String((i * 37) % 100));
  const { names, counts, groupOf } = groupsOfCells(cells);
  expect(names).toHaveLength(10);
  expect(names[0]).toBe('0 to 9');
  expect(names[9]).toBe('90 to 99');
  expect(counts).toEqual(Array(10).fill(10));
  cells.forEach((cell, row) => {
    expect(groupOf[row]).toBe(Math.floor(Number(cell) / 10));
  });
});

it('keeps equal values together, and rows without a value apart', () => {
  const cells = [...Array(60).fill('5'), ...Array.from({ length: 40 }, (_, i) => String(i / 4)), '', ''];
  const { names, counts, groupOf, emptyCount } = groupsOfCells(cells);
  expect(emptyCount).toBe(2);
  expect(groupOf[100]).toBe(-1);
  expect(new Set(groupOf.slice(0, 60)).size).toBe(1);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100);
  expect(counts).toHaveLength(names.length);
  const rows = [...groupOf.keys()].filter((row) => groupOf[row]! >= 0);
  rows.sort((a, b) => Number(cells[a]) - Number(cells[b]));
  const rising = rows.map((row) => groupOf[row]!);
  expect(rising).toEqual(rising.toSorted((a, b) => a - b));
});
