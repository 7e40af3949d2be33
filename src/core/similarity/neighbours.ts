import type { Work } from '@/core/work';
import { NeighbourLists } from './neighbour-lists';
import type { OpenRowProducts } from './row-products';
import type { TileProduct } from './tile-product';
import { RowGatherer, rowsPerYield, tileRowsFor, type UnitRows } from './unit-rows';

/** The k nearest rows of each of `count` rows, nearest first; the arrays are count × k and belong to the caller. */
export interface NeighbourBlock {
  /** Row indices; −1 where there are fewer than k others. */
  readonly ids: Int32Array<ArrayBuffer>;
  /** Cosines; NaN where ids is −1. */
  readonly similarities: Float32Array<ArrayBuffer>;
}

/** Candidates by float32 product that are computed again in float64, beyond k. */
const spare = 8;

/**
 * The k nearest members of some members by cosine, each compared with all others, the row itself left out, equal cosines by
 * row index. The k + 8 best by float32 product are ranked in float64, so the result is exact up to swaps within 1e-6, and that of a
 * row depends on no other row's being asked for. Memory is a few lists a row. Yields after each tile, a few milliseconds.
 */
export function* nearestNeighbours(request: {
  readonly rows: UnitRows;
  /** Rows that take part, ascending. */
  readonly members: Uint32Array;
  /** Positions among the members whose neighbours are wanted. */
  readonly positions: Uint32Array;
  readonly k: number;
  readonly product: TileProduct;
  readonly openRowProducts: OpenRowProducts;
}): Work<NeighbourBlock> {
  const { rows, members, positions, k, product, openRowProducts } = request;
  const rowProducts = openRowProducts(rows);
  const found = new NeighbourLists(positions.length, k);
  if (k > 0 && positions.length > 0) {
    const edge = tileRowsFor(rows.dims);
    const asked = positions.map((position) => members[position]!);
    const queries = new RowGatherer(rows, asked);
    const candidates = new RowGatherer(rows, members);
    const tile = new Float32Array(edge * edge);
    const exact = new Float64Array(k + spare);
    const rowsAYield = Math.max(1, Math.floor((4 * rowsPerYield(rows.dims)) / (k + spare)));
    const total = Math.ceil(positions.length / edge) * Math.ceil(members.length / edge);
    let done = 0;
    for (let start = 0; start < positions.length; start += edge) {
      const end = Math.min(start + edge, positions.length);
      const queryRows = queries.take(start, end);
      const best = new NeighbourLists(end - start, k + spare);
      for (let other = 0; other < members.length; other += edge) {
        const otherEnd = Math.min(other + edge, members.length);
        const width = otherEnd - other;
        product(queryRows, end - start, candidates.take(other, otherEnd), width, rows.dims, tile);
        for (let row = start; row < end; row++) {
          const line = (row - start) * width;
          let bar = best.last(row - start);
          for (let column = 0; column < width; column++) {
            // Members come in ascending order, so of equal ones the earlier is already in its place.
            if (!(tile[line + column]! > bar) || members[other + column] === asked[row]) continue;
            best.offer(row - start, tile[line + column]!, members[other + column]!);
            bar = best.last(row - start);
          }
        }
        done++;
        yield { done, total };
      }
      const { ids } = best.finish();
      for (let row = start; row < end; row++) {
        const list = ids.subarray((row - start) * (k + spare), (row - start + 1) * (k + spare));
        const count = Math.min(list.length, members.length - 1);
        rowProducts.multiply(asked[row]!, list, count, exact);
        for (let i = 0; i < count; i++) found.offer(row, exact[i]!, list[i]!);
        if ((row + 1 - start) % rowsAYield === 0) yield { done, total };
      }
    }
  }
  rowProducts.close();
  return found.finish();
}
