import { alongWeightedSum, throughCrossGram } from '@/core/comparison/space-products';
import { symmetricEigenvalues } from '@/core/embedding/baseline/symmetric-eigen';
import {
  bootstrap,
  bootstrapMeans,
  type Estimate,
  noEstimate,
  withInterval,
} from '@/core/evaluation/bootstrap';
import type { Gram } from '@/core/similarity/gram';
import { pairMoments } from '@/core/similarity/pair-moments';
import type { TileProduct } from '@/core/similarity/tile-product';
import { rowsPerYield, type UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

/** Shape of one run's space over the rows compared. */
export interface SpaceScores {
  readonly meanSimilarity: Estimate;
  readonly sdSimilarity: Estimate;
  readonly hubness: Estimate;
  /** Share of rows that are in no other row's ten nearest. */
  readonly antiHubs: Estimate;
  readonly participationRatio: Estimate;
  readonly intrinsicDimension: Estimate;
  /** How often each row is in the ten nearest of others, in the order of the members. */
  readonly inListsOf: Uint32Array<ArrayBuffer>;
  /** Mean cosine of each member to all others. */
  readonly similarityOf: Float32Array<ArrayBuffer>;
}

interface Request {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly gram: Gram;
  /** members.length × listLength dataset rows, nearest first. */
  readonly ids: Int32Array;
  readonly listLength: number;
  readonly product: TileProduct;
}

const hubList = 10;
const fewestForDimension = 100;
/** Share of the ratios that TwoNN keeps, the smallest. */
const keptRatios = 0.9;

/**
 * Mean and spread of the cosine over all pairs, hubness (skewness of how often a row is in others' N_10, Radovanović 2010),
 * participation ratio and intrinsic dimension (TwoNN, Facco 2017) of the members. The interval of the mean and spread counts
 * pairs to first order in how often their rows are drawn; hubness resamples the counts, TwoNN the rows' ratios.
 */
export function* spaceScores(request: Request): Work<SpaceScores> {
  const { members, gram, ids, listLength } = request;
  const count = members.length;
  const [meanSimilarity, sdSimilarity] = yield* spreadOf(request);
  const similarityOf = meanSimilarities(request);
  const inListsOf = countInLists(members, ids, listLength, Math.min(hubList, listLength));
  const [hubness, antiHubs] = yield* hubsOf(inListsOf);
  let trace = 0;
  for (const square of gram.squaredLengths) trace += square;
  let squares = 0;
  for (const value of gram.values) squares += value * value;
  const participation = squares > 0 && trace > count * 1e-13 ? (trace * trace) / squares : null;
  return {
    meanSimilarity,
    sdSimilarity,
    hubness,
    antiHubs,
    participationRatio: { value: participation, low: null, high: null },
    intrinsicDimension: yield* intrinsicDimension(request),
    inListsOf,
    similarityOf,
  };
}

/** Mean cosine of each member to all others, without n × n. */
function meanSimilarities({ gram }: Request): Float32Array<ArrayBuffer> {
  const { count, alongMean: u, squaredLengths: t } = gram;
  let square = 0;
  for (const value of gram.mean) square += value * value;
  // x_i = m + y_i, Σ_j y_j = 0: Σ_j x_i·x_j = n(m² + u_i), of which the row itself is m² + 2u_i + t_i.
  return Float32Array.from(
    u,
    (value, i) => (count * (square + value) - (square + 2 * value + t[i]!)) / (count - 1),
  );
}

/**
 * Mean and spread. A row's part in the sums is that of the pairs it is in: with d_ij the cosine less the mean, Σ_j d_ij and
 * Σ_j d_ij².
 */
function* spreadOf(request: Request): Work<[Estimate, Estimate]> {
  const { gram } = request;
  const { mean, sd } = pairMoments(gram);
  const { count, alongMean: u, squaredLengths: t } = gram;
  if (mean === null || sd === null || count < 3) return [withInterval(mean, []), withInterval(sd, [])];
  let constant = -mean;
  for (const value of gram.mean) constant += value * value;
  const sums = Float64Array.from(
    u,
    (value, i) => count * (constant + value) - (constant + 2 * value + t[i]!),
  );
  const squares = yield* squaresOfRows(request, constant);
  const pairs = count * (count - 1);
  const [means, spreads] = yield* bootstrap({
    count,
    statistics: 2,
    measure: (picks, out) => {
      let sum = 0;
      let square = 0;
      for (let i = 0; i < count; i++) {
        sum += sums[picks[i]!]!;
        square += squares[picks[i]!]!;
      }
      const shift = (2 * sum) / pairs;
      out[0] = mean + shift;
      out[1] = Math.sqrt(Math.max(0, (2 * square) / pairs - sd * sd - shift * shift));
    },
  });
  return [withInterval(mean, means!), withInterval(sd, spreads!)];
}

/** Σ_{j ≠ i} (constant + u_i + u_j + y_i·y_j)² of each row; Σ_j u_j = Σ_j y_i·y_j = 0. */
function* squaresOfRows(request: Request, constant: number): Work<Float64Array> {
  const { gram } = request;
  const { count, alongMean: u, squaredLengths: t } = gram;
  let squaresOfU = 0;
  for (const value of u) squaresOfU += value * value;
  const { squares, withU } = gram.kind === 'rows' ? throughRows(gram) : yield* throughColumns(request);
  return squares.map((square, i) => {
    const own = constant + u[i]!;
    return count * own * own + squaresOfU + square + 2 * withU[i]! - (own + u[i]! + t[i]!) ** 2;
  });
}

/** Σ_j (y_i·y_j)² and Σ_j u_j (y_i·y_j) of each row, from the products at hand. */
function throughRows({ size, values, alongMean }: Gram): { squares: Float64Array; withU: Float64Array } {
  const squares = new Float64Array(size);
  const withU = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const value = values[i * size + j]!;
      squares[i]! += value * value;
      withU[i]! += value * alongMean[j]!;
    }
  }
  return { squares, withU };
}

