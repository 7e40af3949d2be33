import type { WorkProgress } from '@/core/work';
import { endTask, reportTask } from '@/state/tasks';

let lastTask = 0;

/** Does work while the status line says what and how far. */
export async function reportWork<Result>(
  label: string,
  unit: string,
  work: (onProgress: (progress: WorkProgress) => void) => Promise<Result>,
): Promise<Result> {
  const task = { id: `work ${++lastTask}`, label, unit, cancel: null };
  reportTask({ ...task, done: 0, total: 0 });
  try {
    return await work(({ done, total }) => reportTask({ ...task, done, total }));
  } finally {
    endTask(task.id);
  }
}
