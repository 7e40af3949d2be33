import { availableParallelism } from 'node:os';
import { type BenchmarkGroup, chooseShapes, compareFigures, timeInTurns } from '../benchmark';
import type { Task } from '../contest/task';
import type {} from './contest-page';
import { withPageArena } from './page-arena';

const usual = [{ n: 10_000, d: 384 }];
const beyond = [
  { n: 10_000, d: 1024 },
  { n: 20_000, d: 384 },
];
const wantedCounts = [1, 2, 4, 8, 12, 15];

/**
 * How much faster several workers are than one: by the time that passes, of which to tell only on a machine that is quiet, for as
 * many as leave a core to the page. Where that is not even two, also by half of both workers' processor time, which is what passes
 * where each has a core of its own and the work is shared out evenly.
 */
export const workerCounts: BenchmarkGroup = {
  name: 'workers',
  about: 'the page’s neighbour search by several workers that share the matrix, and by one',
  where: 'browser',
  async *run(context) {
    const cores = availableParallelism();
    const counts = wantedCounts.filter((count) => count <= Math.max(2, cores - 1));
    yield* await withPageArena(context, async ({ page, clock, leastMs }) => {
      const results = [];
      for (const shape of chooseShapes(context, usual, beyond)) {
        const task: Task = { kind: 'neighbours', ...shape, seed: 7 };
        await page.evaluate(() => contests.close());
        await page.evaluate(([wanted, sizes]) => contests.openPools(wanted, sizes), [task, counts] as const);
        context.say(`${shape.n} × ${shape.d}: ${counts.join(', ')} workers`);
        const find = (pool: number) => () => page.evaluate((number) => contests.findNeighbours(number), pool);
        const contenders = Object.fromEntries(counts.map((count, pool) => [count, find(pool)]));
        const { rounds } = context;
        const figure = { ...shape, unit: 'ms', better: 'less' } as const;
        const passed = await timeInTurns(contenders, { rounds, budgetMs: 180_000 });
        for (const count of counts.slice(1))
          results.push(
            compareFigures({
              ...figure,
              name: `nearest rows, k = 30, ${count} workers, time that passes`,
              value: passed[count]!,
              peer: { name: 'one worker', value: passed[1]! },
            }),
          );
        if (cores > 2) continue;
        const spent = await timeInTurns(contenders, { rounds, clock, leastMs });
        results.push(
          compareFigures({
            ...figure,
            name: 'nearest rows, k = 30, half of two workers’ processor time',
            value: spent[2]! / 2,
            peer: { name: 'one worker', value: spent[1]! },
          }),
        );
      }
      return results;
    });
  },
};
