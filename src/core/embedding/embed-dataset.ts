import { untilAborted } from '@/core/until-aborted';
import { type BatchRange, BatchSize } from './batch-size';
import { isCrowded, isSilence, judgeFailure } from './judge-failure';
import { ProviderError } from './provider-error';
import type { EmbeddingReply } from './read-embeddings';
import { retryDelayMs } from './retry-delay';
import type { RunProblem, RunWaiting, VectorBatch } from './run';
import { describeProblem } from './run-problem';
import type { RunEvent, RunHappening } from './run-record';
import type { PassEnd, SendLane, SendLimit, SendPass } from './send-limit';
import { countUtf8Bytes, halve, type Piece, type SendQueue, type Split, type TextBatch } from './send-queue';
import type { TextSource } from './sent-texts';
import { settleReply } from './settle-reply';
import { spreadVectors } from './vector-rows';

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
  /** A number in [0, 1), for the jitter of pauses. */
  random(): number;
  /** False where this computer has no network. */
  online(): boolean;
  /** Settles when the network is back, or the signal aborts. */
  untilOnline(signal: AbortSignal): Promise<void>;
  /**
   * Settles when this computer loses its network, or the signal aborts; pending for good where the server can be reached
   * without one. Requests may hang for long then, so it is not left to them to tell.
   */
  untilOffline(signal: AbortSignal): Promise<void>;
  report(event: RunEvent): void;
}

/** One run over the rows that have no vector yet. */
export interface EmbedJob {
  readonly texts: TextSource;
  /** The rows without a vector, each once, in the order in which they are sent. */
  readonly queue: SendQueue;
  /** Length of the vectors the run already has, or null. */
  readonly width?: number | null;
  /** Size of its batches: where it begins and how far it may grow. */
  readonly batches: BatchRange;
  /** Requests at once of the origin, shared by all its runs. */
  readonly limit: SendLimit;
  /** Units a request of this model takes, or null where unknown. */
  readonly cost?: number | null;
  readonly ports: EmbedPorts;
  readonly signal: AbortSignal;
}

export interface EmbedOutcome {
  readonly status: 'done' | 'cancelled' | 'stopped';
  readonly problem: RunProblem | null;
}

const silentBatchesToStop = 3;
/** Texts asked alone that fail in a row without a single vector in between: it is the server, not the texts. */
const lostTextsToStop = 32;
/** The same where no vector ever came. */
const firstTextsToStop = 16;
/** Batches that wait or are being saved, beyond which no new texts are sent. */
const mostAside = 4;

interface Hold {
  readonly reason: 'crowded' | 'warming';
  readonly error: ProviderError;
  readonly textCount: number;
}

function bytesOf(batch: TextBatch): number {
  return batch.texts.reduce((sum, text) => sum + countUtf8Bytes(text), 0);
}

class DatasetRun {
  readonly #job: EmbedJob;
  readonly #queue: SendQueue;
  readonly #size: BatchSize;
  readonly #halt = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #lastEventMs: number;
  #width: number | null;
  #problem: RunProblem | null = null;
  #fault: unknown = null;
  #hold: Hold | null = null;
  #isOffline = false;
  /** Aborts when the network is lost, so that nothing waits for a turn meanwhile; a new one each time it is back. */
  #networkLoss = new AbortController();
  #holdsInARow = 0;
  #aside = 0;
  #hasAnswered = false;
  #hasVectors = false;
  #silentInARow = 0;
  #lostInARow = 0;
  #isStorageFailing = false;
  #settledCount = 0;

  constructor(job: EmbedJob) {
    this.#job = job;
    this.#queue = job.queue;
    this.#size = new BatchSize(job.batches);
    this.#width = job.width ?? null;
    this.#lastEventMs = job.ports.now();
  }

