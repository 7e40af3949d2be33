import { countOf } from '@/core/count-of';
import { isRemote, type RowFailure, type RunRecord, type RunWaiting } from '@/core/embedding/run';
import { textTraits } from '@/core/embedding/run-name';

/** When a run began to send and how many rows it had then. */
interface Pace {
  readonly startedAt: number;
  readonly doneBefore: number;
}

export type RunTone = 'neutral' | 'busy' | 'error';

/** Before this much time has passed a rate says nothing. */
const shortestMeasureMs = 800;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A count with thousands separated: `1,024`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** Rows that are neither embedded nor failed. */
export function pendingRows(run: RunRecord): number {
  return Math.max(0, run.rowCount - run.doneCount - run.failures.length);
}

/** Share of rows that are settled, embedded or failed, in whole per cent; 100 only when none is pending. */
export function percentSettled(run: RunRecord): number {
  return run.rowCount === 0 ? 100 : Math.floor((100 * (run.rowCount - pendingRows(run))) / run.rowCount);
}

/** The state of a run in the words kept for it: `done`, `running 40 %`, `waiting`, `needs key`, `3 failed` … */
export function stateWords(run: RunRecord): string {
  if (run.status === 'running') return `running ${percentSettled(run)} %`;
  if (run.status === 'stopped' && run.problem?.code === 'unauthorized') return 'needs key';
  if (run.status === 'done' && run.failures.length > 0) return `${formatCount(run.failures.length)} failed`;
  return run.status;
}

/** Of a run that has not all it could have: what happened, what is kept, what to do. Null where nothing is to be said. */
export function describeLeft(run: RunRecord): string | null {
  const left = pendingRows(run);
  if (left === 0) return null;
  const isFile = run.spec.provider === 'imported';
  const verb = isRemote(run.spec.provider) ? 'sends' : isFile ? 'takes' : 'computes';
  const kept = run.doneCount === 0 ? 'No vector had come.' : `${countOf(run.doneCount, 'vector')} kept.`;
  const again = isFile ? ' from the file; add it first if it is gone' : '';
  const rest = run.doneCount === 0 ? `all ${formatCount(left)}` : `the other ${formatCount(left)}`;
  switch (run.status) {
    case 'interrupted':
      return `The page was left before it was done. ${kept} Resume ${verb} ${rest}${again}.`;
    case 'partly lost':
      return `${countOf(left, 'vector')} ${left === 1 ? 'is' : 'are'} no longer in this browser. ${kept} Resume ${verb} ${rest}${again}.`;
    case 'cancelled':
      return `${kept} Resume ${verb} ${rest}${again}.`;
    default:
      return null;
  }
}

/** How a state is coloured; the words carry the meaning. */
export function stateTone(run: RunRecord): RunTone {
  if (run.status === 'running') return 'busy';
  const isLost =
    run.status === 'stopped' ||
    run.status === 'needs key' ||
    run.status === 'partly lost' ||
    run.problem !== null;
  return isLost || (run.status === 'done' && run.failures.length > 0) ? 'error' : 'neutral';
}

/** A length of time in words: `0.4 s`, `11 s`, `2 min 5 s`, `1 h 4 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 9950) return `${(durationMs / second).toFixed(1)} s`;
  const seconds = Math.round(durationMs / second);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return withRest(Math.floor(seconds / 60), 'min', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function withRest(whole: number, unit: string, rest: number, restUnit: string): string {
  return rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;
}

/** Rows a second since the run began to send; null while it is too early to say. */
export function rowsPerSecond(run: RunRecord, pace: Pace | undefined, nowMs: number): number | null {
  if (pace === undefined || run.status !== 'running') return null;
  const elapsedMs = nowMs - pace.startedAt;
  const rows = run.doneCount - pace.doneBefore;
  return elapsedMs < shortestMeasureMs || rows <= 0 ? null : (second * rows) / elapsedMs;
}

function describeRate(rate: number): string {
  if (rate < 1) return `${formatCount(Math.max(1, Math.round(60 * rate)))} a minute`;
  return `${rate < 10 ? Number(rate.toFixed(1)) : formatCount(Math.round(rate))} a second`;
}

function describeTimeLeft(leftMs: number): string {
  if (leftMs < minute) return `about ${Math.max(1, Math.round(leftMs / second))} s left`;
  if (leftMs < hour) return `about ${Math.round(leftMs / minute)} min left`;
  return `about ${formatDuration(Math.round(leftMs / minute) * minute)} left`;
}

