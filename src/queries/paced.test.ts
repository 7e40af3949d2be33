import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('acts at most every so often, says the last thing too, and nothing once it is stopped', () => {
  const said: number[] = [];
  let latest = 0;
  const pace = paced(100, () => said.push(latest));
  const say = (value: number) => {
    latest = value;
    pace.soon();
  };
  say(1);
  say(2);
  say(3);
  expect(said).toEqual([1]);
  vi.advanceTimersByTime(99);
  expect(said).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual([1, 3]);
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([1, 3]);

  say(4);
  latest = 5;
  pace.now();
  expect(said).toEqual([1, 3, 4, 5]);
  say(6);
  pace.stop();
  vi.advanceTimersByTime(1000);
  expect(said).toEqual([1, 3, 4, 5]);
});
