import type { Work } from '@/core/work';
import { clampCosine } from './block-pyramid';
import type { PairScale } from './combine-tiles';
import type { TileProduct } from './tile-product';
import { UnionFind } from './union-find';
import { RowGatherer, tileRowsFor, type UnitRows } from './unit-rows';

/** Which pairs count. */
export interface PairFilter {
  /** Group of each row of the matrix, −1 for none; rows without one are in no pair within or across. */
  readonly groupOf: Int32Array | null;
  readonly side: 'any' | 'within' | 'across';
}

/** The foremost pairs of rows, a before b among the members. */
export interface RankedPairs {
  readonly a: Uint32Array<ArrayBuffer>;
  readonly b: Uint32Array<ArrayBuffer>;
  /** What they are ranked by, foremost first; equal ones by a, then b. */
  readonly values: Float32Array<ArrayBuffer>;
}

export interface ClosePairs extends RankedPairs {
  /** Pairs at the cut-off or above that pass the filter; the lists hold the foremost of them. */
  readonly above: number;
  /** Those of them in one group, and the share of such pairs among all whose rows have one; null without groups. */
  readonly aboveWithin: number | null;
  readonly shareWithin: number | null;
  /** Rows of each set that the pairs above the cut-off hang together in, two or more, larger sets first. */
  readonly sets: readonly Uint32Array[];
}

interface Request {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
  readonly filter: PairFilter;
  /** Pairs kept. */
  readonly most: number;
}

/**
 * All pairs of members with a cosine of `least` or more: how many, the foremost, and what they join. Goes through the upper
 * triangle tile by tile, so n² is never held. Progress counts tiles.
 */
export function* findClosePairs(request: Request & { readonly least: number }): Work<ClosePairs> {
  const { rows, members, product, filter, most, least } = request;
  const ranked = new PairRank(most);
  const union = new UnionFind(members.length);
  const { groupOf } = filter;
  let above = 0;
  let aboveWithin = 0;
  yield* eachTile(members.length, rows.dims, (tile) => {
    const { from, to, otherFrom, otherTo } = tile;
    const width = otherTo - otherFrom;
    product(tile.lines(rows, members), to - from, tile.columns(rows, members), width, rows.dims, tile.out);
    for (let i = from; i < to; i++) {
      for (let j = Math.max(otherFrom, i + 1); j < otherTo; j++) {
        const value = clampCosine(tile.out[(i - from) * width + j - otherFrom]!);
        if (value < least || !passes(filter, members[i]!, members[j]!)) continue;
        above++;
        if (groupOf !== null && groupOf[members[i]!]! >= 0 && groupOf[members[i]!] === groupOf[members[j]!])
          aboveWithin++;
        union.join(i, j);
        ranked.offer(value, i, j);
      }
    }
  });
  return {
    ...ranked.finish(members),
    above,
    aboveWithin: groupOf === null ? null : aboveWithin,
    shareWithin: groupOf === null ? null : shareOfPairsWithin(groupOf, members),
    sets: union.sets().map((set) => set.map((i) => members[i]!)),
  };
}

/** Two runs of the same rows, each with the mean and spread that make z of its cosines. */
interface DifferingRuns {
  readonly a: { readonly rows: UnitRows; readonly scale: PairScale };
  readonly b: { readonly rows: UnitRows; readonly scale: PairScale };
}

/**
 * The pairs on which two runs differ most: foremost by |z in A − z in B|, whose sign the values keep. `sign` takes only those more
 * alike in A (1) or in B (−1). Progress counts tiles.
 */
export function* findDifferingPairs(
  request: Omit<Request, 'rows'> & DifferingRuns & { readonly sign: -1 | 0 | 1 },
): Work<RankedPairs> {
  const { a, b, members, product, filter, most, sign } = request;
  const ranked = new PairRank(most);
  const dims = Math.max(a.rows.dims, b.rows.dims);
  const edge = tileRowsFor(dims);
  const ofB = new Float32Array(edge * edge);
  const inB = tileOpener();
  yield* eachTile(members.length, dims, (tile) => {
    const { from, to, otherFrom, otherTo } = tile;
    const width = otherTo - otherFrom;
    product(
      tile.lines(a.rows, members),
      to - from,
      tile.columns(a.rows, members),
      width,
      a.rows.dims,
      tile.out,
    );
    const other = inB(tile);
    product(other.lines(b.rows, members), to - from, other.columns(b.rows, members), width, b.rows.dims, ofB);
    for (let i = from; i < to; i++) {
      for (let j = Math.max(otherFrom, i + 1); j < otherTo; j++) {
        const at = (i - from) * width + j - otherFrom;
        const zA = (clampCosine(tile.out[at]!) - a.scale.mean) / a.scale.sd;
        const zB = (clampCosine(ofB[at]!) - b.scale.mean) / b.scale.sd;
        const difference = zA - zB;
        if (sign !== 0 && Math.sign(difference) !== sign) continue;
        if (!passes(filter, members[i]!, members[j]!)) continue;
        ranked.offer(Math.abs(difference), i, j, difference);
      }
    }
  });
  return ranked.finish(members);
}

