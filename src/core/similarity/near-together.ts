/** Entries of a list that are followed. */
const followed = 8;

/**
 * The rows from … from + total − 1, less `from`, each soon after others that it is near to: the rows that they are multiplied with
 * are in the cache then. `lists` have those of these rows, best first, −1 for none. The caller owns the result.
 */
export function nearTogether(
  lists: readonly { readonly keep: number; readonly positions: Int32Array }[],
  from: number,
  total: number,
): Uint32Array {
  const order = new Uint32Array(total);
  const isReached = new Uint8Array(total);
  let reached = 0;
  const reach = (row: number) => {
    if (!(row >= 0 && row < total) || isReached[row] === 1) return;
    isReached[row] = 1;
    order[reached++] = row;
  };
  let next = 0;
  for (let row = 0; row < total; row++) {
    reach(row);
    for (; next < reached; next++) {
      for (const { keep, positions } of lists) {
        const first = order[next]! * keep;
        const end = first + Math.min(keep, followed);
        for (let at = first; at < end; at++) reach(positions[at]! - from);
      }
    }
  }
  return order;
}
