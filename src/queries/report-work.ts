import type { WorkProgress } from '@/core/work';
import { endTask, reportTask } from '@/state/tasks';

let lastTask = 0;

/** Does work while the status line says what and how far; with `cancel` it has a button that stops it. */
export async function reportWork<Result>(
  label: string,
  unit: string,
  work: (onProgress: (progress: WorkProgress) => void) => Promise<Result>,
  cancel: (() => void) | null = null,
): Promise<Result> {
  const task = { id: `work ${++lastTask}`, label, unit, cancel };
  reportTask({ ...task, done: 0, total: 0 });
  try {
    return await work(({ done, total }) => reportTask({ ...task, done, total }));
  } finally {
    endTask(task.id);
  }
}
