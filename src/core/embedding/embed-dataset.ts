import { type TextColumn, textAt } from '@/core/dataset/text-column';
import { type BatchLimits, cutBatches, isBlank, type TextBatch } from './cut-batches';
import { ProviderError } from './provider-error';
import type { EmbeddingReply } from './read-embeddings';
import { retryDelayMs } from './retry-delay';
import type { RowFailure, RunProblem, VectorBatch } from './run';
import { describeProblem } from './run-problem';
import type { RunEvent, RunHappening } from './run-record';

/** What a run needs from outside. */
export interface EmbedPorts {
  /** Throws ProviderError for the whole batch. */
  embedBatch(batch: TextBatch, signal: AbortSignal): Promise<EmbeddingReply>;
  /**
   * Takes the vectors over, buffers included: into the matrix first, then into storage. A rejection means that storage
   * did not keep them; the run goes on.
   */
  saveBatch(batch: VectorBatch): Promise<void>;
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds on any steady clock. */
  now(): number;
  report(event: RunEvent): void;
}

/** One run over the rows that have no vector yet. */
export interface EmbedJob {
  readonly texts: TextColumn;
  /** Rows without a vector, each once, in the order in which they are sent. */
  readonly rows: Uint32Array;
  /** Length of the vectors the run already has, or null. */
  readonly width?: number | null;
  readonly session: BatchLimits & { readonly maxInFlight: number };
  readonly ports: EmbedPorts;
  readonly signal: AbortSignal;
}

export interface EmbedOutcome {
  readonly status: 'done' | 'cancelled' | 'stopped';
  readonly problem: RunProblem | null;
}

const retriesPerBatch = 2;
const unreachableBatchesToStop = 3;

