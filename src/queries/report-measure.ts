import { endTask, reportTask } from '@/state/tasks';

const task = { id: 'comparing', label: 'Comparing the runs', unit: 'steps', cancel: null };
let asked = 0;
let done = 0;

/**
 * Does one of the steps that a comparison is made of, while the status line says how many of those asked for are done. Steps wait
 * for each other and for the workers: as long as one is on its way, work is under way.
 */
export async function reportMeasure<Result>(work: () => Promise<Result>): Promise<Result> {
  asked++;
  reportTask({ ...task, done, total: asked });
  try {
    return await work();
  } finally {
    done++;
    if (done === asked) {
      asked = 0;
      done = 0;
      endTask(task.id);
    } else reportTask({ ...task, done, total: asked });
  }
}