  async run(): Promise<EmbedOutcome> {
    const { signal, limit, cost } = this.#job;
    const { rows } = this.#queue;
    const halt = () => this.#halt.abort();
    if (signal.aborted) halt();
    signal.addEventListener('abort', halt, { once: true });
    const lane = limit.openLane(cost ?? null);
    try {
      this.#report({ type: 'started', rows });
      this.#watchNetwork();
      this.#fail(this.#queue.blankRows, 'The text is blank, so it was not sent.');
      await this.#sendAll(lane);
      await Promise.all(this.#underWay);
    } finally {
      halt();
      lane.close();
      signal.removeEventListener('abort', halt);
    }
    if (this.#fault !== null) throw this.#fault;
    const outcome = this.#outcome();
    this.#report({ type: 'ended', ...outcome });
    return outcome;
  }

  #outcome(): EmbedOutcome {
    if (this.#problem !== null) return { status: 'stopped', problem: this.#problem };
    const isDone = this.#settledCount >= this.#queue.rows.length;
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

  #reportWaiting(
    reason: RunWaiting['reason'],
    message: string,
    delayMs: number | null,
    retry: number,
    textCount: number,
  ) {
    const untilMs = delayMs === null ? null : this.#job.ports.now() + delayMs;
    this.#report({ type: 'waiting', reason, message, delayMs, untilMs, retry, textCount });
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

  /** Sends piece after piece, each as soon as the limit lets it, until nothing is left or the run is halted. */
  async #sendAll(lane: SendLane): Promise<void> {
    const { signal } = this.#halt;
    while (!signal.aborted) {
      if (this.#hold !== null) await this.#waitOut(this.#hold);
      else if (this.#isOffline) await this.#waitForNetwork();
      else if (this.#hasWork) await this.#sendNext(lane);
      else if (this.#underWay.size > 0)
        await untilAborted(Promise.race(this.#underWay), this.#networkLoss.signal).catch(() => {});
      else return;
    }
  }

  #watchNetwork(): void {
    const { signal } = this.#halt;
    void this.#job.ports.untilOffline(signal).then(() => {
      if (!signal.aborted) this.#loseNetwork();
    });
  }

  #loseNetwork(): void {
    this.#isOffline = true;
    this.#networkLoss.abort();
  }

  get #hasWork(): boolean {
    return this.#queue.hasReturned || (this.#queue.hasUnsent && this.#aside < mostAside);
  }

  async #sendNext(lane: SendLane): Promise<void> {
    const signal = AbortSignal.any([this.#halt.signal, this.#networkLoss.signal]);
    const pass = await lane.acquire(signal).catch(() => null);
    if (pass === null) return;
    // Much may have changed while it waited for its turn.
    const maySend = !this.#halt.signal.aborted && this.#hold === null && !this.#isOffline && this.#hasWork;
    const piece = maySend ? this.#queue.take(this.#size.limits) : null;
    if (piece === null) {
      pass.release('neither');
      return;
    }
    const work = this.#sendPiece(piece, pass)
      .catch((fault: unknown) => {
        this.#fault ??= fault;
        this.#halt.abort();
      })
      .finally(() => this.#underWay.delete(work));
    this.#underWay.add(work);
  }

  async #sendPiece(piece: Piece, pass: SendPass): Promise<void> {
    const batch = this.#queue.batchOf(piece);
    let end: PassEnd = 'neither';
    let answer: EmbeddingReply | Error;
    try {
      answer = await untilAborted(this.#job.ports.embedBatch(batch, this.#job.signal), this.#job.signal);
      end = 'served';
    } catch (error) {
      answer = error instanceof Error ? error : new Error(String(error));
      if (error instanceof ProviderError && isCrowded(error)) end = 'crowded';
    }
    // What an answer leads to is settled before the unit is free, so that the next request already knows it.
    const after =
      answer instanceof Error ? this.#afterFailure(piece, batch, answer) : this.#keep(piece, batch, answer);
    pass.release(end);
    await after;
  }

  async #afterFailure(piece: Piece, batch: TextBatch, error: Error): Promise<void> {
    if (this.#job.signal.aborted) return;
    if (!(error instanceof ProviderError)) {
      this.#failPiece(piece, `This text could not be embedded: ${error.message}`);
      return;
    }
    if (isSilence(error) && !this.#job.ports.online()) {
      // Asked only now: a server on this computer answers without a network.
      this.#queue.putBack([piece]);
      this.#loseNetwork();
      return;
    }
    const isSilent = error.kind === 'unreachable';
    if (error.stopsRun || (isSilent && !this.#hasAnswered)) {
      this.#stop(error);
      return;
    }
    const isAnswer = (error.status !== null && error.kind !== 'timeout') || error.kind === 'bad-reply';
    if (isAnswer) this.#noteAnswer();
    const texts = piece.items.length;
    const verdict = judgeFailure(error, { texts, retries: piece.retries, isAskedAgain: piece.isAskedAgain });
    if (verdict.next === 'stop') return this.#stop(error);
    if (this.#halt.signal.aborted) return;
    switch (verdict.next) {
      case 'fail':
        return this.#giveUp(piece, error);
      case 'hold':
        this.#queue.putBack([piece]);
        this.#hold ??= { reason: verdict.reason, error, textCount: texts };
        return;
      case 'halve': {
        const bytes = bytesOf(batch);
        if (piece.split === null) this.#size.noteTrouble(texts, bytes);
        const mayBeSize = error.kind === 'rejected';
        const split: Split = { texts, bytes, parent: piece.split, left: texts, hasFailure: !mayBeSize };
        return this.#queue.putBack(halve({ ...piece, split }));
      }
      case 'ask again':
        return this.#queue.putBack(halve({ ...piece, isAskedAgain: true }));
      case 'repeat': {
        if (verdict.inHalves && piece.split === null) this.#size.noteTrouble(texts, bytesOf(batch));
        const again = { ...piece, retries: piece.retries + 1 };
        return this.#setAside(async () => {
          if (!(await this.#pause(verdict.reason, error, again.retries, texts))) return;
          this.#queue.putBack(verdict.inHalves ? halve(again) : [again]);
        });
      }
    }
  }

  #giveUp(piece: Piece, error: ProviderError): void {
    const isSilent = error.kind === 'unreachable' || error.kind === 'timeout';
    if (isSilent && ++this.#silentInARow >= silentBatchesToStop) {
      this.#stop(error);
      return;
    }
    this.#failPiece(piece, error.message);
    // Texts may be refused for good reasons, many in a row; but then some texts were accepted.
    const isDoubtful = error.kind === 'rejected' || error.kind === 'bad-reply' ? !this.#hasVectors : true;
    this.#lostInARow += piece.items.length;
    const most = this.#hasVectors ? lostTextsToStop : firstTextsToStop;
    const isMoreToCome = this.#queue.hasUnsent || this.#queue.hasReturned;
    if (isDoubtful && this.#lostInARow >= most && isMoreToCome) this.#stop(error);
  }

  #failPiece(piece: Piece, reason: string): void {
    this.#endItems(piece.split, piece.items.length, true);
    this.#fail(
      piece.items.flatMap((item) => this.#queue.rowsOf(item)),
      reason,
    );
  }

  /** Counts texts of a split batch that have ended. Where all of it went through in parts, it was too large. */
  #endItems(split: Split | null, count: number, hasFailure: boolean): void {
    if (split === null) return;
    split.left -= count;
    split.hasFailure ||= hasFailure;
    if (split.left > 0) return;
    if (!split.hasFailure) this.#size.noteTooLarge(split.texts, split.bytes);
    this.#endItems(split.parent, split.texts, split.hasFailure);
  }

  #noteAnswer(): void {
    this.#hasAnswered = true;
    this.#silentInARow = 0;
  }

  async #setAside(work: () => Promise<void>): Promise<void> {
    this.#aside++;
    try {
      await work();
    } finally {
      this.#aside--;
    }
  }

  /** False where the run was halted meanwhile. */
  async #pause(
    reason: RunWaiting['reason'],
    error: ProviderError,
    retry: number,
    textCount: number,
  ): Promise<boolean> {
    const { ports } = this.#job;
    const delayMs = retryDelayMs(error, retry, ports.random());
    this.#reportWaiting(reason, error.message, delayMs, retry, textCount);
    return this.#resumeAfter(ports.sleep(delayMs, this.#halt.signal));
  }

  async #waitOut({ reason, error, textCount }: Hold): Promise<void> {
    await this.#pause(reason, error, ++this.#holdsInARow, textCount);
    this.#hold = null;
  }

  async #waitForNetwork(): Promise<void> {
    const message = 'This computer is offline. The run goes on by itself when the connection is back.';
    this.#reportWaiting('offline', message, null, 1, 0);
    await this.#resumeAfter(this.#job.ports.untilOnline(this.#halt.signal));
    this.#networkLoss = new AbortController();
    this.#isOffline = false;
    this.#watchNetwork();
  }

