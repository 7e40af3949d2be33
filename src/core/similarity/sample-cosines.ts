import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

const mostAtOnce = 64;
/** Most cosines held. */
const mostHeld = 2 ** 22;

/**
 * Cosines of sampled members with all members. They are asked for in the order of the sample, each once: some are computed
 * at a time, so that every other row is read once for all of these. The work that comes back writes those of the next one into
 * `out`; its progress counts sampled members.
 */
export function sampleCosines(request: {
  readonly rows: UnitRows;
  /** Rows that take part, ascending. */
  readonly members: Uint32Array;
  /** Positions among the members, ascending. */
  readonly sample: Uint32Array;
  readonly product: TileProduct;
}): (out: Float64Array) => Work<void> {
  const { rows, members, sample, product } = request;
  const { dims } = rows;
  const edge = tileRowsFor(dims);
  const asked = new RowGatherer(
    rows,
    sample.map((position) => members[position]!),
  );
  const others = new RowGatherer(rows, members);
  const height = Math.max(1, Math.min(mostAtOnce, edge, Math.floor(mostHeld / Math.max(1, members.length))));
  const tile = new Float32Array(height * edge);
  const block = new Float32Array(height * members.length);
  let next = 0;
  const fill = function* (): Work<void> {
    const end = Math.min(next + height, sample.length);
    for (let from = 0; from < members.length; from += edge) {
      const to = Math.min(from + edge, members.length);
      product(asked.take(next, end), end - next, others.take(from, to), to - from, dims, tile);
      for (let row = 0; row < end - next; row++)
        block.set(tile.subarray(row * (to - from), (row + 1) * (to - from)), row * members.length + from);
      yield { done: next, total: sample.length };
    }
  };
  return function* (out) {
    const row = next % height;
    if (row === 0) yield* fill();
    for (let i = 0; i < members.length; i++) out[i] = block[row * members.length + i]!;
    next++;
  };
}
