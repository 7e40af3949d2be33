import { expect, it } from 'vitest';
import { allocateSharedSearch, viewSharedSearch } from './shared-search';

it.each([0, 1, 7, 100])('has room of its own for everything that a search of %i members shares', (count) => {
  const buffer = allocateSharedSearch(count);
  const { taken, bars, sketches } = viewSharedSearch(buffer);
  expect([taken.length, bars.length, sketches.counters.length]).toEqual([1, count, 3]);
  expect([taken[0], ...sketches.counters]).toEqual([0, 0, 0, 0]);
  expect(bars.every((bar) => bar === -(2 ** 31))).toBe(true);
  taken.fill(1);
  bars.fill(2);
  sketches.counters.fill(3);
  sketches.values.fill(4);
  const again = viewSharedSearch(buffer);
  expect([...again.taken]).toEqual([1]);
  expect(again.bars.every((bar) => bar === 2)).toBe(true);
  expect([...again.sketches.counters]).toEqual([3, 3, 3]);
  expect(again.sketches.values).toHaveLength(64 * count);
});
