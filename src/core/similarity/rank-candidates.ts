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
 * The k nearest of members[from..to) out of their candidates, by exact cosine. `lists` come from scans that together covered all
 * pairs, and hold the rows from `from` on. Not kept candidates have a score of at most the last kept one, so a row
 * whose k-th exact cosine exceeds what that stands for by the bound of its error has its true neighbours; the others are
 * `unsettled`. Yields every few milliseconds.
 */
export function* rankCandidates(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly k: number;
  readonly lists: readonly CandidateLists[];
  readonly openRowProducts: OpenRowProducts;
}): Work<RankedCandidates> {
  const { rows, members, from, to, k, lists, openRowProducts } = request;
  const total = Math.max(0, to - from);
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
  const order = nearTogether(lists, from, total);
  for (let at = 0; at < total; at++) {
    const row = order[at]!;
    const count = mergeLists(lists, row, candidates, scores, next);
    for (let i = 0; i < count; i++) candidates[i] = members[candidates[i]!]!;
    // What lies two errors below the k-th score is none of the nearest: it need not be computed.
    const lowest = k > 0 && count > k ? scores[k - 1]! * unit - 2 * error : Number.NEGATIVE_INFINITY;
    let near = Math.min(k, count);
    while (near < count && scores[near]! * unit >= lowest) near++;
    rowProducts(members[from + row]!, candidates, near, exact);
    for (let i = 0; i < near; i++) found.offer(row, exact[i]!, candidates[i]!);
    const isFull = count === keep && keep < members.length - 1;
    if (isFull && !(found.last(row) > scores[keep - 1]! * unit + offset + error)) unsettled.push(from + row);
    if ((at + 1) % rowsAYield === 0) yield { done: at + 1, total };
  }
  return { ...found.finish(), unsettled: Uint32Array.from(unsettled).sort() };
}