/** Rate and time left: `38 a second`, `about 9 s left`. Empty while it is too early to say. */
export function describePace(run: RunRecord, pace: Pace | undefined, nowMs: number): string[] {
  const rate = rowsPerSecond(run, pace, nowMs);
  if (rate === null) return [];
  return [describeRate(rate), describeTimeLeft((second * pendingRows(run)) / rate)];
}

function describeTokens(run: RunRecord): string | null {
  if (!isRemote(run.spec.provider) || run.doneCount === 0 || run.status === 'running') return null;
  if (run.tokens === null) return 'tokens not reported';
  const estimate = run.estimatedTokens > 0 ? ` (${formatCount(run.estimatedTokens)} estimated)` : '';
  return `${countOf(run.tokens, 'token')}${estimate}`;
}

const waitingWords = {
  crowded: 'waiting for a free place on the account',
  capacity: 'waiting for capacity of the server',
  warming: 'the model is warming up',
  offline: 'offline, goes on by itself',
  trouble: 'a request failed',
} as const satisfies Record<RunWaiting['reason'], string>;

/** What a run waits for and when it goes on: `the model is warming up`, `asked again in 12 s`. Empty where it does not wait. */
export function describeWaiting(run: RunRecord, nowMs: number): string[] {
  if (run.status !== 'running' || run.waiting === null) return [];
  const { reason, untilMs } = run.waiting;
  if (untilMs === null) return [waitingWords[reason]];
  const seconds = Math.ceil((untilMs - nowMs) / second);
  const left = seconds < 60 ? `${seconds} s` : formatDuration(second * seconds);
  return [waitingWords[reason], seconds > 0 ? `asked again in ${left}` : 'asked again now'];
}

/** What is to be said of a run that is under way besides its rows: what it waits for, or else its rate and time left. */
export function describeProgress(run: RunRecord, pace: Pace | undefined, nowMs: number): string[] {
  return run.waiting === null ? describePace(run, pace, nowMs) : describeWaiting(run, nowMs);
}

/** The parts of the line under a run's name: length of its vectors, rows, time or what it waits for, tokens, and what was odd. */
export function describeRun(run: RunRecord, pace: Pace | undefined, nowMs: number): string[] {
  const isRunning = run.status === 'running';
  const rows = `${formatCount(run.doneCount)} of ${formatCount(run.rowCount)}`;
  const parts = [
    run.spec.provider === 'baseline' ? 'built in' : run.spec.provider === 'imported' ? 'from a file' : null,
    run.width === null || isRunning || run.spec.provider === 'baseline' ? null : countOf(run.width, 'number'),
    rows,
    run.failures.length > 0 && run.status !== 'done' ? `${formatCount(run.failures.length)} failed` : null,
    ...describeProgress(run, pace, nowMs),
    isRunning || run.durationMs === 0 ? null : formatDuration(run.durationMs),
    describeTokens(run),
    run.repliedModel === null ? null : `answered as ${run.repliedModel}`,
  ];
  return parts.filter((part) => part !== null);
}

/** Name of a run for assistive technology: the model id, what tells it from its like, and its state: for one that was left in the middle, how, and the one word that all such runs have. */
export function nameRun(run: RunRecord, shownName: string): string {
  const { model, dimensions, provider } = run.spec;
  const length = dimensions === null ? [] : [countOf(dimensions, 'number')];
  const traits =
    provider === 'baseline'
      ? [shownName]
      : provider === 'imported'
        ? ['from a file']
        : [...length, ...textTraits(run.spec)];
  const wasLeft = run.status === 'interrupted' || run.status === 'partly lost';
  return [model, ...traits, stateWords(run), ...(wasLeft ? ['cancelled'] : [])].join(', ');
}

/** Rows that failed for the same reason. */
export interface FailureGroup {
  readonly reason: string;
  readonly count: number;
  /** The first rows of the group. */
  readonly rows: readonly number[];
}

/** Failures by reason, the commonest first, each with its first rows. */
export function groupFailures(failures: readonly RowFailure[], rowsShown = 3): readonly FailureGroup[] {
  const groups = new Map<string, { count: number; rows: number[] }>();
  for (const { row, reason } of failures) {
    const group = groups.get(reason) ?? { count: 0, rows: [] };
    groups.set(reason, group);
    group.count++;
    if (group.rows.length < rowsShown) group.rows.push(row);
  }
  return [...groups]
    .map(([reason, { count, rows }]) => ({ reason, count, rows }))
    .sort((a, b) => b.count - a.count);
}
