import { type BenchmarkGroup, chooseShapes, compareFigures, timeInTurns } from '../benchmark';
import type { Task } from '../contest/task';
import type {} from './contest-page';
import { withPageArena } from './page-arena';

const usual = [{ n: 10_000, d: 384 }];
const beyond = [
  { n: 10_000, d: 1024 },
  { n: 20_000, d: 384 },
];

/**
 * How much faster two workers are than one: by the time that passes, of which to tell only on a machine that is quiet; and by half
 * of both workers' processor time, which is what passes where each has a core of its own and the work is shared out evenly.
 */
export const twoWorkers: BenchmarkGroup = {
  name: 'two-workers',
  about: 'the page’s neighbour search by two workers that share the matrix, and by one',
  where: 'browser',
  async *run(context) {
    yield* await withPageArena(context, async ({ page, clock, leastMs }) => {
      const results = [];
      for (const shape of chooseShapes(context, usual, beyond)) {
        const task: Task = { kind: 'neighbours', ...shape, seed: 7 };
        await page.evaluate(() => contests.close());
        const open = (size: number) =>
          page.evaluate(([wanted, count]) => contests.openPool(wanted, count), [task, size] as const);
        const [one, two] = [await open(1), await open(2)];
        const find = (pool: number) => () => page.evaluate((number) => contests.findNeighbours(number), pool);
        const contenders = { one: find(one), two: find(two) };
        const { rounds } = context;
        const passed = await timeInTurns(contenders, { rounds });
        const spent = await timeInTurns(contenders, { rounds, clock, leastMs });
        const figure = { ...shape, unit: 'ms', better: 'less' } as const;
        results.push(
          compareFigures({
            ...figure,
            name: 'nearest rows, k = 30, two workers, time that passes',
            value: passed.two,
            peer: { name: 'one worker', value: passed.one },
          }),
          compareFigures({
            ...figure,
            name: 'nearest rows, k = 30, half of two workers’ processor time',
            value: spent.two / 2,
            peer: { name: 'one worker', value: spent.one },
          }),
        );
      }
      return results;
    });
  },
};
