let last: Promise<unknown> = Promise.resolve();

/** Does heavy work one after the other, so that no more memory is taken at once than one piece of it needs. */
export function inTurn<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  const next = last.then(() => {
    signal.throwIfAborted();
    return work();
  });
  last = next.catch(() => {});
  return next;
}