function passes({ groupOf, side }: PairFilter, a: number, b: number): boolean {
  if (side === 'any' || groupOf === null) return true;
  const ofA = groupOf[a]!;
  const ofB = groupOf[b]!;
  if (ofA < 0 || ofB < 0) return false;
  return (ofA === ofB) === (side === 'within');
}

/** Share of the pairs of one group among all pairs whose rows have a group; null without such pairs. */
function shareOfPairsWithin(groupOf: Int32Array, members: Uint32Array): number | null {
  const counts = new Map<number, number>();
  let grouped = 0;
  for (const row of members) {
    const group = groupOf[row]!;
    if (group < 0) continue;
    grouped++;
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  if (grouped < 2) return null;
  let within = 0;
  for (const count of counts.values()) within += (count * (count - 1)) / 2;
  return within / ((grouped * (grouped - 1)) / 2);
}

/** A tile of the upper triangle: ordered rows [from, to) against [otherFrom, otherTo). */
interface PairTile {
  readonly from: number;
  readonly to: number;
  readonly otherFrom: number;
  readonly otherTo: number;
  readonly out: Float32Array;
  lines(rows: UnitRows, members: Uint32Array): Float32Array;
  columns(rows: UnitRows, members: Uint32Array): Float32Array;
}

/** Gathers rows for tiles of one matrix, with its own room for copies. */
function tileOpener(): (
  tile: Pick<PairTile, 'from' | 'to' | 'otherFrom' | 'otherTo'>,
) => Pick<PairTile, 'lines' | 'columns'> {
  let down: RowGatherer | null = null;
  let across: RowGatherer | null = null;
  return ({ from, to, otherFrom, otherTo }) => ({
    lines: (rows, members) => {
      down ??= new RowGatherer(rows, members);
      return down.take(from, to);
    },
    columns: (rows, members) => {
      across ??= new RowGatherer(rows, members);
      return across.take(otherFrom, otherTo);
    },
  });
}

function* eachTile(count: number, dims: number, visit: (tile: PairTile) => void): Work<void> {
  const edge = tileRowsFor(dims);
  const out = new Float32Array(edge * edge);
  const open = tileOpener();
  const bands = Math.ceil(count / edge);
  const total = (bands * (bands + 1)) / 2;
  let done = 0;
  for (let from = 0; from < count; from += edge) {
    for (let otherFrom = from; otherFrom < count; otherFrom += edge) {
      const place = {
        from,
        to: Math.min(from + edge, count),
        otherFrom,
        otherTo: Math.min(otherFrom + edge, count),
      };
      visit({ ...place, out, ...open(place) });
      done++;
      yield { done, total };
    }
  }
}

/** Keeps the foremost of many pairs: twice as many as wanted are gathered, then cut down. */
class PairRank {
  readonly #most: number;
  #kept: { rank: number; a: number; b: number; value: number }[] = [];
  #floor = Number.NEGATIVE_INFINITY;

  constructor(most: number) {
    this.#most = most;
  }

  offer(rank: number, a: number, b: number, value = rank): void {
    if (rank < this.#floor || this.#most === 0) return;
    this.#kept.push({ rank, a, b, value });
    if (this.#kept.length >= 2 * this.#most) this.#cut();
  }

  finish(members: Uint32Array): RankedPairs {
    this.#cut();
    return {
      a: Uint32Array.from(this.#kept, ({ a }) => members[a]!),
      b: Uint32Array.from(this.#kept, ({ b }) => members[b]!),
      values: Float32Array.from(this.#kept, ({ value }) => value),
    };
  }

  #cut(): void {
    this.#kept.sort((x, y) => y.rank - x.rank || x.a - y.a || x.b - y.b);
    this.#kept = this.#kept.slice(0, this.#most);
    if (this.#kept.length === this.#most) this.#floor = this.#kept.at(-1)?.rank ?? this.#floor;
  }
}
