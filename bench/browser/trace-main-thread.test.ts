import { expect, test } from 'vitest';
import { readTrace } from './trace-main-thread';

const thread = { pid: 7, tid: 7 };
const task = (ts: number, dur: number, tdur?: number) => ({
  ...thread,
  name: 'RunTask',
  ph: 'X',
  ts,
  dur,
  tdur,
});
const mark = (name: string, ts: number) => ({ ...thread, name, ph: 'I', ts });
const begin = mark('bench: a', 1_000_000);
const end = mark('bench: b', 3_000_000);

test('only tasks of the marking thread between the marks count, by the time it had the processor', () => {
  const use = readTrace(
    [
      task(900_000, 90_000, 90_000),
      begin,
      task(1_100_000, 200_000, 60_000),
      { ...task(1_200_000, 500_000, 500_000), tid: 8 },
      { ...task(1_200_000, 500_000, 500_000), pid: 9 },
      { ...task(1_300_000, 100_000, 80_000), name: 'FunctionCall' },
      task(1_400_000, 40_000, 30_000),
      task(1_500_000, 90_000, 75_000),
      end,
      task(3_100_000, 90_000, 90_000),
    ],
    'bench: a',
    'bench: b',
  );
  expect(use).toEqual({
    pid: 7,
    wallMs: 2000,
    busyMs: 165,
    longTasksMs: [75, 60],
    longestTaskMs: 75,
    isThreadTime: true,
  });
});

test('where no thread time is measured the time that passed stands in, and says so', () => {
  const use = readTrace([begin, task(1_100_000, 70_000), end], 'bench: a', 'bench: b');
  expect(use).toMatchObject({ busyMs: 70, longestTaskMs: 70, isThreadTime: false });
});

test('a trace without a mark is refused', () => {
  expect(() => readTrace([begin], 'bench: a', 'bench: b')).toThrow('bench: b');
});