/** Settles as the work does, or rejects at once when the signal aborts, even where the work ignores it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new DOMException('The work was cancelled.', 'AbortError'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

class DatasetRun {
  readonly #job: EmbedJob;
  readonly #halt = new AbortController();
  #lastEventMs: number;
  #width: number | null;
  #problem: RunProblem | null = null;
  #hasAnswered = false;
  #unreachableInARow = 0;
  #isStorageFailing = false;
  #settledCount = 0;

  constructor(job: EmbedJob) {
    this.#job = job;
    this.#width = job.width ?? null;
    this.#lastEventMs = job.ports.now();
  }

  async run(): Promise<EmbedOutcome> {
    const { texts, rows, session, signal } = this.#job;
    const halt = () => this.#halt.abort();
    if (signal.aborted) halt();
    signal.addEventListener('abort', halt, { once: true });
    try {
      this.#report({ type: 'started', rows });
      this.#failBlankRows();
      const batches = cutBatches(texts, rows, session);
      const lanes = Array.from({ length: Math.max(1, session.maxInFlight) }, () => this.#sendInTurn(batches));
      await Promise.all(lanes);
    } finally {
      halt();
      signal.removeEventListener('abort', halt);
    }
    const outcome = this.#outcome();
    this.#report({ type: 'ended', ...outcome });
    return outcome;
  }

  #outcome(): EmbedOutcome {
    if (this.#problem !== null) return { status: 'stopped', problem: this.#problem };
    const isDone = this.#settledCount >= this.#job.rows.length;
    return { status: isDone ? 'done' : 'cancelled', problem: null };
  }

  #report(happening: RunHappening): void {
    const nowMs = this.#job.ports.now();
    const elapsedMs = Math.max(0, nowMs - this.#lastEventMs);
    this.#lastEventMs = nowMs;
    if (happening.type === 'batch') this.#settledCount += happening.rows.length;
    if (happening.type === 'failed') this.#settledCount += happening.failures.length;
    this.#job.ports.report({ ...happening, elapsedMs });
  }

  #failBlankRows(): void {
    const blank = Array.from(this.#job.rows).filter((row) => isBlank(textAt(this.#job.texts, row)));
    this.#fail(blank, 'The text is blank, so it was not sent.');
  }

  #fail(rows: readonly number[], reason: string): void {
    if (rows.length === 0) return;
    this.#report({ type: 'failed', failures: rows.map((row) => ({ row, reason })) });
  }

  /** Requests that are under way are paid for, so they may end; nothing new is sent. */
  #stop(error: ProviderError): void {
    this.#problem ??= describeProblem(error);
    this.#halt.abort();
  }

  async #sendInTurn(batches: Generator<TextBatch, void, void>): Promise<void> {
    while (!this.#halt.signal.aborted) {
      const next = batches.next();
      if (next.done) return;
      await this.#sendBatch(next.value);
    }
  }

  async #sendBatch(batch: TextBatch): Promise<void> {
    for (let retry = 1; ; retry++) {
      const reply = await this.#tryBatch(batch);
      if (!(reply instanceof Error)) return this.#keep(batch, reply);
      const mayRepeat = this.#judge(batch, reply, retry);
      if (!mayRepeat || !(await this.#pause(batch, mayRepeat, retry))) return;
    }
  }

  async #tryBatch(batch: TextBatch): Promise<EmbeddingReply | Error> {
    const { ports, signal } = this.#job;
    try {
      return await untilAborted(ports.embedBatch(batch, signal), signal);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Decides what follows from a failed request: the error again where it is to be repeated, else null. */
  #judge(batch: TextBatch, error: Error, retry: number): ProviderError | null {
    if (this.#job.signal.aborted) return null;
    if (!(error instanceof ProviderError)) {
      this.#fail(batch.rows, `This text could not be embedded: ${error.message}`);
      return null;
    }
    const isSilent = error.kind === 'unreachable';
    if (error.stopsRun || (isSilent && !this.#hasAnswered)) {
      this.#stop(error);
      return null;
    }
    if (error.status !== null || error.kind === 'bad-reply') this.#noteAnswer();
    if (this.#halt.signal.aborted) return null;
    if (error.mayPass && retry <= retriesPerBatch) return error;
    if (isSilent && ++this.#unreachableInARow >= unreachableBatchesToStop) this.#stop(error);
    else this.#fail(batch.rows, error.message);
    return null;
  }

  #noteAnswer(): void {
    this.#hasAnswered = true;
    this.#unreachableInARow = 0;
  }

  /** False where the run was halted meanwhile. */
  async #pause(batch: TextBatch, error: ProviderError, retry: number): Promise<boolean> {
    const { signal } = this.#halt;
    const delayMs = retryDelayMs(error, retry);
    const rowCount = batch.rows.length;
    this.#report({ type: 'waiting', message: error.message, delayMs, retry, rowCount });
    try {
      await untilAborted(this.#job.ports.sleep(delayMs, signal), signal);
    } catch (reason) {
      if (!signal.aborted) throw reason;
    }
    return !signal.aborted;
  }

  async #keep(batch: TextBatch, reply: EmbeddingReply): Promise<void> {
    this.#noteAnswer();
    const { tokens, model, notes } = reply;
    const rowAt = (position: number) => batch.rows[position] ?? 0;
    const hasVectors = reply.positions.length > 0;
    if (hasVectors) this.#width ??= reply.width;
    const fits = hasVectors && reply.width === this.#width;
    const rows = Uint32Array.from(fits ? reply.positions : [], rowAt);
    if (fits) await this.#save({ rows: rows.slice(), width: reply.width, values: reply.values });
    this.#report({ type: 'batch', rows, width: fits ? reply.width : 0, tokens, model, notes });
    const failures = reply.failures.map(({ position, reason }) => ({ row: rowAt(position), reason }));
    const settled = new Set([...rows, ...failures.map(({ row }) => row)]);
    const reason =
      hasVectors && !fits
        ? `The vector for this text has length ${reply.width}, the others of the run have length ${this.#width}.`
        : 'The reply left this text out.';
    const rest = batch.rows.filter((row) => !settled.has(row)).map((row): RowFailure => ({ row, reason }));
    const all = [...failures, ...rest];
    if (all.length > 0) this.#report({ type: 'failed', failures: all });
  }

  async #save(batch: VectorBatch): Promise<void> {
    try {
      await this.#job.ports.saveBatch(batch);
    } catch (error) {
      if (this.#isStorageFailing) return;
      this.#isStorageFailing = true;
      const why = error instanceof Error && error.message !== '' ? ` (${error.message})` : '';
      this.#report({
        type: 'note',
        note: `Vectors could not be stored${why}. They are kept in memory only and will be gone after a reload.`,
      });
    }
  }
}

/**
 * Embeds the rows of a dataset batch by batch, in row order, with at most `maxInFlight` requests under way. Every row ends
 * delivered once, failed with a reason, or, after a cancel or a stop, pending. Passing trouble is tried again twice;
 * trouble that holds for the whole run stops it. Cancelling aborts what is under way and keeps what was saved.
 * Progress goes to `report`; the outcome is also the last event.
 */
export async function embedDataset(job: EmbedJob): Promise<EmbedOutcome> {
  return new DatasetRun(job).run();
}
