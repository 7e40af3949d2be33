import type { RowFailure, RunProblem, RunRecord, RunSpec, RunWaiting } from './run';
import { runIdOf } from './run-id';

/** What happens in a run, in the order in which `embedDataset` reports it. */
export type RunHappening =
  /** The run begins, or begins again: these rows are about to be sent, so their old failures no longer hold. */
  | { readonly type: 'started'; readonly rows: Uint32Array }
  /** A reply came and its vectors were handed on. `rows` is empty where no text of the batch got a vector. */
  | {
      readonly type: 'batch';
      readonly rows: Uint32Array;
      readonly width: number;
      readonly tokens: number | null;
      /** Tokens that were estimated for all texts of the request. */
      readonly estimatedTokens: number;
      readonly model: string | null;
      readonly notes: readonly string[];
    }
  | { readonly type: 'failed'; readonly failures: readonly RowFailure[] }
  /** Texts are sent again after a pause. */
  | {
      readonly type: 'waiting';
      readonly reason: RunWaiting['reason'];
      readonly message: string;
      /** Null where the end of the pause is not known: while offline. */
      readonly delayMs: number | null;
      /** End of the pause on the clock of the run, or null. */
      readonly untilMs: number | null;
      /** 1 for the first repetition. */
      readonly retry: number;
      /** Texts that wait. */
      readonly textCount: number;
    }
  /** The pause is over and the texts are about to be sent. */
  | { readonly type: 'resumed' }
  | { readonly type: 'note'; readonly note: string }
  | {
      readonly type: 'ended';
      readonly status: 'done' | 'cancelled' | 'stopped';
      readonly problem: RunProblem | null;
    };

/** A happening and the time since the one before it. */
export type RunEvent = RunHappening & { readonly elapsedMs: number };

const partialTokens = 'Some replies did not report their tokens, so the true number is higher.';

/** A run that has not begun. `createdAt` is in milliseconds since 1970. */
export function createRunRecord(
  spec: RunSpec,
  slot: number,
  rowCount: number,
  createdAt: number,
  cost: number | null = null,
): RunRecord {
  return {
    id: runIdOf(spec),
    spec,
    slot,
    status: 'waiting',
    rowCount,
    doneCount: 0,
    failures: [],
    problem: null,
    width: null,
    tokens: null,
    estimatedTokens: 0,
    cost,
    repliedModel: null,
    durationMs: 0,
    notes: [],
    waiting: null,
    createdAt,
  };
}

function addNotes(notes: readonly string[], added: readonly string[]): readonly string[] {
  const fresh = added.filter((note) => !notes.includes(note));
  return fresh.length === 0 ? notes : [...notes, ...new Set(fresh)];
}

function afterBatch(record: RunRecord, event: RunEvent & { type: 'batch' }): RunRecord {
  const { tokens } = event;
  const isPartial = tokens === null ? record.tokens !== null : record.tokens === null && record.doneCount > 0;
  const differs = event.model !== null && event.model !== record.spec.model;
  return {
    ...record,
    // What was under way when the network went may still arrive; the run waits for it all the same.
    waiting: event.rows.length > 0 && record.waiting?.reason !== 'offline' ? null : record.waiting,
    doneCount: record.doneCount + event.rows.length,
    width: record.width ?? (event.rows.length > 0 ? event.width : null),
    tokens: tokens === null ? record.tokens : (record.tokens ?? 0) + tokens,
    estimatedTokens: record.estimatedTokens + (tokens === null ? 0 : event.estimatedTokens),
    repliedModel: differs ? event.model : record.repliedModel,
    notes: addNotes(record.notes, isPartial ? [...event.notes, partialTokens] : event.notes),
  };
}

function withoutRows(failures: readonly RowFailure[], rows: Uint32Array): readonly RowFailure[] {
  if (failures.length === 0) return failures;
  const sent = new Set(rows);
  return failures.filter((failure) => !sent.has(failure.row));
}

function applyHappening(record: RunRecord, event: RunEvent): RunRecord {
  switch (event.type) {
    case 'started':
      return {
        ...record,
        status: 'running',
        problem: null,
        waiting: null,
        failures: withoutRows(record.failures, event.rows),
      };
    case 'batch':
      return afterBatch(record, event);
    case 'failed':
      return { ...record, failures: [...record.failures, ...event.failures] };
    case 'waiting': {
      const { reason, message, untilMs } = event;
      return { ...record, waiting: { reason, message, untilMs } };
    }
    case 'resumed':
      return { ...record, waiting: null };
    case 'note':
      return { ...record, notes: addNotes(record.notes, [event.note]) };
    case 'ended':
      return { ...record, status: event.status, problem: event.problem, waiting: null };
  }
}

/** The record after an event; the one given is left as it is. */
export function applyRunEvent(record: RunRecord, event: RunEvent): RunRecord {
  const next = applyHappening(record, event);
  return event.elapsedMs === 0 ? next : { ...next, durationMs: next.durationMs + event.elapsedMs };
}
