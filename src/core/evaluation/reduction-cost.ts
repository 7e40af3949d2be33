import { bootstrapMeans, type Estimate, withInterval } from '@/core/evaluation/bootstrap';
import { voteByNeighbours } from '@/core/evaluation/label-scores';
import {
  binaryRows,
  bytesPerMillion,
  cutRows,
  int8Rows,
  nearestByBits,
  type Reduction,
  reductionsOf,
} from '@/core/evaluation/reduced-vectors';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import type { OpenRowProducts } from '@/core/similarity/row-products';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

/** What a smaller way to keep the vectors takes, and what it costs. */
export interface ReductionCost extends Reduction {
  readonly bytesPerMillion: number;
  /** Share of the ten nearest by the full vectors that are among the ten nearest by the reduced ones. */
  readonly overlap: Estimate;
  /** Accuracy of the neighbours' votes by label; null without labels. */
  readonly knnAccuracy: Estimate | null;
}

/** Rows that are searched, and from where. Positions count the members. */
interface Search {
  readonly members: Uint32Array;
  /** Positions of the rows whose neighbours are looked for, ascending. */
  readonly queries: Uint32Array;
}

interface Request extends Search {
  readonly rows: UnitRows;
  readonly labelled:
    | (Search & { readonly classOf: Int32Array; readonly classCount: number; readonly k: number })
    | null;
  readonly product: TileProduct;
  readonly openRowProducts: OpenRowProducts;
}

const listLength = 10;

interface Lists {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
  readonly k: number;
}

/**
 * Neighbours found in each reduced representation itself: cut and made length 1 again, by cosine; as integers on one scale, by
 * their exact whole products; as bits, by Hamming distance. Progress counts reductions.
 */
export function* reductionCosts(request: Request): Work<ReductionCost[]> {
  const { rows, members, queries, labelled } = request;
  const reductions = reductionsOf(rows.dims);
  const isOneSearch = labelled !== null && labelled.members.length === members.length;
  let full: Int32Array | null = null;
  const costs: ReductionCost[] = [];
  for (const [index, reduction] of reductions.entries()) {
    const lists = yield* counted(
      reducedLists(request, request, reduction, listLength),
      index,
      reductions.length,
    );
    full ??= lists.ids;
    const shares = sharedOf(full, lists.ids, queries.length, lists.k);
    const [overlaps] = yield* counted(bootstrapMeans([shares], shares.length), index, reductions.length);
    let knnAccuracy: Estimate | null = null;
    if (labelled !== null) {
      const voters = isOneSearch
        ? lists
        : yield* counted(reducedLists(request, labelled, reduction, labelled.k), index, reductions.length);
      const asked = isOneSearch ? queries : labelled.queries;
      const votes = voteByNeighbours({
        classOf: (position) => labelled.classOf[position],
        count: asked.length,
        classCount: labelled.classCount,
        k: labelled.k,
        ids: voters.ids,
        similarities: voters.similarities,
        listLength: voters.k,
      });
      const right = Float64Array.from(votes, (vote, i) => (vote === labelled.classOf[asked[i]!] ? 1 : 0));
      const [draws] = yield* counted(bootstrapMeans([right], right.length), index, reductions.length);
      knnAccuracy = withInterval(meanOf(right), draws!);
    }
    costs.push({
      ...reduction,
      bytesPerMillion: bytesPerMillion(reduction),
      overlap: withInterval(shares.length === 0 ? null : meanOf(shares), overlaps!),
      knnAccuracy,
    });
  }
  return costs;
}

/** Work whose progress is that of the whole: so many reductions done. */
function* counted<Result>(work: Work<Result>, done: number, total: number): Work<Result> {
  let step = work.next();
  while (!step.done) {
    yield { done, total };
    step = work.next();
  }
  return step.value;
}

function* reducedLists(
  { rows, product, openRowProducts }: Request,
  { members, queries }: Search,
  { dims, code }: Reduction,
  wanted: number,
): Work<Lists> {
  const k = Math.max(0, Math.min(wanted, members.length - 1));
  const cut = yield* cutRows(rows, members, dims);
  if (code !== 'binary') {
    const all = Uint32Array.from(members, (_, i) => i);
    const reduced = code === 'int8' ? yield* int8Rows(cut) : cut;
    const search = { rows: reduced, members: all, positions: queries, k, product, openRowProducts };
    return { ...(yield* nearestNeighbours(search)), k };
  }
  const packed = yield* binaryRows(cut);
  const ids = new Int32Array(queries.length * k);
  const similarities = new Float32Array(queries.length * k);
  for (let i = 0; i < queries.length; i++) {
    if (k > 0) nearestByBits(packed, dims, queries[i]!, k, i * k, ids, similarities);
    yield { done: i, total: queries.length };
  }
  return { ids, similarities, k };
}

/** Share of one list's rows that the other has, a row. */
function sharedOf(a: Int32Array, b: Int32Array, count: number, k: number): Float64Array {
  return Float64Array.from({ length: k === 0 ? 0 : count }, (_, row) => {
    const other = b.subarray(row * k, (row + 1) * k);
    let common = 0;
    for (let at = row * k; at < (row + 1) * k; at++) if (other.includes(a[at]!)) common++;
    return common / k;
  });
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Which reductions no other beats: none takes as little or less and keeps more. Indices, by falling size. */
export function frontierOf(costs: readonly { bytesPerMillion: number; kept: number }[]): number[] {
  const bySize = costs
    .map((_, i) => i)
    .sort((a, b) => costs[a]!.bytesPerMillion - costs[b]!.bytesPerMillion || costs[b]!.kept - costs[a]!.kept);
  let most = Number.NEGATIVE_INFINITY;
  return bySize
    .filter((i) => {
      if (costs[i]!.kept <= most) return false;
      most = costs[i]!.kept;
      return true;
    })
    .reverse();
}
