import { untilAborted } from '@/core/until-aborted';
import { webLocks } from '@/queries/web-locks';

/** Runs of one line go one after the other; each entry settles when the last one that joined has left. */
const lines = new Map<string, Promise<unknown>>();

/** The right to send to an origin, which one tab has at a time and all its runs share. */
interface Hold {
  users: number;
  readonly granted: Promise<void>;
  end(): void;
}

const holds = new Map<string, Hold>();

/**
 * Does work when those before it in its line have left and, where an origin is named, no other tab sends to it. Rejects
 * with AbortError when the signal aborts before its turn; afterwards the work itself has to listen to the signal.
 */
export async function inTurn<Result>(
  line: string,
  origin: string | null,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = lines.get(line) ?? Promise.resolve();
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  // Who leaves early does not let the next one overtake those before.
  const settled = Promise.all([before, left]);
  lines.set(line, settled);
  try {
    await untilAborted(before, signal);
    if (origin === null) return await work();
    const hold = holds.get(origin) ?? openHold(origin);
    hold.users++;
    try {
      await untilAborted(hold.granted, signal);
      return await work();
    } finally {
      if (--hold.users === 0) hold.end();
    }
  } finally {
    leave();
    void settled.then(() => {
      if (lines.get(line) === settled) lines.delete(line);
    });
  }
}

function openHold(origin: string): Hold {
  const waiting = new AbortController();
  let release = () => {};
  const granted = new Promise<void>((resolve, reject) => {
    const locks = webLocks();
    if (locks === undefined) return resolve();
    const held = () => {
      resolve();
      return new Promise<void>((end) => {
        release = end;
      });
    };
    locks.request(`murmuration sends to ${origin}`, { signal: waiting.signal }, held).catch(reject);
  });
  granted.catch(() => {});
  const hold: Hold = {
    users: 0,
    granted,
    end: () => {
      if (holds.get(origin) === hold) holds.delete(origin);
      waiting.abort();
      release();
    },
  };
  holds.set(origin, hold);
  return hold;
}
