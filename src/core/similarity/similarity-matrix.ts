import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

/** Whole rows of the similarity matrix: those of members[from..from + count), against all members. */
export interface SimilarityLines {
  readonly from: number;
  readonly count: number;
  /** count × members.length, 1 on the diagonal. Overwritten by the next block: to be read or copied at once. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly done: number;
  readonly total: number;
}

/**
 * The full similarity matrix of the members (ascending), block of rows by block of rows, for exports of up to a few thousand
 * rows. A block takes a few milliseconds; done and total count rows. Cosines are within −1 to 1.
 */
export function* similarityLines(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
}): Work<void, SimilarityLines> {
  const { rows, members, product } = request;
  const total = members.length;
  const edge = tileRowsFor(rows.dims);
  const blockRows = Math.max(16, Math.floor((edge * edge) / Math.max(1, total)));
  const block = new Float32Array(Math.min(blockRows, total) * total);
  const lines = new RowGatherer(rows, members);
  const all = new RowGatherer(rows, members).take(0, total);
  for (let from = 0; from < total; from += blockRows) {
    const count = Math.min(blockRows, total - from);
    product(lines.take(from, from + count), count, all, total, rows.dims, block);
    const values = block.subarray(0, count * total);
    for (let at = 0; at < values.length; at++) values[at] = Math.max(-1, Math.min(1, values[at]!));
    for (let row = 0; row < count; row++) values[row * total + from + row] = 1;
    yield { from, count, values, done: from + count, total };
  }
}
