/** Finished and total units of a piece of work; units are whatever the work counts in. */
export interface WorkProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Long work as a generator: it yields after every unit of a few milliseconds, so that whoever drives it can report
 * progress, let other work in, or stop by simply not asking for more. It returns its result.
 */
export type Work<Result, Progress = WorkProgress> = Generator<Progress, Result, void>;

/** Drives work to its end at once, for small inputs and tests. */
export function finishWork<Result, Progress>(work: Work<Result, Progress>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
