import type { JobArgs, JobName, JobProgress, JobResult, JobsOf, Lane } from '@/compute/contract';
import type { Work } from '@/core/work';

/** What a job is given besides its arguments. */
export interface JobContext<J extends JobName> {
  readonly signal: AbortSignal;
  report(progress: JobProgress<J>): void;
  /** Lets waiting messages in (an abort among them); throws when the call was aborted. */
  breathe(): Promise<void>;
  /** Hands buffers over with the result; the worker must not use them afterwards. */
  transfer(...buffers: ArrayBuffer[]): void;
}

type JobHandler<J extends JobName> = (
  args: JobArgs<J>,
  context: JobContext<J>,
) => Promise<JobResult<J>> | JobResult<J>;

/** One function for every job of a lane; the compiler says when one is missing. */
export type LaneHandlers<L extends Lane> = { [J in JobsOf<L>]: JobHandler<J> };

const sliceMs = 12;

/** What driving a piece of work needs of a job's context. */
interface Driver<Progress> {
  report(progress: Progress): void;
  breathe(): Promise<void>;
}

/** Runs a piece of work in slices, reporting the latest step after each, so that the worker goes on listening. */
export async function driveWork<Result, Progress>(
  work: Work<Result, Progress>,
  context: Driver<Progress>,
): Promise<Result> {
  let sliceEnd = performance.now() + sliceMs;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() >= sliceEnd) {
      context.report(step.value);
      await context.breathe();
      sliceEnd = performance.now() + sliceMs;
    }
  }
}
