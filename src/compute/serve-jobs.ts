import { ComputeError, type ComputeErrorCode } from '@/compute/compute-error';
import type { FromWorker, JobName, Lane, ToWorker } from '@/compute/contract';
import type { JobContext, LaneHandlers } from '@/compute/job';
import { goesRunByRun, urgencyOf } from '@/compute/job-urgency';
import { Turns } from '@/compute/turns';
import { TableError } from '@/core/dataset/table';

/** The part of a worker's global scope that serving needs. */
export interface WorkerPort {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void;
}

type AnyHandler = (args: unknown, context: JobContext<JobName>) => unknown;

/** Answers the calls of one lane. Calls run interleaved: each gives way whenever its job breathes, to the most urgent first. */
export function serveJobs<L extends Lane>(port: WorkerPort, handlers: LaneHandlers<L>): void {
  const running = new Map<number, AbortController>();
  const turns = new Turns();
  /** Matrices in the order in which they were first worked on. */
  const known = new Map<string, number>();

  const placeOf = (id: number, job: JobName, args: unknown): number => {
    if (!goesRunByRun(job)) return 0;
    const matrix = (args as { matrix?: string } | null)?.matrix;
    if (matrix === undefined) return id;
    if (!known.has(matrix)) known.set(matrix, known.size);
    return known.get(matrix)!;
  };

  const answer = async (id: number, job: JobName, args: unknown) => {
    const abort = new AbortController();
    const place = placeOf(id, job, args);
    running.set(id, abort);
    const buffers: ArrayBuffer[] = [];
    const context: JobContext<JobName> = {
      signal: abort.signal,
      report: (progress: unknown) => port.postMessage({ type: 'progress', id, progress }, []),
      breathe: async () => {
        await turns.next(id, urgencyOf(job), place);
        if (abort.signal.aborted) throw new ComputeError('aborted', 'The work was cancelled.');
      },
      transfer: (...given) => buffers.push(...given),
    };
    try {
      const handler = (handlers as Record<string, AnyHandler | undefined>)[job];
      if (handler === undefined) throw new ComputeError('failed', `No worker does the job ${job}.`);
      const result = await handler(args, context);
      port.postMessage({ type: 'done', id, result }, buffers);
    } catch (error) {
      port.postMessage({ type: 'failed', id, ...describeFailure(error) }, []);
    } finally {
      running.delete(id);
    }
  };

  port.addEventListener('message', ({ data }) => {
    if (data.type === 'abort') {
      running.get(data.id)?.abort();
      turns.hasten(data.id);
    } else void answer(data.id, data.job, data.args);
  });
  port.postMessage({ type: 'ready' }, []);
}

function describeFailure(error: unknown): { code: ComputeErrorCode; message: string } {
  if (error instanceof ComputeError) return { code: error.code, message: error.message };
  if (error instanceof TableError) return { code: 'bad-table', message: error.message };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'aborted', message: 'The work was cancelled.' };
  return { code: 'failed', message: error instanceof Error ? error.message : String(error) };
}
