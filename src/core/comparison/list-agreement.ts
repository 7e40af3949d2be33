import { bootstrapMeans, type Estimate, noEstimate, withInterval } from '@/core/evaluation/bootstrap';
import type { Work } from '@/core/work';

/** How far the neighbour lists of two runs agree. Means over rows, with their bootstrap intervals. */
export interface ListAgreement {
  /** Neighbours compared: the k asked for, or less where n is small; 0 where none can be. */
  readonly k: number;
  /** Share of each row's k nearest rows that both runs have, 0 to 1; NaN where none can be compared. */
  readonly perRow: Float32Array<ArrayBuffer>;
  readonly overlap: Estimate;
  /** What two lists drawn at random have in common on average: k/(n − 1). */
  readonly chance: number | null;
  /** (overlap − chance)/(1 − chance): 1 for equal lists, 0 for chance. */
  readonly overlapCorrected: Estimate;
  readonly jaccard: Estimate;
  readonly rbo: Estimate;
  /** How deep rank-biased overlap looked. */
  readonly rboDepth: number;
}

/** Chance that a reader of the list goes on to its next entry. */
const persistence = 0.9;
export const deepestList = 50;

/** The k that is compared over n rows: at most half of the others. */
function comparedK(asked: number, count: number): number {
  return Math.min(asked, Math.max(0, Math.floor((count - 1) / 2)));
}

/**
 * overlap@k, Jaccard and rank-biased overlap (Webber 2010, p = 0.9, truncated at 50 or n − 1 and divided by 1 − p^depth) of two
 * runs' neighbours among the same rows. Yields every few milliseconds.
 * @throws RangeError when the lists do not fit or are shorter than k or than the depth
 */
export function* listAgreement(request: {
  /** count × listLength ids, nearest first, the row itself excluded; −1 counts as no neighbour. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** n, the number of rows. */
  readonly count: number;
  readonly k: number;
  readonly listLength: number;
}): Work<ListAgreement> {
  const { a, b, count, listLength } = request;
  if (a.length !== count * listLength || b.length !== count * listLength)
    throw new RangeError(`Neighbour lists do not fit ${count} rows of ${listLength}.`);
  const k = comparedK(request.k, count);
  const perRow = new Float32Array(count).fill(Number.NaN);
  if (k < 1) {
    const none = { overlap: noEstimate, overlapCorrected: noEstimate, jaccard: noEstimate, rbo: noEstimate };
    return { k: 0, perRow, chance: null, ...none, rboDepth: 0 };
  }
  const depth = Math.min(deepestList, count - 1);
  if (Math.max(k, depth) > listLength)
    throw new RangeError(`Lists of ${listLength} neighbours are too short for ${Math.max(k, depth)}.`);

  const highest = Math.max(a.reduce(larger, 0), b.reduce(larger, 0));
  /** seen[id] is 1 + the last row one of whose lists held it. */
  const seen = new Uint32Array(highest + 1);
  const shares = new Float64Array(count);
  const jaccard = new Float64Array(count);
  const rbo = new Float64Array(count);
  const fullWeight = (1 - persistence) / (1 - persistence ** depth);
  for (let row = 0; row < count; row++) {
    const once = row + 1;
    let common = 0;
    let weight = fullWeight;
    const meet = (id: number): void => {
      if (id < 0) return;
      if (seen[id] === once) common++;
      seen[id] = once;
    };
    for (let at = 0; at < Math.max(k, depth); at++) {
      meet(a[row * listLength + at]!);
      meet(b[row * listLength + at]!);
      if (at < depth) {
        rbo[row]! += (weight * common) / (at + 1);
        weight *= persistence;
      }
      if (at + 1 === k) {
        shares[row] = common / k;
        jaccard[row] = common / (2 * k - common);
      }
    }
    if (row % 1024 === 1023) yield { done: row, total: count };
  }
  perRow.set(shares);
  const chance = k / (count - 1);
  const correct = (share: number) => (share - chance) / (1 - chance);
  const [overlaps, jaccards, rbos] = (yield* bootstrapMeans([shares, jaccard, rbo], count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const overlap = mean(shares);
  return {
    k,
    perRow,
    chance,
    overlap: withInterval(overlap, overlaps),
    overlapCorrected: withInterval(correct(overlap), overlaps.map(correct)),
    jaccard: withInterval(mean(jaccard), jaccards),
    rbo: withInterval(mean(rbo), rbos),
    rboDepth: depth,
  };
}

function larger(a: number, b: number): number {
  return a > b ? a : b;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Whether k neighbours are so many out of the rows (over a tenth) that much of what lists share is chance. */
export function isLargeFor(k: number, rows: number): boolean {
  return k > rows / 10;
}
