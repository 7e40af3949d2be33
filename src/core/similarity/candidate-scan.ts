import type { Work } from '@/core/work';
import { partitionRows } from './partition-rows';
import { putInPlace } from './put-in-place';
import { chooseRounding, type Rounding } from './rounding';
import { foreseeSketchBytes, type RowSketches, type SharedSketches, sketchRows } from './row-sketch';
import type { TileProduct } from './tile-product';
import type { UnitRows } from './unit-rows';

/** The best candidates of some rows by quantised cosine, `keep` a row, best first, equal scores by position. */
export interface CandidateLists {
  readonly keep: number;
  /** Positions among the members; −1 where a list is not full. */
  readonly positions: Int32Array;
  readonly scores: Int32Array;
  /** score · unit + offset is the cosine, to within `error`; unit and offset are the same in all lists of a search. */
  readonly unit: number;
  readonly offset: number;
  readonly error: number;
}

/** What a scan found, and how it went. */
export interface ScannedCandidates extends CandidateLists {
  /** The positions of all members, near ones mostly close together; null where the scan went through them as they stand. */
  readonly order: Uint32Array | null;
}

/**
 * A search for candidates among the pairs of members. The pairs are cut into tiles, `tileCount` in all: the upper triangle of
 * pairs of bands (`bandGrid`). What is kept after scanning some of the tiles depends on nothing but which they were.
 */
interface CandidateScan {
  readonly tileCount: number;
  /** Offers the pairs of a tile to the lists of both rows; a few milliseconds. Tiles have to come in ascending order. */
  scan(tile: number): void;
  /** The lists of all members; they belong to the caller, and the scan is over. */
  finish(): CandidateLists;
}

/** Prepares a scan of the members (ascending). Throws RangeError, with numbers, when there is no memory for it. */
export type OpenCandidateScan = (request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly rounding: Rounding;
  readonly keep: number;
  /** Rows of a band, a multiple of 16. Default: what makes a tile take a few milliseconds. */
  readonly bandRows?: number | undefined;
  /** Bytes of rounded rows held at once; at least two bands are. Default: 64 MiB. */
  readonly heldBytes?: number | undefined;
  /**
   * Sketches of the members, by which pairs may be passed over that are too far apart. Tiles are those of `sketchedTile` then, and
   * of equal scores at the end of a list any may be kept.
   */
  readonly sketches?: RowSketches | null;
  /**
   * With sketches: one a member, shared by scans that cover the pairs together; no score up to it is among the best `keep`. Read and raised
   * as the scan goes on; −2^31 to begin with.
   */
  readonly bars?: Int32Array | null | undefined;
}) => CandidateScan;

/** Multiplications of a tile: about 5 ms of the SIMD kernel. */
const tileWork = 2 ** 27;

/** Multiplications of all pairs below which making sketches takes longer than they save. */
const usualLeastSketched = 2 ** 34;
/** Rows of a band at most where most pairs are passed over. */
const mostSketchedBandRows = 512;

/** Bands of consecutive members, whose pairs are the tiles of a scan. */
export interface BandGrid {
  /** Rows of a band (the last may have fewer), a multiple of 16. */
  readonly bandRows: number;
  readonly bandCount: number;
  readonly tileCount: number;
}

export function bandGrid(count: number, dims: number, bandRows = usualBandRows(dims)): BandGrid {
  const bandCount = Math.ceil(count / bandRows);
  return { bandRows, bandCount, tileCount: (bandCount * (bandCount + 1)) / 2 };
}

function usualBandRows(dims: number): number {
  const edge = Math.floor(Math.sqrt(tileWork / Math.max(1, dims)) / 16) * 16;
  return Math.min(1024, Math.max(64, edge));
}

/** The bands of a tile, first ≤ second. Tiles go along the rows of the triangle, so every row meets its candidates in order. */
export function bandsOfTile({ bandCount }: BandGrid, tile: number): { first: number; second: number } {
  let first = 0;
  let start = 0;
  while (start + bandCount - first <= tile) {
    start += bandCount - first;
    first++;
  }
  return { first, second: first + tile - start };
}

/** How a scan by sketches goes through a tile. */
export interface SketchedTile {
  readonly first: number;
  readonly second: number;
  /**
   * Which pairs are multiplied: those that may enter a list (`all`), those that look as if they would (`likely`), or what these left
   * (`rest`).
   */
  readonly pairs: 'all' | 'likely' | 'rest';
}

/**
 * The tiles of a scan by sketches: bands with themselves, then with the next, and so on, likely pairs only, and then the rest of
 * these. So lists are good before most pairs are passed over.
 */
