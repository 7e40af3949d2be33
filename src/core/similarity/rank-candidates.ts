import type { Work } from '@/core/work';
import type { CandidateLists } from './candidate-scan';
import { mergeLists } from './merge-lists';
import { nearTogether } from './near-together';
import { NeighbourLists } from './neighbour-lists';
import type { NeighbourBlock } from './neighbours';
import type { OpenRowProducts } from './row-products';
import { rowsPerYield, type UnitRows } from './unit-rows';

export interface RankedCandidates extends NeighbourBlock {
  /** Positions among the members whose neighbours the candidates do not settle, ascending: to be found anew. */
  readonly unsettled: Uint32Array<ArrayBuffer>;
}

/** Rounding of the exact cosines to float32, with room to spare. */
const slack = 2e-7;

/**
 * The k nearest of the members at `wanted` out of their candidates, by exact cosine, in the order of `wanted`. `lists` come from
 * scans of all members that together covered all pairs; they are only read. Not kept candidates have a score of at most the last kept one, so a row
 * whose k-th exact cosine exceeds what that stands for by the bound of its error has its true neighbours; the others are
 * `unsettled`. Yields every few milliseconds.
 */
export function* rankCandidates(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  /** Positions among the members, each once. */
  readonly wanted: Uint32Array;
  readonly k: number;
  readonly lists: readonly CandidateLists[];
  readonly openRowProducts: OpenRowProducts;
}): Work<RankedCandidates> {
  const { rows, members, wanted, k, lists, openRowProducts } = request;
  const total = wanted.length;
  const keep = lists[0]?.keep ?? 0;
  const { unit, offset } = lists[0] ?? { unit: 1, offset: 0 };
  const error = Math.max(0, ...lists.map((list) => list.error)) + slack;
  const rowProducts = openRowProducts(rows);
  const found = new NeighbourLists(total, k);
  const unsettled: number[] = [];
  const candidates = new Int32Array(keep);
  const scores = new Int32Array(keep);
  const exact = new Float64Array(keep);
  const next = new Int32Array(lists.length);
  const rowsAYield = Math.max(1, Math.floor((4 * rowsPerYield(rows.dims)) / Math.max(1, k)));
  const order = nearTogether(lists, wanted, members.length);
  for (let done = 1; done <= total; done++) {
    const place = order[done - 1]!;
    const position = wanted[place]!;
    const count = mergeLists(lists, position, candidates, scores, next);
    for (let i = 0; i < count; i++) candidates[i] = members[candidates[i]!]!;
    // What lies two errors below the k-th score is none of the nearest: it need not be computed.
    const lowest = k > 0 && count > k ? scores[k - 1]! * unit - 2 * error : Number.NEGATIVE_INFINITY;
    let near = Math.min(k, count);
    while (near < count && scores[near]! * unit >= lowest) near++;
    rowProducts.multiply(members[position]!, candidates, near, exact);
    for (let i = 0; i < near; i++) found.offer(place, exact[i]!, candidates[i]!);
    const isFull = count === keep && keep < members.length - 1;
    if (isFull && !(found.last(place) > scores[keep - 1]! * unit + offset + error)) unsettled.push(position);
    if (done % rowsAYield === 0) yield { done, total };
  }
  rowProducts.close();
  return { ...found.finish(), unsettled: Uint32Array.from(unsettled).sort() };
}
