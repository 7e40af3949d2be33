import { seededRandom, shuffle } from '@/core/random';
import type { Work } from '@/core/work';
import type { Centring } from './centring';
import type { TileProduct } from './tile-product';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

/** How often each cosine occurs among the pairs of different rows. */
export interface PairHistogram {
  /** Pairs a bin; the bins divide −1 to 1 evenly. */
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Pairs counted. */
  readonly pairs: number;
  /** Pairs drawn where there are too many to count, null where all were counted. */
  readonly sampledPairs: number | null;
}

const binCount = 4096;

/**
 * Histogram of the cosine over all pairs of members (ascending), or over a seeded sample where there are more than
 * `maxPairs`. The sample shuffles the members into a ring and takes each with those at distances 1 to s round it: every pair is
 * equally likely, none is drawn twice and every row is in equally many. Yields after each tile, a few milliseconds.
 */
export function* pairHistogram(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
  readonly seed: number;
  readonly maxPairs?: number;
  /** Counts the cosines of mean-centred rows instead. */
  readonly centring?: Centring | null;
}): Work<PairHistogram> {
  const { rows, members, product, seed, maxPairs = 2_000_000, centring = null } = request;
  const count = members.length;
  const allPairs = Math.max(0, (count * (count - 1)) / 2);
  const counts = new Uint32Array(binCount);
  if (allPairs <= maxPairs) {
    yield* countAllPairs({ rows, centring, product, counts }, members);
    return { counts, pairs: allPairs, sampledPairs: null };
  }
  const ring = Uint32Array.from(members);
  shuffle(ring, seededRandom(seed));
  const reach = Math.max(1, Math.floor(maxPairs / count));
  const centres = Math.min(count, Math.floor(maxPairs / reach));
  yield* countRing({ rows, centring, product, counts }, ring, centres, reach);
  return { counts, pairs: centres * reach, sampledPairs: centres * reach };
}

/** Percentile (0–100) of a cosine: share of pairs below it plus half the share equal, to a bin; NaN without pairs. */
export function percentileOf(histogram: PairHistogram, cosine: number): number {
  const own = binOf(cosine);
  let below = 0;
  for (let bin = 0; bin < own; bin++) below += histogram.counts[bin]!;
  return (100 * (below + histogram.counts[own]! / 2)) / histogram.pairs;
}

/** `percentileOf` of many cosines, in a new array; NaN stays NaN. */
export function percentilesOf(
  { counts, pairs }: PairHistogram,
  cosines: Float64Array,
): Float32Array<ArrayBuffer> {
  const table = new Float64Array(counts.length);
  let below = 0;
  counts.forEach((count, bin) => {
    table[bin] = (100 * (below + count / 2)) / pairs;
    below += count;
  });
  return Float32Array.from(cosines, (cosine) => (Number.isNaN(cosine) ? Number.NaN : table[binOf(cosine)]!));
}

interface Count {
  readonly rows: UnitRows;
  readonly centring: Centring | null;
  readonly product: TileProduct;
  readonly counts: Uint32Array;
}

/** Pairs at a cosine or above; exact for cosines at the edge of a bin (`snapToBin`) where all pairs were counted. */
export function pairsFrom(histogram: PairHistogram, cosine: number): number {
  let count = 0;
  for (let bin = binOf(cosine); bin < histogram.counts.length; bin++) count += histogram.counts[bin]!;
  return count;
}

/** The edge between bins nearest to a cosine. */
export function snapToBin(cosine: number): number {
  const edge = Math.round(((cosine + 1) / 2) * binCount);
  return (2 * Math.max(0, Math.min(binCount, edge))) / binCount - 1;
}

/** The cosine below which `share` (0 to 1) of the pairs lie, to a bin and evenly within it; null without pairs. */
export function cosineAtShare({ counts, pairs }: PairHistogram, share: number): number | null {
  if (pairs === 0) return null;
  const wanted = Math.max(0, Math.min(1, share)) * pairs;
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count > 0 && below + count >= wanted)
      return (2 * (bin + (wanted - below) / count)) / counts.length - 1;
    below += count;
  }
  return 1;
}

function* countAllPairs({ rows, centring, product, counts }: Count, members: Uint32Array): Work<void> {
  const edge = tileRowsFor(rows.dims);
  const lines = new RowGatherer(rows, members, centring);
  const columns = new RowGatherer(rows, members, centring);
  const tile = new Float32Array(edge * edge);
  const bands = Math.ceil(members.length / edge);
  const total = (bands * (bands + 1)) / 2;
  let done = 0;
  for (let i = 0; i < members.length; i += edge) {
    const iEnd = Math.min(i + edge, members.length);
    const lineRows = lines.take(i, iEnd);
    for (let j = i; j < members.length; j += edge) {
      const jEnd = Math.min(j + edge, members.length);
      const width = jEnd - j;
      product(lineRows, iEnd - i, columns.take(j, jEnd), width, rows.dims, tile);
      for (let line = 0; line < iEnd - i; line++) {
        countCells(tile, line * width + (i === j ? line + 1 : 0), (line + 1) * width, counts);
      }
      done++;
      yield { done, total };
    }
  }
}

function* countRing(
  { rows, centring, product, counts }: Count,
  ring: Uint32Array,
  centres: number,
  reach: number,
): Work<void> {
  const edge = tileRowsFor(rows.dims);
  const unrolled = new Uint32Array(centres + reach);
  for (let at = 0; at < unrolled.length; at++) unrolled[at] = ring[at % ring.length]!;
  const lines = new RowGatherer(rows, unrolled, centring);
  const columns = new RowGatherer(rows, unrolled, centring);
  const tile = new Float32Array(edge * edge);
  for (let i = 0; i < centres; i += edge) {
    const iEnd = Math.min(i + edge, centres);
    const lineRows = lines.take(i, iEnd);
    for (let j = i + 1; j < iEnd + reach; j += edge) {
      const jEnd = Math.min(j + edge, iEnd + reach);
      const width = jEnd - j;
      product(lineRows, iEnd - i, columns.take(j, jEnd), width, rows.dims, tile);
      for (let line = i; line < iEnd; line++) {
        const first = Math.max(line + 1, j) - j;
        const end = Math.min(line + reach + 1, jEnd) - j;
        const start = (line - i) * width;
        if (first < end) countCells(tile, start + first, start + end, counts);
      }
      yield { done: i, total: centres };
    }
  }
}

function countCells(tile: Float32Array, start: number, end: number, counts: Uint32Array): void {
  for (let at = start; at < end; at++) counts[binOf(tile[at]!)]!++;
}

function binOf(cosine: number): number {
  return Math.max(0, Math.min(binCount - 1, Math.floor(((cosine + 1) / 2) * binCount)));
}