export function sketchedTile(grid: BandGrid, tile: number): SketchedTile {
  const { bandCount, tileCount } = grid;
  const isRest = tile >= tileCount;
  const { first: apart, second } = bandsOfTile(grid, isRest ? tile - tileCount + bandCount : tile);
  return { first: second - apart, second, pairs: apart === 0 ? 'all' : isRest ? 'rest' : 'likely' };
}

export function sketchedTileCount({ bandCount, tileCount }: BandGrid): number {
  return 2 * tileCount - bandCount;
}

/** Candidates kept for k neighbours: enough more that rounding seldom hides one. */
export function candidatesKept(k: number, memberCount: number): number {
  return Math.max(0, Math.min(k + Math.max(12, Math.ceil(k / 2)), memberCount - 1));
}

/** Entries that a list has room for while it is being filled: twice what is kept, so that it is cut down seldom. */
export function listRoom(keep: number): number {
  return Math.max(4, Math.ceil((2 * keep) / 4) * 4);
}

/** Copies of rows that a worker holds at once, so that those of usual datasets are copied once. */
export const usualHeldBytes = 2 ** 26;
/** Copies of rows that a worker keeps while it multiplies single pairs: near ones follow each other, so few are copied twice. */
export const usualCopiedBytes = 2 ** 24;

/**
 * Bytes that a worker takes at most, beside the matrix, while it searches the k nearest of all members and ranks them; with
 * `cutRows`, by the bands of so many rows of an approximate search.
 */
export function foreseeSearchBytes(
  memberCount: number,
  dims: number,
  k: number,
  cutRows: number | null = null,
): number {
  const keep = candidatesKept(k, memberCount);
  const lists = memberCount * 4 * (2 * listRoom(keep) + 2 * keep + 2);
  const ranked = Math.min(usualCopiedBytes, memberCount * dims * 4);
  if (cutRows === null)
    return (
      lists + ranked + Math.min(usualHeldBytes, memberCount * dims * 2) + foreseeSketchBytes(memberCount)
    );
  // The lists of all cuts so far beside those of one cut, and the order of the rows in it.
  return lists + memberCount * (8 * keep + 24) + ranked + Math.min(2 * cutRows, memberCount) * dims * 2;
}

/**
 * Finds candidates of the members (ascending) in those tiles that `takeTile` hands out, ascending, until it gives a number that is
 * none. Several searches of the same members that share one `takeTile` cover them together. Yields every few milliseconds;
 * progress counts the tiles of this search out of all.
 */
export function* scanCandidates(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly keep: number;
  readonly bandRows?: number;
  readonly heldBytes?: number;
  readonly open: OpenCandidateScan;
  /** Makes the sketches by which a large search passes over pairs; without it all are multiplied. */
  readonly product?: TileProduct;
  /** Multiplications of all pairs from which on sketches are made; for tests. */
  readonly leastSketched?: number;
  /** Shared by searches that share their tiles: one number a member, −2^31 to begin with. */
  readonly bars?: Int32Array | null;
  /** The same of the sketches. */
  readonly sharedSketches?: SharedSketches | null;
  readonly takeTile: () => number;
}): Work<ScannedCandidates> {
  const { open, takeTile, product, leastSketched = usualLeastSketched, sharedSketches, ...search } = request;
  const { rows, members, keep } = search;
  const rounding = yield* chooseRounding(rows, members);
  const isWorthIt = keep > 0 && (members.length ** 2 / 2) * rows.dims >= leastSketched;
  const sketches =
    isWorthIt && product
      ? yield* sketchRows({ rows, members, rounding, product, shared: sharedSketches })
      : null;
  if (sketches === null)
    return { ...(yield* scanTiles(open({ ...search, rounding }), takeTile)), order: null };

  const bandRows = search.bandRows ?? Math.min(mostSketchedBandRows, usualBandRows(rows.dims));
  const order = yield* partitionRows({
    rows: { values: Float32Array.from(sketches.values), dims: sketches.dims },
    members: Uint32Array.from(members.keys()),
    bandRows,
    seed: 1,
  });
  const biases = Int32Array.from(order, (position) => rounding.biases[position]!);
  const values = new Int16Array(sketches.values.length);
  order.forEach((position, at) => {
    const from = position * sketches.dims;
    values.set(sketches.values.subarray(from, from + sketches.dims), at * sketches.dims);
  });
  const scan = open({
    ...search,
    bandRows,
    members: order.map((position) => members[position]!),
    rounding: { ...rounding, biases },
    sketches: { ...sketches, values },
  });
  return { ...putInPlace(yield* scanTiles(scan, takeTile), order), order };
}

function* scanTiles(scan: CandidateScan, takeTile: () => number): Work<CandidateLists> {
  let done = 0;
  for (let tile = takeTile(); tile < scan.tileCount; tile = takeTile()) {
    scan.scan(tile);
    done++;
    yield { done, total: scan.tileCount };
  }
  return scan.finish();
}
