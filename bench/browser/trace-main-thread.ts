import type { CDPSession } from 'playwright';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** Time the thread had the processor, in microseconds. */
  readonly tdur?: number;
}

/** What the main thread of a page did between two marks. */
export interface MainThreadUse {
  /** Of the page's process. */
  readonly pid: number;
  readonly wallMs: number;
  /** Processor time of all tasks. */
  readonly busyMs: number;
  /** Processor time of each task above 50 ms, the longest first. */
  readonly longTasksMs: readonly number[];
  readonly longestTaskMs: number;
  /** False where the system does not measure the time of a thread, and the time that passed stands in for it. */
  readonly isThreadTime: boolean;
}

/** Names of marks begin with it. */
export const markPrefix = 'bench: ';
const longTaskMs = 50;
/** Every task a thread takes from its queue, and the marks of the page. */
const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];

/** Starts to trace the browser of a page. The returned function stops it and says what the page did between two marks. */
export async function traceMainThread(
  session: CDPSession,
): Promise<(from: string, to: string) => Promise<MainThreadUse>> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => {
    for (const event of value as TraceEvent[])
      if (event.name === 'RunTask' || event.name.startsWith(markPrefix)) events.push(event);
  };
  session.on('Tracing.dataCollected', collect);
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: categories, excludedCategories: ['*'] },
  });
  return async (from, to) => {
    const ended = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await ended;
    session.off('Tracing.dataCollected', collect);
    return readTrace(events, from, to);
  };
}

/** Sums up the tasks of the thread that set the marks. */
export function readTrace(events: readonly TraceEvent[], from: string, to: string): MainThreadUse {
  const begin = events.find(({ name }) => name === from);
  const end = events.find(({ name }) => name === to);
  if (begin === undefined || end === undefined) throw new Error(`The trace has no mark ${from} or ${to}.`);
  const tasks = events.filter(
    ({ name, ph, pid, tid, ts }) =>
      name === 'RunTask' &&
      ph === 'X' &&
      pid === begin.pid &&
      tid === begin.tid &&
      ts >= begin.ts &&
      ts <= end.ts,
  );
  const isThreadTime = tasks.some(({ tdur }) => tdur !== undefined);
  const times = tasks.map(({ dur = 0, tdur }) => (isThreadTime ? (tdur ?? 0) : dur) / 1000);
  return {
    pid: begin.pid,
    wallMs: (end.ts - begin.ts) / 1000,
    busyMs: times.reduce((sum, ms) => sum + ms, 0),
    longTasksMs: times.filter((ms) => ms > longTaskMs).sort((a, b) => b - a),
    longestTaskMs: times.reduce((longest, ms) => Math.max(longest, ms), 0),
    isThreadTime,
  };
}
