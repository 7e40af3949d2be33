import { createStore } from 'zustand/vanilla';

/** Work under way, as the status line says it. */
export interface Task {
  readonly id: string;
  /** What is done, as a phrase: "Finding neighbours in Words (LSA)". */
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** What `done` counts: rows, steps. */
  readonly unit: string;
  /** Stops the work; null where it cannot be stopped on its own. */
  readonly cancel: (() => void) | null;
}

export const taskStore = createStore<{ tasks: readonly Task[] }>(() => ({ tasks: [] }));

/** Adds a task or updates it. */
export function reportTask(task: Task): void {
  taskStore.setState(({ tasks }) => {
    const known = tasks.some((other) => other.id === task.id);
    return { tasks: known ? tasks.map((other) => (other.id === task.id ? task : other)) : [...tasks, task] };
  });
}

export function endTask(id: string): void {
  taskStore.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.id !== id) }));
}
