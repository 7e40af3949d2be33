import type { Work } from '@/core/work';
import { NeighbourLists } from './neighbour-lists';
import type { NeighbourBlock } from './neighbours';

const rowsAYield = 2048;

/**
 * The k nearest of every member out of those that different vectors have among themselves: rows with the same vector (twins) are each
 * other's nearest, and stand where the first of them stands in the lists of others. Exact where the lists given are and are at
 * least k long, or as long as there are different vectors. Equal cosines by row. The caller owns the arrays.
 */
export function* expandNeighbours(request: {
  /** Ascending. */
  readonly members: Uint32Array;
  /** For each member the first member with its vector, which is its own row for a first. */
  readonly twinOf: Int32Array;
  /** Lists of the firsts, in their order: dataset rows, −1 where there are fewer. */
  readonly found: { readonly ids: Int32Array; readonly similarities: Float32Array; readonly k: number };
  readonly k: number;
}): Work<NeighbourBlock> {
  const { members, twinOf, found, k } = request;
  const placeOf = new Map<number, number>();
  const twins: number[][] = [];
  members.forEach((row, member) => {
    const first = twinOf[member]!;
    if (first === row) {
      placeOf.set(row, twins.length);
      twins.push([row]);
    } else twins[placeOf.get(first)!]!.push(row);
  });
  const lists = new NeighbourLists(members.length, k);
  for (let member = 0; member < members.length; member++) {
    const row = members[member]!;
    const place = placeOf.get(twinOf[member]!)!;
    for (const twin of twins[place]!) if (twin !== row) lists.offer(member, 1, twin);
    for (let at = place * found.k; at < (place + 1) * found.k && found.ids[at]! >= 0; at++) {
      const cosine = found.similarities[at]!;
      if (cosine < lists.last(member)) break;
      for (const twin of twins[placeOf.get(found.ids[at]!)!]!) lists.offer(member, cosine, twin);
    }
    if ((member + 1) % rowsAYield === 0) yield { done: member + 1, total: members.length };
  }
  return lists.finish();
}
