import { seededRandom, shuffle } from '@/core/random';
import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

/**
 * Pairs of different positions 0 … count − 1. Pair p joins `first[p]` and `second[p]`. Where not all fit, every position is in
 * equally many.
 */
export interface PairSample {
  readonly first: Uint32Array<ArrayBuffer>;
  readonly second: Uint32Array<ArrayBuffer>;
  /** Pairs drawn where there are too many for all, null where these are all. */
  readonly sampledPairs: number | null;
}

const seed = 1;

/**
 * All pairs, or a seeded sample of about `most` where there are more: the positions shuffled into a ring, each with those at
 * distances 1 to s round it.
 */
export function samplePairs(count: number, most: number): PairSample {
  const all = Math.max(0, (count * (count - 1)) / 2);
  if (all <= most) {
    const first = new Uint32Array(all);
    const second = new Uint32Array(all);
    let pair = 0;
    for (let i = 0; i < count; i++) {
      for (let j = i + 1; j < count; j++) {
        first[pair] = i;
        second[pair++] = j;
      }
    }
    return { first, second, sampledPairs: null };
  }
  const ring = Uint32Array.from({ length: count }, (_, i) => i);
  shuffle(ring, seededRandom(seed));
  const reach = Math.max(1, Math.min(Math.floor((count - 1) / 2), Math.floor(most / count)));
  const first = new Uint32Array(count * reach);
  const second = new Uint32Array(count * reach);
  for (let place = 0; place < count; place++) {
    for (let step = 1; step <= reach; step++) {
      first[place * reach + step - 1] = ring[place]!;
      second[place * reach + step - 1] = ring[(place + step) % count]!;
    }
  }
  return { first, second, sampledPairs: first.length };
}

/**
 * Cosines of the sampled pairs of members, in the order of the pairs; equal vectors have equal cosines bit by bit. Yields after
 * each tile, a few milliseconds.
 */
export function* pairCosines(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly pairs: PairSample;
  readonly product: TileProduct;
}): Work<Float32Array<ArrayBuffer>> {
  const { rows, members, pairs, product } = request;
  const { first, sampledPairs } = pairs;
  const count = members.length;
  const cosines = new Float32Array(first.length);
  const isAll = sampledPairs === null;
  const reach = isAll ? count : first.length / count;
  const order = isAll
    ? members
    : Uint32Array.from({ length: count + reach }, (_, at) => members[first[(at % count) * reach]!]!);
  const edge = tileRowsFor(rows.dims);
  const lines = new RowGatherer(rows, order);
  const columns = new RowGatherer(rows, order);
  const tile = new Float32Array(edge * edge);
  for (let i = 0; i < count; i += edge) {
    const iEnd = Math.min(i + edge, count);
    const last = isAll ? count : iEnd + reach;
    for (let j = isAll ? i : i + 1; j < last; j += edge) {
      const jEnd = Math.min(j + edge, last, order.length);
      const width = jEnd - j;
      product(lines.take(i, iEnd), iEnd - i, columns.take(j, jEnd), width, rows.dims, tile);
      for (let line = i; line < iEnd; line++) {
        const from = Math.max(line + 1, j);
        const to = isAll ? jEnd : Math.min(jEnd, line + reach + 1);
        // Of all pairs, those of a line follow on those of the lines before it.
        const start = isAll ? line * count - (line * (line + 1)) / 2 - line - 1 : line * reach - line - 1;
        const at = (line - i) * width - j;
        for (let other = from; other < to; other++) cosines[start + other] = tile[at + other]!;
      }
      yield { done: i, total: count };
    }
  }
  return cosines;
}
