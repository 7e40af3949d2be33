import { ComputeError, type ComputeErrorCode } from '@/compute/compute-error';
import type { FromWorker, JobArgs, JobName, JobProgress, JobResult, ToWorker } from '@/compute/contract';

export interface CallOptions<J extends JobName> {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: JobProgress<J>) => void) | undefined;
  /** Buffers given away with the arguments. */
  transfer?: ArrayBuffer[] | undefined;
  /** Once it has reported progress, a job that reports none for so long costs the worker; the call is rejected as `stalled`. */
  stallMs?: number | undefined;
}

interface PendingCall {
  resolve(result: unknown): void;
  reject(error: ComputeError): void;
  onProgress(progress: unknown): void;
  cleanUp(): void;
}

const abortGraceMs = 1500;

/**
 * One worker and the calls under way on it. Every call settles: with its result, the job's error, or a ComputeError when
 * the worker crashes, is restarted or disposed. An abort rejects at once; a job that does not stop in time costs the worker.
 */
export class WorkerLine {
  #worker: Worker | null = null;
  #isReady = false;
  /** Whether the next worker follows one that was lost before it was ready, and has yet to be given what that one had. */
  #isBare = false;
  #nextId = 1;
  readonly #pending = new Map<number, PendingCall>();
  /** Calls whose caller has gone and which the worker has not yet answered. */
  readonly #abandoned = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly startWorker: () => Worker,
    /** Called after a worker was replaced, before any further call reaches the new one. */
    private readonly onReplaced: (line: WorkerLine) => void = () => {},
  ) {}

  get pendingCount(): number {
    return this.#pending.size;
  }

  call<J extends JobName>(job: J, args: JobArgs<J>, options: CallOptions<J> = {}): Promise<JobResult<J>> {
    const { signal, onProgress, transfer = [], stallMs } = options;
    if (signal?.aborted) return Promise.reject(new ComputeError('aborted', 'The work was cancelled.'));
    if (this.#worker === null && this.#isBare) {
      this.#isBare = false;
      this.onReplaced(this);
    }
    return new Promise<JobResult<J>>((resolve, reject) => {
      const id = this.#nextId++;
      const onAbort = () => this.#abandon(id);
      signal?.addEventListener('abort', onAbort, { once: true });
      let stall: ReturnType<typeof setTimeout> | undefined;
      this.#pending.set(id, {
        resolve: (result) => resolve(result as JobResult<J>),
        reject,
        onProgress: (progress) => {
          clearTimeout(stall);
          if (stallMs !== undefined) stall = setTimeout(() => this.#giveUp(id), stallMs);
          onProgress?.(progress as JobProgress<J>);
        },
        cleanUp: () => {
          clearTimeout(stall);
          signal?.removeEventListener('abort', onAbort);
        },
      });
      const message = { type: 'call', id, job, args } as ToWorker;
      try {
        this.#running().postMessage(message, transfer);
      } catch (error) {
        this.#settle(id)?.reject(
          new ComputeError('failed', `The worker could not be given its work: ${String(error)}`),
        );
      }
    });
  }

  /** Ends the worker and rejects what is under way; the next call starts a new one. */
  stop(code: ComputeErrorCode, message: string): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#isReady = false;
    for (const timer of this.#abandoned.values()) clearTimeout(timer);
    this.#abandoned.clear();
    for (const id of [...this.#pending.keys()]) this.#settle(id)?.reject(new ComputeError(code, message));
  }

  #running(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = this.startWorker();
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
    worker.onmessageerror = () =>
      this.#replace('crashed', 'A worker sent something unreadable and was replaced.');
    worker.onerror = (event) => {
      event.preventDefault();
      // One that stops before it is ready, without a word, has no script.
      if (!this.#isReady && !event.message)
        return this.#replace(
          'not-loaded',
          'A part of the page could not be loaded: it was probably replaced on the server since it was opened here, or there is no connection. Reload it.',
        );
      const cause = event.message ? `: ${event.message}` : ' (out of memory)';
      this.#replace('crashed', `A worker stopped${cause}. It has been replaced.`);
    };
    return worker;
  }

  #replace(code: ComputeErrorCode, message: string): void {
    // One whose script does not even load would be replaced without end: its successor starts with the next call.
    const wasReady = this.#isReady;
    this.stop(code, message);
    if (wasReady) this.onReplaced(this);
    else this.#isBare = true;
  }

  #receive(message: FromWorker): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      return;
    }
    if (message.type === 'progress') {
      this.#pending.get(message.id)?.onProgress(message.progress);
      return;
    }
    const timer = this.#abandoned.get(message.id);
    if (timer !== undefined) {
      clearTimeout(timer);
      this.#abandoned.delete(message.id);
      return;
    }
    const call = this.#settle(message.id);
    if (message.type === 'done') call?.resolve(message.result);
    else call?.reject(new ComputeError(message.code as ComputeErrorCode, message.message));
  }

  #abandon(id: number): void {
    const call = this.#settle(id);
    if (call === undefined) return;
    this.#worker?.postMessage({ type: 'abort', id } satisfies ToWorker);
    this.#abandoned.set(
      id,
      setTimeout(
        () => this.#replace('restarted', 'A worker that did not stop in time was replaced.'),
        abortGraceMs,
      ),
    );
    call.reject(new ComputeError('aborted', 'The work was cancelled.'));
  }

  #giveUp(id: number): void {
    this.#settle(id)?.reject(new ComputeError('stalled', 'The work did not go on.'));
    this.#replace('restarted', 'A worker that did not go on was replaced.');
  }

  #settle(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    call?.cleanUp();
    return call;
  }
}