  async #resumeAfter(pause: Promise<void>): Promise<boolean> {
    const { signal } = this.#halt;
    try {
      await untilAborted(pause, signal);
    } catch (reason) {
      if (!signal.aborted) throw reason;
    }
    if (!signal.aborted) this.#report({ type: 'resumed' });
    return !signal.aborted;
  }

  async #keep(piece: Piece, batch: TextBatch, reply: EmbeddingReply): Promise<void> {
    this.#noteAnswer();
    this.#holdsInARow = 0;
    this.#size.noteServed(batch.texts.length, bytesOf(batch));
    const { tokens, model, notes } = reply;
    if (reply.positions.length > 0) this.#width ??= reply.width;
    const mayAskAgain = !piece.isAskedAgain && piece.items.length > 1;
    const {
      fits,
      missing: missingPlaces,
      lost,
    } = settleReply(reply, piece.items.length, this.#width, mayAskAgain);
    const deliveredCount = fits ? reply.positions.length : 0;
    if (deliveredCount > 0) {
      this.#lostInARow = 0;
      this.#hasVectors = true;
    }
    const missing = missingPlaces.map((place) => piece.items[place]!);
    const failures = lost.flatMap(({ place, reason }) =>
      this.#queue.rowsOf(piece.items[place]!).map((row) => ({ row, reason })),
    );
    this.#endItems(piece.split, deliveredCount, false);
    this.#endItems(piece.split, lost.length, true);
    if (missing.length > 0) {
      const rest = { ...piece, items: missing, isAskedAgain: true };
      this.#queue.putBack(missing.length < piece.items.length ? [rest] : halve(rest));
    }
    await this.#setAside(async () => {
      const vectors = Array.from(fits ? reply.positions : [], (position, order) => ({
        order,
        rows: this.#queue.rowsOf(piece.items[position] ?? 0),
      }));
      for (const part of spreadVectors(vectors, reply.width, reply.values)) await this.#save(part);
      const rows = Uint32Array.from(vectors.flatMap((vector) => vector.rows));
      const estimatedTokens = batch.rows.reduce((sum, row) => sum + (this.#job.texts.tokens[row] ?? 0), 0);
      const width = fits ? reply.width : 0;
      this.#report({ type: 'batch', rows, width, tokens, estimatedTokens, model, notes });
      if (failures.length > 0) this.#report({ type: 'failed', failures });
    });
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
 * Embeds the rows of a dataset in row order, each different text once, in batches that grow and shrink with what the
 * server answers and with no more requests at once than the limit of the origin lets through. Every row ends delivered
 * once, failed with a reason, or, after a cancel or a stop, pending.
 *
 * A full account, a model that is being started and a missing network are waited for as long as it takes; other passing
 * trouble is tried again a few times; a batch that is refused or fails is halved down to the texts that are the reason;
 * trouble that holds for the whole run stops it. Cancelling aborts what is under way and keeps what was saved. Progress
 * goes to `report`; the outcome is also the last event.
 */
export async function embedDataset(job: EmbedJob): Promise<EmbedOutcome> {
  return new DatasetRun(job).run();
}
