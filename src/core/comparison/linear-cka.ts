import { bootstrap, type Estimate, noEstimate, withInterval } from '@/core/evaluation/bootstrap';
import { type CrossSide, crossGram } from '@/core/similarity/cross-gram';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { Work } from '@/core/work';
import { alongWeightedSum, squaredLengths, throughCrossGram } from './space-products';

/** What the debiased HSIC of two runs is made of: its total terms, and each row's part in them to first order. */
export interface HsicTerms {
  /** Squared lengths of the centred rows of either run. */
  readonly k: Float64Array<ArrayBuffer>;
  readonly l: Float64Array<ArrayBuffer>;
  /** Σ_{j ≠ i} k_ij l_ij of each row i. */
  readonly h: Float64Array<ArrayBuffer>;
  /** (K̃s)_i + (L̃r)_i of each row, with r and s the sums of the rows of K̃ and L̃. */
  readonly cross: Float64Array<ArrayBuffer>;
  /** tr(K̃L̃) = ‖AᵀB‖² − k·l. */
  readonly trace: number;
}

/**
 * The terms of HSIC₁ (Song 2012) between two runs over the same rows. HSIC₁ does not change when the rows are centred, and
 * centred rows keep the digits that count where all vectors point almost the same way; then r = −k and s = −l.
 */
export function* hsicTerms(request: {
  readonly x: CrossSide;
  readonly y: CrossSide;
  readonly product: TileProduct;
}): Work<HsicTerms> {
  const { x, y, product } = request;
  const count = x.indices.length;
  const gram = yield* crossGram({ x, y, centred: true, product });
  const k = yield* squaredLengths(x, gram.means[0]);
  const l = yield* squaredLengths(y, gram.means[1]);
  const h = yield* throughCrossGram({ x, y, gram, product });
  let trace = 0;
  for (const value of gram.values) trace += value * value;
  for (let i = 0; i < count; i++) {
    trace -= k[i]! * l[i]!;
    h[i]! -= k[i]! * l[i]!;
  }
  const alongX = yield* alongWeightedSum(x, gram.means[0], l);
  const alongY = yield* alongWeightedSum(y, gram.means[1], k);
  const cross = Float64Array.from(k, (value, i) => 2 * value * l[i]! - alongX[i]! - alongY[i]!);
  return { k, l, h, cross, trace };
}

/**
 * Debiased linear CKA (Kornblith 2019 with HSIC₁ of Song 2012): 1 for rotations and scalings of each other, about 0 for
 * unrelated runs whatever their widths; may be slightly negative. Null under four rows or where a run does not vary. The
 * interval resamples rows, pairs of a row with its own copy left out, to first order in the weights.
 */
export function* linearCka(terms: {
  readonly ofPair: HsicTerms;
  readonly ofA: HsicTerms;
  readonly ofB: HsicTerms;
}): Work<Estimate> {
  const all = [terms.ofPair, terms.ofA, terms.ofB];
  const count = terms.ofPair.k.length;
  if (count < 4) return noEstimate;
  const ckaOf = (weigh: (perRow: Float64Array) => number): number => {
    const [pair, a, b] = all.map((each) => hsic(each, count, weigh)) as [number, number, number];
    return a > 0 && b > 0 ? pair / Math.sqrt(a * b) : Number.NaN;
  };
  const value = ckaOf((perRow) => sumOf(perRow));
  if (!Number.isFinite(value)) return noEstimate;
  const [replicates] = yield* bootstrap({
    count,
    statistics: 1,
    measure: (picks, out) => {
      out[0] = ckaOf((perRow) => {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += perRow[picks[i]!]!;
        return sum;
      });
    },
  });
  return withInterval(value, replicates!);
}

const partsOf = new WeakMap<HsicTerms, Float64Array>();

/** Per row r·s and the first-order part of 1ᵀK̃L̃1. */
function tripleParts(terms: HsicTerms): Float64Array {
  const known = partsOf.get(terms) ?? terms.k.map((value, i) => value * terms.l[i]! + terms.cross[i]!);
  partsOf.set(terms, known);
  return known;
}

/** n(n − 3) HSIC₁ with every row weighed by `weigh`, which sums a row's part as often as the row counts. */
function hsic(terms: HsicTerms, count: number, weigh: (perRow: Float64Array) => number): number {
  const { k, l, h, trace } = terms;
  const pairs = 2 * weigh(h) - sumOf(h);
  const sumK = -(2 * weigh(k) - sumOf(k));
  const sumL = l === k ? sumK : -(2 * weigh(l) - sumOf(l));
  const triple = weigh(tripleParts(terms)) - 2 * dotOf(k, l);
  // `h` is summed in float32 by the way; the total is known better.
  const exact = trace - sumOf(h);
  return pairs + exact + (sumK * sumL) / ((count - 1) * (count - 2)) - (2 * triple) / (count - 2);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
