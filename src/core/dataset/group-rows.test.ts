import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countGroups, groupRows, inNumberOrder, orderByGroup } from './group-rows';
import { packTexts } from './text-column';

const cellsOf = fc.array(fc.constantFrom('', 'a', 'b', 'Ä', '日本', ' a'), { maxLength: 60 });

test('counts every row once, most frequent first', () => {
  fc.assert(
    fc.property(cellsOf, (cells) => {
      const groups = groupRows(packTexts(cells));
      expect(groups.emptyCount).toBe(cells.filter((cell) => cell === '').length);
      expect(new Set(groups.names)).toEqual(new Set(cells.filter((cell) => cell !== '')));
      groups.names.forEach((name, i) => {
        expect(groups.counts[i]).toBe(cells.filter((cell) => cell === name).length);
        if (i > 0) expect(groups.counts[i]).toBeLessThanOrEqual(groups.counts[i - 1]!);
      });
      cells.forEach((cell, row) => {
        expect(groups.names[groups.groupOf[row]!] ?? '').toBe(cell);
      });
    }),
    { seed: 20261122 },
  );
});

test('counts the rows of each group among some', () => {
  const groups = groupRows(packTexts(['a', 'b', '', 'a', 'a', 'b', 'c']));
  expect([...countGroups(groups, [0, 2, 3, 5])]).toEqual([2, 1, 0]);
});

test('puts a few numbers in their order, and leaves anything else', () => {
  const cells = ['3', '10', '', '3', '2', '10', '10'];
  const groups = inNumberOrder(groupRows(packTexts(cells)), 12);
  expect(groups.names).toEqual(['2', '3', '10']);
  expect(groups.counts).toEqual([1, 2, 3]);
  expect(cells.map((_, row) => groups.names[groups.groupOf[row]!] ?? '')).toEqual(cells);
  const words = groupRows(packTexts(['3', 'b', 'b']));
  expect(inNumberOrder(words, 12)).toBe(words);
  const many = groupRows(packTexts(Array.from({ length: 13 }, (_, i) => `${i}`)));
  expect(inNumberOrder(many, 12)).toBe(many);
});

test('orders rows by group without losing one', () => {
  fc.assert(
    fc.property(cellsOf, (cells) => {
      const groups = groupRows(packTexts(cells));
      const rows = Uint32Array.from(cells.keys()).filter((row) => row % 3 !== 1);
      const ordered = orderByGroup(groups, rows);
      expect([...ordered].sort((a, b) => a - b)).toEqual([...rows]);
      const places = [...ordered].map((row) =>
        groups.groupOf[row]! < 0 ? groups.names.length : groups.groupOf[row]!,
      );
      expect(places).toEqual([...places].sort((a, b) => a - b));
    }),
    { seed: 20261122 },
  );
});