/** The same as y_iᵀ(YᵀY)y_i and y_i·(Yᵀu). */
function* throughColumns({ rows, members, gram, product }: Request) {
  const side = { rows, indices: members };
  const { size, values, mean, alongMean } = gram;
  const cross = { values, height: size, width: size, means: [mean, mean] as const };
  const squares = yield* throughCrossGram({ x: side, y: side, gram: cross, product });
  const withU = yield* alongWeightedSum(side, mean, alongMean);
  return { squares, withU };
}

function countInLists(
  members: Uint32Array,
  ids: Int32Array,
  listLength: number,
  depth: number,
): Uint32Array<ArrayBuffer> {
  const positionOf = new Map(Array.from(members, (row, position) => [row, position]));
  const counts = new Uint32Array(members.length);
  for (let list = 0; list < members.length; list++) {
    for (let at = 0; at < depth; at++) {
      const position = positionOf.get(ids[list * listLength + at]!);
      if (position !== undefined) counts[position]!++;
    }
  }
  return counts;
}

/** Skewness E(x − μ)³/σ³ of the counts, and the share of zeros; null where all counts are equal. */
function* hubsOf(counts: Uint32Array): Work<[Estimate, Estimate]> {
  if (counts.length < 3) return [noEstimate, noEstimate];
  const measure = (at: (i: number) => number, out: Float64Array) => {
    const n = counts.length;
    let sum = 0;
    let none = 0;
    for (let i = 0; i < n; i++) {
      sum += at(i);
      if (at(i) === 0) none++;
    }
    let second = 0;
    let third = 0;
    for (let i = 0; i < n; i++) {
      const away = at(i) - sum / n;
      second += away * away;
      third += away * away * away;
    }
    out[0] = second === 0 ? Number.NaN : third / n / (second / n) ** 1.5;
    out[1] = none / n;
  };
  const own = new Float64Array(2);
  measure((i) => counts[i]!, own);
  const [skews] = yield* bootstrap({
    count: counts.length,
    statistics: 2,
    measure: (picks, out) => measure((i) => counts[picks[i]!]!, out),
  });
  // Where few rows or none are in no list, redraws of them say next to nothing of the share in other samples.
  return [withInterval(own[0]!, skews!), { value: own[1]!, low: null, high: null }];
}

/**
 * TwoNN: N/Σ ln(r₂/r₁) over the rows, with r the chord distance to the two nearest; rows at distance zero and the largest tenth of
 * the ratios are left out. Null under 100 rows. Distances are computed anew in float64 from the vectors.
 */
function* intrinsicDimension({ rows, members, ids, listLength }: Request): Work<Estimate> {
  const count = members.length;
  if (count < fewestForDimension || listLength < 2) return noEstimate;
  const logs: number[] = [];
  const rowsAYield = rowsPerYield(2 * rows.dims);
  for (let i = 0; i < count; i++) {
    const nearest = [0, 1].map((at) => chord(rows, members[i]!, ids[i * listLength + at]!));
    const near = Math.min(...nearest);
    const far = Math.max(...nearest);
    if (near > 0) logs.push(Math.log(far / near));
    if ((i + 1) % rowsAYield === 0) yield { done: i, total: count };
  }
  const kept = Float64Array.from(logs.sort((a, b) => a - b).slice(0, Math.floor(logs.length * keptRatios)));
  let sum = 0;
  for (const value of kept) sum += value;
  if (!(sum > 0)) return noEstimate;
  const [means] = yield* bootstrapMeans([kept], kept.length);
  return withInterval(
    kept.length / sum,
    means!.map((mean) => 1 / mean),
  );
}

function chord({ values, dims }: UnitRows, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < dims; k++) sum += (values[i * dims + k]! - values[j * dims + k]!) ** 2;
  return Math.sqrt(sum);
}

/** exp of the entropy of λ/Σλ (Roy & Vetterli 2007), λ the eigenvalues of the covariance; null where nothing varies. */
export function* effectiveRank(gram: Gram): Work<number | null> {
  let trace = 0;
  for (const square of gram.squaredLengths) trace += square;
  if (!(trace > gram.count * 1e-13)) return null;
  const eigenvalues = yield* symmetricEigenvalues(gram.values.slice(), gram.size);
  let entropy = 0;
  for (const value of eigenvalues) {
    const share = value / trace;
    if (share > 1e-12) entropy -= share * Math.log(share);
  }
  return Math.exp(entropy);
}
