import { type BenchmarkGroup, chooseShapes, compareFigures, timeInTurns } from '../benchmark';
import type { Task } from '../contest/task';
import type {} from './contest-page';
import { withPageArena } from './page-arena';

const usual = [{ n: 10_000, d: 384 }];
const beyond = [
  { n: 10_000, d: 1024 },
  { n: 20_000, d: 384 },
];

/** How much faster two workers are than one, by the time that passes: tell of it only on a machine that is quiet. */
export const twoWorkers: BenchmarkGroup = {
  name: 'two-workers',
  about: 'the page’s neighbour search by two workers that share the matrix, and by one; time that passes',
  where: 'browser',
  async *run(context) {
    yield* await withPageArena(context, async ({ page }) => {
      const results = [];
      for (const shape of chooseShapes(context, usual, beyond)) {
        const task: Task = { kind: 'neighbours', ...shape, seed: 7 };
        await page.evaluate(() => contests.close());
        const open = (size: number) =>
          page.evaluate(([wanted, count]) => contests.openPool(wanted, count), [task, size] as const);
        const [one, two] = [await open(1), await open(2)];
        const find = (pool: number) => () => page.evaluate((number) => contests.findNeighbours(number), pool);
        const times = await timeInTurns({ one: find(one), two: find(two) }, { rounds: context.rounds });
        results.push(
          compareFigures({
            name: 'nearest rows, k = 30, two workers',
            ...shape,
            unit: 'ms',
            better: 'less',
            value: times.two,
            peer: { name: 'one worker', value: times.one },
          }),
        );
      }
      return results;
    });
  },
};
