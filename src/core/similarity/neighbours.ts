import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

/** The k nearest rows of each of `count` rows, nearest first; the arrays are count × k and belong to the caller. */
export interface NeighbourBlock {
  /** Row indices; −1 where there are fewer than k others. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** Cosines; NaN where ids is −1. */
  readonly similarities: Float32Array<ArrayBuffer>;
}

export interface NeighbourRequest {
  readonly rows: UnitRows;
  /** Rows that take part, ascending. */
  readonly members: Uint32Array;
  /** Neighbours are found for members[from..to). */
  readonly from: number;
  readonly to: number;
  readonly k: number;
  readonly product: TileProduct;
}

/**
 * Exact k nearest members by cosine (float32), the row itself left out, equal cosines by row index. Goes through tiles of
 * the similarity matrix and keeps only the best k of each row, so memory is count × k. The result of a row does not depend on how
 * the members are shared out between calls. Yields after each tile, a few milliseconds.
 */
export function* nearestNeighbours(request: NeighbourRequest): Work<NeighbourBlock> {
  const { rows, members, from, to, k, product } = request;
  const count = Math.max(0, to - from);
  const ids = new Int32Array(count * k).fill(-1);
  const similarities = new Float32Array(count * k).fill(Number.NEGATIVE_INFINITY);
  if (k > 0 && count > 0) {
    const edge = tileRowsFor(rows.dims);
    const queries = new RowGatherer(rows, members);
    const candidates = new RowGatherer(rows, members);
    const tile = new Float32Array(edge * edge);
    const total = Math.ceil(count / edge) * Math.ceil(members.length / edge);
    let done = 0;
    for (let start = from; start < to; start += edge) {
      const end = Math.min(start + edge, to);
      const queryRows = queries.take(start, end);
      for (let other = 0; other < members.length; other += edge) {
        const otherEnd = Math.min(other + edge, members.length);
        product(queryRows, end - start, candidates.take(other, otherEnd), otherEnd - other, rows.dims, tile);
        for (let row = start; row < end; row++) {
          const line = (row - start) * (otherEnd - other);
          const list = (row - from) * k;
          keepNearest(tile, line, members, other, otherEnd, row, ids, similarities, list, k);
        }
        done++;
        yield { done, total };
      }
    }
  }
  for (let at = 0; at < ids.length; at++) if (ids[at] === -1) similarities[at] = Number.NaN;
  return { ids, similarities };
}

/** Merges one line of a tile, the cosines of members[start..end), into the sorted list of k at `list`. */
function keepNearest(
  tile: Float32Array,
  line: number,
  members: Uint32Array,
  start: number,
  end: number,
  self: number,
  ids: Int32Array,
  similarities: Float32Array,
  list: number,
  k: number,
): void {
  const last = list + k - 1;
  let threshold = similarities[last]!;
  for (let other = start; other < end; other++) {
    const similarity = tile[line + other - start]!;
    // Members come in ascending order, so of equal ones the earlier is already in its place.
    if (!(similarity > threshold) || other === self) continue;
    let at = last;
    while (at > list && similarities[at - 1]! < similarity) {
      similarities[at] = similarities[at - 1]!;
      ids[at] = ids[at - 1]!;
      at--;
    }
    similarities[at] = similarity;
    ids[at] = members[other]!;
    threshold = similarities[last]!;
  }
}
