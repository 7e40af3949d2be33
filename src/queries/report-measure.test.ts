import { expect, it } from 'vitest';
import { reportMeasure } from '@/queries/report-measure';
import { taskStore } from '@/state/tasks';

const said = () =>
  taskStore.getState().tasks.map(({ label, done, total }) => `${label}: ${done} of ${total}`);

it('says as long as one of the steps is on its way, also where one fails, and then no more', async () => {
  let find = (_: string) => {};
  let lose = (_: Error) => {};
  const measured = [
    reportMeasure(
      () =>
        new Promise<string>((resolve) => {
          find = resolve;
        }),
    ),
    reportMeasure(
      () =>
        new Promise<string>((_, reject) => {
          lose = reject;
        }),
    ),
  ];
  expect(said()).toEqual(['Comparing the runs: 0 of 2']);
  lose(new Error('lost on purpose'));
  await expect(measured[1]).rejects.toThrow('lost on purpose');
  expect(said()).toEqual(['Comparing the runs: 1 of 2']);
  find('found');
  await expect(measured[0]).resolves.toBe('found');
  expect(said()).toEqual([]);
  await reportMeasure(async () => expect(said()).toEqual(['Comparing the runs: 0 of 1']));
  expect(said()).toEqual([]);
});
