/** The clock of runs, in milliseconds since 1970: it never jumps, and the tabs of a browser agree on it. */
export function readRunClockMs(): number {
  return performance.timeOrigin + performance.now();
}
