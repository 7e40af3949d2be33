import { bootstrap } from '@/core/evaluation/bootstrap';
import { type PairSample, pairCosines, samplePairs } from '@/core/similarity/pair-sample';
import { endOfEqual, sortOrder } from '@/core/similarity/sort-order';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

const mostPairs = 4_000_000;
const pairsAYield = 2 ** 16;

interface Separation {
  /** Null where all pairs are of one kind. */
  readonly value: number | null;
  readonly replicates: Float64Array<ArrayBuffer>;
  /** Of each member, the share of different-label pairs that its own same-label pairs beat (half for ties); NaN without such pairs. */
  readonly closenessOf: Float32Array<ArrayBuffer>;
  /** Pairs drawn where there are too many, null where all were taken. */
  readonly sampledPairs: number | null;
}

/**
 * P(similarity of a same-label pair > that of a different-label pair) + ½ P(equal), from all pairs or four million drawn. Replicates
 * weigh a pair as often as both its rows are drawn, to first order, and no row pairs with its own copy. Yields every few
 * milliseconds.
 */
export function* separationAuc(request: {
  readonly rows: UnitRows;
  /** Dataset rows. */
  readonly members: Uint32Array;
  /** Class of each member. */
  readonly classOf: Int32Array;
  readonly product: TileProduct;
}): Work<Separation> {
  const { rows, members, classOf, product } = request;
  const count = members.length;
  const pairs = samplePairs(count, mostPairs);
  const cosines = yield* pairCosines({ rows, members, pairs, product });
  const order = yield* sortOrder(cosines);
  const total = 2 * cosines.length;
  const isSame = new Uint8Array(cosines.length);
  let same = 0;
  for (let from = 0; from < cosines.length; from += pairsAYield) {
    same += markSame(pairs, classOf, isSame, from, Math.min(cosines.length, from + pairsAYield));
    yield { done: from, total };
  }
  const different = cosines.length - same;
  const tally = new PairTally(pairs, isSame, same, count);
  let pause = pairsAYield;
  for (let start = 0; start < order.length; ) {
    const end = endOfEqual(cosines, order, start);
    tally.addEqual(order, start, end);
    start = end;
    if (start < pause) continue;
    pause = start + pairsAYield;
    yield { done: cosines.length + start, total };
  }
  const { wins, ownWins, sameOf, differentOf, beaten: allBeaten } = tally;
  const value = same > 0 && different > 0 ? allBeaten / (same * different) : null;
  const [replicates] = yield* bootstrap({
    count,
    statistics: 1,
    measure: (picks, out) => {
      let won = 0;
      let sames = 0;
      let differents = 0;
      for (let i = 0; i < count; i++) {
        const row = picks[i]!;
        won += wins[row]!;
        sames += sameOf[row]!;
        differents += differentOf[row]!;
      }
      // The wins of all pairs are counted at both rows of both kinds of pair: four times the total.
      const part = won - 3 * allBeaten;
      out[0] = Math.max(0, Math.min(1, part / ((sames - same) * (differents - different))));
    },
  });
  const closenessOf = Float32Array.from(ownWins, (won, i) => won / (sameOf[i]! * different));
  return {
    value,
    closenessOf,
    replicates: replicates!,
    sampledPairs: pairs.sampledPairs,
  };
}

/** Marks pairs from..to of rows with one label; returns how many. */
function markSame(
  { first, second }: PairSample,
  classOf: Int32Array,
  isSame: Uint8Array,
  from: number,
  to: number,
): number {
  let same = 0;
  for (let pair = from; pair < to; pair++) {
    if (classOf[first[pair]!] !== classOf[second[pair]!]) continue;
    isSame[pair] = 1;
    same++;
  }
  return same;
}

/** Counts, with pairs added by rising similarity, how many different-label pairs each same-label pair beats; half for equal ones. */
class PairTally {
  /** Of each row: what its pairs of either kind have won, its same-label pairs alone, and how many pairs of each kind it is in. */
  readonly wins: Float64Array;
  readonly ownWins: Float64Array;
  readonly sameOf: Float64Array;
  readonly differentOf: Float64Array;
  /** Different-label pairs beaten, over all same-label pairs. */
  beaten = 0;
  private sameBelow = 0;
  private differentBelow = 0;

  constructor(
    private readonly pairs: PairSample,
    private readonly isSame: Uint8Array,
    /** Same-label pairs in all. */
    private readonly same: number,
    rowCount: number,
  ) {
    const each = () => new Float64Array(rowCount);
    [this.wins, this.ownWins, this.sameOf, this.differentOf] = [each(), each(), each(), each()];
  }

  /** Adds the pairs order[start..end), which are equally similar, and more so than all before. */
  addEqual(order: Uint32Array, start: number, end: number): void {
    const { first, second } = this.pairs;
    let sameHere = 0;
    for (let i = start; i < end; i++) sameHere += this.isSame[order[i]!]!;
    const differentHere = end - start - sameHere;
    const beaten = this.differentBelow + differentHere / 2;
    const lost = this.same - this.sameBelow - sameHere / 2;
    for (let i = start; i < end; i++) {
      const pair = order[i]!;
      const [a, b] = [first[pair]!, second[pair]!];
      if (this.isSame[pair] === 1) {
        this.beaten += beaten;
        this.wins[a]! += beaten;
        this.wins[b]! += beaten;
        this.ownWins[a]! += beaten;
        this.ownWins[b]! += beaten;
        this.sameOf[a]! += 1;
        this.sameOf[b]! += 1;
      } else {
        this.wins[a]! += lost;
        this.wins[b]! += lost;
        this.differentOf[a]! += 1;
        this.differentOf[b]! += 1;
      }
    }
    this.sameBelow += sameHere;
    this.differentBelow += differentHere;
  }
}
