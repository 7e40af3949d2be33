import { expect, test } from 'vitest';
import { compareFigures, fitGrowth, median, OwnTime, timeInTurns } from './benchmark';

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
    { rounds: 3 },
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

test('a contender that keeps its own time is believed', async () => {
  const times = await timeInTurns({ theirs: () => new OwnTime(1234) }, { rounds: 2 });
  expect(times.theirs).toBe(1234);
});

test('a turn is repeated until its clock has gone on far enough, and tells the time of one', async () => {
  let now = 0;
  const times = await timeInTurns(
    {
      ours: () => {
        now += 3;
      },
    },
    { rounds: 1, clock: () => now, leastMs: 10 },
  );
  expect(now).toBe(2 * 12);
  expect(times.ours).toBe(3);
});

test('what is slow has fewer rounds, but one that counts', async () => {
  let runs = 0;
  const slow = async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 30));
  };
  const times = await timeInTurns({ slow }, { rounds: 5, budgetMs: 30 });
  expect(runs).toBe(1);
  expect(times.slow).toBeGreaterThan(20);
});

test('growth is the exponent of the power that fits', () => {
  const points = [1000, 5000, 20_000].map((n) => ({ n, ms: 3e-4 * n ** 1.7 }));
  expect(fitGrowth(points)).toBeCloseTo(1.7, 10);
  expect(() => fitGrowth([{ n: 10, ms: 1 }])).toThrow(RangeError);
});
