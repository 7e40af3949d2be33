/** Something that is done again and again, at most every so often. */
export interface Paced {
  /** Has it done now, or as soon as it may be: what is said last is never left out. */
  soon(): void;
  /** Has it done at once. */
  now(): void;
  /** Nothing that was asked for is still to come. */
  stop(): void;
}

/** Paces what would else be done too often. The clock is that of the page. */
export function paced(everyMs: number, act: () => void): Paced {
  let actedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const now = () => {
    stop();
    actedAt = Date.now();
    act();
  };
  return {
    now,
    stop,
    soon: () => {
      const restMs = actedAt + everyMs - Date.now();
      if (restMs <= 0) now();
      else timer ??= setTimeout(now, restMs);
    },
  };
}
