import { expect, test } from 'vitest';
import { compareFigures, median, timeInTurns } from './benchmark';

const shape = { name: 'a figure', n: 10, d: 4, unit: 'ms' };

test('a ratio above 1 says that ours is better, whichever way the unit goes', () => {
  const peer = { name: 'theirs', value: 20 };
  expect(compareFigures({ ...shape, better: 'less', value: 5, peer }).ratio).toBe(4);
  expect(compareFigures({ ...shape, better: 'more', value: 5, peer }).ratio).toBe(0.25);
});

test('without a peer its fields and the ratio are null', () => {
  const result = compareFigures({ ...shape, better: 'less', value: 5 });
  expect(JSON.parse(JSON.stringify(result))).toEqual({
    ...shape,
    value: 5,
    peer: null,
    peerValue: null,
    ratio: null,
  });
});

test('the median is the middle value, whatever the order', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([10, 9, 100])).toBe(10);
  expect(() => median([])).toThrow(RangeError);
});

test('contenders take turns, each first in every other round, after one round that does not count', async () => {
  const order: string[] = [];
  const times = await timeInTurns(
    { ours: () => order.push('ours'), theirs: async () => order.push('theirs') },
    3,
  );
  expect(order).toEqual([
    ...['theirs', 'ours'],
    ...['ours', 'theirs'],
    ...['theirs', 'ours'],
    ...['ours', 'theirs'],
  ]);
  expect(Object.keys(times)).toEqual(['ours', 'theirs']);
  expect(times.ours).toBeGreaterThanOrEqual(0);
});
