import { describe, expect, it } from 'vitest';
import { askLatest } from './latest-answer';

interface Asked {
  question: number;
  answer(value: number): void;
  refuse(): void;
}

function start() {
  const asked: Asked[] = [];
  const told: [number, number | null][] = [];
  const line = askLatest<number, number>({
    ask: (question) =>
      new Promise((resolve, reject) => {
        asked.push({ question, answer: resolve, refuse: () => reject(new Error('no')) });
      }),
    tell: (question, answer) => told.push([question, answer]),
    turn: () => Promise.resolve(),
  });
  return { asked, told, line };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('askLatest', () => {
  it('asks the latest of those wanted in one turn', async () => {
    const { asked, told, line } = start();
    line.want(1);
    line.want(2);
    await settle();
    expect(asked.map(({ question }) => question)).toEqual([2]);
    asked[0]?.answer(20);
    await settle();
    expect(told).toEqual([[2, 20]]);
  });

  it('asks one at a time and passes over what was wanted in between', async () => {
    const { asked, told, line } = start();
    line.want(1);
    await settle();
    line.want(2);
    line.want(3);
    await settle();
    expect(asked).toHaveLength(1);
    asked[0]?.answer(10);
    await settle();
    expect(asked.map(({ question }) => question)).toEqual([1, 3]);
    asked[1]?.answer(30);
    await settle();
    expect(told).toEqual([[3, 30]]);
  });

  it('tells of a failure and goes on', async () => {
    const { asked, told, line } = start();
    line.want(1);
    await settle();
    asked[0]?.refuse();
    await settle();
    line.want(2);
    await settle();
    asked[1]?.answer(20);
    await settle();
    expect(told).toEqual([
      [1, null],
      [2, 20],
    ]);
  });

  it('tells nothing after it was stopped', async () => {
    const { asked, told, line } = start();
    line.want(1);
    await settle();
    line.stop();
    asked[0]?.answer(10);
    line.want(2);
    await settle();
    expect(asked).toHaveLength(1);
    expect(told).toEqual([]);
  });
});
