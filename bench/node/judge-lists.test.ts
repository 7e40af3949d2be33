import { expect, test } from 'vitest';
import { seededRandom } from '@/core/random';
import { makeClusteredRows } from '../contest/clustered-rows';
import { commonest, nearestOnMap, shareFound } from './judge-lists';

test('the nearest on a map come nearest first, ties by index', () => {
  const random = seededRandom(5);
  const layout = Float32Array.from({ length: 80 }, () => Math.floor(random() * 6));
  const apart = (a: number, b: number) =>
    (layout[2 * a]! - layout[2 * b]!) ** 2 + (layout[2 * a + 1]! - layout[2 * b + 1]!) ** 2;
  for (let row = 0; row < 40; row++) {
    const expected = Array.from({ length: 40 }, (_, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => apart(row, a) - apart(row, b) || a - b)
      .slice(0, 7);
    expect(nearestOnMap(layout, row, 7)).toEqual(expected);
  }
});

test('the label of most wins, of several the first', () => {
  expect(commonest([0, 1, 2], Int32Array.of(4, 5, 5))).toBe(5);
  expect(commonest([2, 0, 1, 3], Int32Array.of(4, 5, 5, 4))).toBe(5);
});

test('lists of the true neighbours score 1, lists with every other one wrong a half', () => {
  const [n, d, k] = [90, 12, 6];
  const { rows } = makeClusteredRows(n, d, 2);
  const cosine = (a: number, b: number) =>
    Array.from({ length: d }, (_, i) => rows[a * d + i]! * rows[b * d + i]!).reduce((x, y) => x + y);
  const sorted = Array.from({ length: n }, (_, row) =>
    Array.from({ length: n }, (_other, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => cosine(row, b) - cosine(row, a)),
  );
  const lists = (pick: (others: readonly number[]) => readonly number[]) =>
    Int32Array.from(sorted.flatMap(pick));
  expect(
    shareFound(
      rows,
      n,
      d,
      lists((others) => others.slice(0, k)),
    ),
  ).toBe(1);
  const halves = lists((others) => [...others.slice(0, k / 2), ...others.slice(-k / 2)]);
  expect(shareFound(rows, n, d, halves)).toBe(0.5);
  expect(
    shareFound(
      rows,
      n,
      d,
      lists((others) => Array.from({ length: k }, () => others[0]!)),
    ),
  ).toBeCloseTo(1 / k);
});
