import type { Work } from '@/core/work';
import { nearTogether } from './near-together';
import { NeighbourLists } from './neighbour-lists';
import type { NeighbourBlock } from './neighbours';
import type { OpenRowProducts } from './row-products';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** Lists of neighbours found so far, and which entries are new since they were last followed. */
export interface RefinedNeighbours extends NeighbourBlock {
  /** 1 where an entry is new, one byte an entry. */
  readonly fresh: Uint8Array<ArrayBuffer>;
}

/** Lists that a round starts from, as `RefinedNeighbours`. */
export interface RefinableLists {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly fresh: Uint8Array;
}

/** Neighbours of a row, of those that have it as a neighbour, and of each of them, that are followed. */
const followed = 15;

/**
 * One round of NN-descent (Dong, Charikar & Li 2011) for members[from..to): neighbours of a row's neighbours, and of the rows whose
 * neighbour it is, are compared with it in float64, unless both steps to them are old. All rows start from the lists
 * given (of all members, k a row), so a row's result depends on no other row's being asked for. The lists are only read. Yields
 * every few milliseconds.
 */
export function* refineNeighbours(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly from: number;
  readonly to: number;
  readonly k: number;
  readonly lists: RefinableLists;
  readonly openRowProducts: OpenRowProducts;
}): Work<RefinedNeighbours> {
  const { rows, members, from, to, k, lists, openRowProducts } = request;
  const total = Math.max(0, to - from);
  const rowProducts = openRowProducts(rows);
  const positions = toPositions(members, lists.ids);
  const back = reverseLists(positions, lists, members.length, k);
  const reach = Math.min(followed, k);
  const found = new NeighbourLists(total, k);
  const mark = new Int32Array(members.length).fill(-1);
  const candidates = new Int32Array(2 * followed * (reach + 1));
  const exact = new Float64Array(candidates.length);
  const rowsAYield = Math.max(1, Math.floor((4 * rowsPerYield(rows.dims)) / candidates.length));
  const wanted = Uint32Array.from({ length: total }, (_, place) => from + place);
  const order = nearTogether([{ keep: k, positions }], wanted, members.length);
  for (let place = 0; place < total; place++) {
    const row = from + order[place]!;
    let count = 0;
    mark[row] = row;
    for (let at = row * k; at < (row + 1) * k; at++) {
      if (positions[at]! < 0) continue;
      mark[positions[at]!] = row;
      found.offer(row - from, lists.similarities[at]!, lists.ids[at]!);
    }
    const follow = (through: number, isFresh: boolean) => {
      for (let at = through * k; at < through * k + reach; at++) {
        const other = positions[at]!;
        if (other < 0 || mark[other] === row || !(isFresh || lists.fresh[at] === 1)) continue;
        mark[other] = row;
        candidates[count++] = members[other]!;
      }
    };
    for (let at = row * followed; at < (row + 1) * followed; at++) {
      const other = back.positions[at]!;
      if (other < 0) break;
      if (mark[other] !== row) {
        mark[other] = row;
        candidates[count++] = members[other]!;
      }
      follow(other, back.fresh[at] === 1);
    }
    for (let at = row * k; at < row * k + reach; at++)
      if (positions[at]! >= 0) follow(positions[at]!, lists.fresh[at] === 1);
    rowProducts.multiply(members[row]!, candidates, count, exact);
    for (let i = 0; i < count; i++) found.offer(row - from, exact[i]!, candidates[i]!);
    if ((place + 1) % rowsAYield === 0) yield { done: place + 1, total };
  }
  rowProducts.close();
  const { ids, similarities } = found.finish();
  return { ids, similarities, fresh: markFresh(ids, lists.ids, from, k) };
}

function toPositions(members: Uint32Array, ids: Int32Array): Int32Array {
  const positionOf = new Int32Array((members.at(-1) ?? -1) + 1).fill(-1);
  members.forEach((row, position) => {
    positionOf[row] = position;
  });
  return ids.map((row) => (row < 0 ? -1 : positionOf[row]!));
}

/** For each member the nearest of those that have it as a neighbour. */
function reverseLists(
  positions: Int32Array,
  { similarities, fresh }: RefinableLists,
  count: number,
  k: number,
): { positions: Int32Array; fresh: Uint8Array } {
  const back = new Int32Array(count * followed).fill(-1);
  const cosines = new Float32Array(count * followed).fill(Number.NEGATIVE_INFINITY);
  const isFresh = new Uint8Array(count * followed);
  for (let row = 0; row < count; row++) {
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = positions[at]!;
      if (other < 0) continue;
      const first = other * followed;
      const cosine = similarities[at]!;
      let place = first + followed - 1;
      if (!(cosine > cosines[place]!)) continue;
      for (; place > first && cosines[place - 1]! < cosine; place--) {
        cosines[place] = cosines[place - 1]!;
        back[place] = back[place - 1]!;
        isFresh[place] = isFresh[place - 1]!;
      }
      cosines[place] = cosine;
      back[place] = row;
      isFresh[place] = fresh[at]!;
    }
  }
  return { positions: back, fresh: isFresh };
}

/** Which entries of lists from row `from` on are not in the lists before. */
function markFresh(ids: Int32Array, before: Int32Array, from: number, k: number): Uint8Array<ArrayBuffer> {
  const fresh = new Uint8Array(ids.length);
  for (let at = 0; at < ids.length; at++) {
    const start = (from + Math.floor(at / k)) * k;
    let place = start;
    while (place < start + k && before[place] !== ids[at]) place++;
    if (place === start + k) fresh[at] = 1;
  }
  return fresh;
}
