import { seededRandom } from '@/core/random';
import { NeighbourLists } from '@/core/similarity/neighbour-lists';
import type { TileProduct } from '@/core/similarity/tile-product';
import { rowsPerYield, tileRowsFor, type UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

/** Neighbours whose likeness to each other is looked at. */
export const cohesionNeighbours = 5;

/** How alike the nearest rows of a row are to each other, and how alike they would be if there were no structure. */
export interface Cohesion {
  /** For each member the mean cosine among its nearest; NaN where it has fewer than two. */
  readonly ofMember: Float32Array<ArrayBuffer>;
  /** The same of rows drawn from the product of the columns' own distributions, a seeded sample of them. */
  readonly ofShuffled: Float32Array<ArrayBuffer>;
}

const shuffledRows = 256;

/**
 * Cohesion of each member, beside that of shuffled vectors: rows whose columns are drawn independently from the columns of
 * the members, so that every column keeps its distribution and nothing else is kept (the null of parallel analysis, Horn
 * 1965, Buja & Eyuboglu 1992), 256 of them, each with its nearest
 * among as many as there are members.
 * Nothing n × d is held. The mean cosine among k unit vectors is (‖Σ‖² − k)/(k(k − 1)).
 *
 * @param ids members.length × k dataset rows, nearest first, −1 where there are fewer; only the first five are looked at
 */
export function* measureCohesion(request: {
  readonly rows: UnitRows;
  /** Ascending, no two with the same vector. */
  readonly members: Uint32Array;
  readonly ids: Int32Array;
  readonly k: number;
  readonly product: TileProduct;
  readonly seed: number;
}): Work<Cohesion> {
  const { rows, members, ids, k } = request;
  const { dims } = rows;
  const count = members.length;
  const shuffled = new ShuffledRows(rows, members, request.seed);
  const queryCount = shuffledRows;
  const edge = tileRowsFor(dims);
  const total = 2 * count;

  const sum = new Float64Array(dims);
  const ofMember = new Float32Array(count);
  const rowsAYield = Math.max(1, Math.floor(rowsPerYield(dims) / cohesionNeighbours));
  for (let member = 0; member < count; member++) {
    const near = ids.subarray(member * k, member * k + Math.min(k, cohesionNeighbours));
    ofMember[member] = meanCosine(near, sum, (row) => rows.values.subarray(row * dims, (row + 1) * dims));
    if ((member + 1) % rowsAYield === 0) yield { done: member + 1, total };
  }

  const lists = new NeighbourLists(queryCount, Math.min(cohesionNeighbours, Math.max(0, count - 1)));
  // The first of them are among those searched, as a row is among its members.
  const queries = shuffled.take(0, queryCount);
  const tile = new Float32Array(queryCount * edge);
  for (let start = 0; start < count; start += edge) {
    const end = Math.min(count, start + edge);
    request.product(queries, queryCount, shuffled.take(start, end), end - start, dims, tile);
    for (let query = 0; query < queryCount; query++) {
      let bar = lists.last(query);
      for (let other = start; other < end; other++) {
        const cosine = tile[query * (end - start) + other - start]!;
        if (!(cosine > bar) || other === query) continue;
        lists.offer(query, cosine, other);
        bar = lists.last(query);
      }
    }
    yield { done: count + end, total };
  }
  const found = lists.finish();
  const width = found.ids.length / Math.max(1, queryCount);
  const ofShuffled = Float32Array.from({ length: queryCount }, (_, query) =>
    meanCosine(found.ids.subarray(query * width, (query + 1) * width), sum, (row) =>
      shuffled.take(row, row + 1),
    ),
  );
  return { ofMember, ofShuffled };
}

function meanCosine(ids: Int32Array, sum: Float64Array, rowOf: (row: number) => Float32Array): number {
  sum.fill(0);
  let count = 0;
  for (const id of ids) {
    if (id < 0) continue;
    const row = rowOf(id);
    for (let i = 0; i < sum.length; i++) sum[i]! += row[i]!;
    count++;
  }
  if (count < 2) return Number.NaN;
  let square = 0;
  for (const value of sum) square += value * value;
  return (square - count) / (count * (count - 1));
}

/** Unit rows whose columns are drawn independently from those of the members; row i is the same whenever it is asked for. */
class ShuffledRows {
  readonly #rows: UnitRows;
  readonly #members: Uint32Array;
  readonly #seed: number;

  constructor(rows: UnitRows, members: Uint32Array, seed: number) {
    this.#rows = rows;
    this.#members = members;
    this.#seed = seed;
  }

  /** Rows start..end, row-major; a fresh array. */
  take(start: number, end: number): Float32Array {
    const { values, dims } = this.#rows;
    const block = new Float32Array((end - start) * dims);
    for (let row = start; row < end; row++) {
      const random = seededRandom(this.#seed + Math.imul(row, 0x9e3779b1));
      const target = block.subarray((row - start) * dims, (row - start + 1) * dims);
      let square = 0;
      for (let column = 0; column < dims; column++) {
        const from = this.#members[Math.floor(random() * this.#members.length)]!;
        const value = values[from * dims + column]!;
        target[column] = value;
        square += value * value;
      }
      const length = Math.sqrt(square);
      if (length > 0) for (let column = 0; column < dims; column++) target[column]! /= length;
    }
    return block;
  }
}
