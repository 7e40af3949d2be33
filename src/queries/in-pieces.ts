import type { Work } from '@/core/work';

const pieceMs = 12;

/** The result of work too short for a worker and too long for one task: between two pieces the page goes on answering. */
export async function inPieces<Result>(work: Work<Result, unknown>): Promise<Result> {
  for (;;) {
    const end = performance.now() + pieceMs;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTask();
  }
}

/** Settles in a task of its own, so that the page can answer between what comes before and what comes after. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
