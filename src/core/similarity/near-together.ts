/** Entries of a list that are followed. */
const followed = 8;

/**
 * An order of `wanted` (positions among the members, each once), as places in it: each soon after others that it is near to, so that
 * the rows that they are multiplied with are in the cache then. `lists` have those of all members, best first, −1 for none. The
 * caller owns the result.
 */
export function nearTogether(
  lists: readonly { readonly keep: number; readonly positions: Int32Array }[],
  wanted: Uint32Array,
  memberCount: number,
): Uint32Array {
  // −1 once a position is in the order.
  const placeOf = new Int32Array(memberCount).fill(-1);
  for (let place = 0; place < wanted.length; place++) placeOf[wanted[place]!] = place;
  const order = new Uint32Array(wanted.length);
  let reached = 0;
  const reach = (position: number) => {
    if (position < 0) return;
    const place = placeOf[position]!;
    if (place < 0) return;
    placeOf[position] = -1;
    order[reached++] = place;
  };
  let next = 0;
  for (let place = 0; place < wanted.length; place++) {
    reach(wanted[place]!);
    for (; next < reached; next++) {
      const position = wanted[order[next]!]!;
      for (const { keep, positions } of lists) {
        const first = position * keep;
        const end = first + Math.min(keep, followed);
        for (let at = first; at < end; at++) reach(positions[at]!);
      }
    }
  }
  return order;
}
