import type { Work } from '@/core/work';
import { averageLinkage, type MergeTree } from './average-linkage';
import { cosineOf } from './cosine';
import { greedyLeafOrder, optimalLeafOrder } from './leaf-order';
import { splitRows } from './split-rows';
import type { TileProduct } from './tile-product';
import { RowGatherer, rowsPerYield, type UnitRows } from './unit-rows';

const usualLimits = {
  /** Rows up to which the order is the best that the tree allows. */
  optimal: 1500,
  /** Rows up to which one tree holds all. */
  tree: 5000,
  /** Rows of a part where there are more. */
  part: 2000,
};

/** An order in which alike rows stand together. */
export interface Seriation {
  /** Rows of the matrix. */
  readonly order: Uint32Array<ArrayBuffer>;
  /** Its leaves are places in the order; null where the rows are in several parts or as they came. */
  readonly tree: MergeTree | null;
  /**
   * `optimal`: the best order of the tree. `greedy`: clusters joined at their nearest ends. `parts`: part after part, each greedy.
   * `input`: the members' own order is shorter than what was found.
   */
  readonly method: 'optimal' | 'greedy' | 'parts' | 'input';
  /** Mean of 1 − cos between neighbours in this order, and in that of the members. */
  readonly meanStep: number;
  readonly meanStepBefore: number;
}

interface Request {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
  readonly limits?: typeof usualLimits;
}

/**
 * Orders the members so that alike ones stand together: average linkage on 1 − cos, its leaves in the best order to 1,500 rows and
 * greedily turned to 5,000; above, part by part: the groups given (one a row of the matrix, −1 for none), or what `splitRows` makes
 * of larger ones. Never longer, in the sum of 1 − cos between neighbours, than the members' order. Progress counts rows.
 */
export function* seriate(request: Request & { readonly groupOf: Int32Array | null }): Work<Seriation> {
  const { rows, members, groupOf, limits = usualLimits } = request;
  const found =
    members.length <= limits.tree ? yield* seriateByTree(request) : yield* seriateParts(request, groupOf);
  const all = { from: members.length, to: members.length, total: members.length };
  const before = yield* within(pathLength(rows, members), all);
  const length = yield* within(pathLength(rows, found.order), all);
  const steps = Math.max(1, members.length - 1);
  const means = { meanStep: length / steps, meanStepBefore: before / steps };
  if (length <= before) return { ...found, ...means };
  return {
    order: Uint32Array.from(members),
    tree: null,
    method: 'input',
    ...means,
    meanStep: before / steps,
  };
}

type Found = Pick<Seriation, 'order' | 'tree' | 'method'>;

function* seriateByTree(request: Request): Work<Found> {
  const { rows, members, limits = usualLimits } = request;
  const count = members.length;
  if (count < 3) return { order: Uint32Array.from(members), tree: null, method: 'optimal' };
  const tree = yield* averageLinkage(request);
  const isOptimal = count <= limits.optimal;
  const leaves = isOptimal
    ? yield* optimalLeafOrder(tree, yield* allDistances(request))
    : greedyLeafOrder(tree, (a, b) => 1 - cosineOf(rows, members[a]!, members[b]!));
  return {
    order: Uint32Array.from(leaves, (leaf) => members[leaf]!),
    tree: renameLeaves(tree, leaves),
    method: isOptimal ? 'optimal' : 'greedy',
  };
}

/** The tree whose leaves are called by their place in an order, the child that stands first on the left. */
function renameLeaves(tree: MergeTree, leaves: Int32Array): MergeTree {
  const count = leaves.length;
  const firstPlace = new Int32Array(2 * count - 1);
  leaves.forEach((leaf, place) => {
    firstPlace[leaf] = place;
  });
  const left = tree.left.slice();
  const right = tree.right.slice();
  const named = (node: number) => (node < count ? firstPlace[node]! : node);
  for (let m = 0; m < left.length; m++) {
    const a = tree.left[m]!;
    const b = tree.right[m]!;
    firstPlace[count + m] = Math.min(firstPlace[a]!, firstPlace[b]!);
    const isTurned = firstPlace[b]! < firstPlace[a]!;
    left[m] = named(isTurned ? b : a);
    right[m] = named(isTurned ? a : b);
  }
  return { left, right, height: tree.height };
}

function* allDistances({ rows, members, product }: Request): Work<Float32Array> {
  const count = members.length;
  const distances = new Float32Array(count * count);
  const step = 64;
  const lines = new RowGatherer(rows, members);
  const all = new RowGatherer(rows, members).take(0, count);
  for (let from = 0; from < count; from += step) {
    const to = Math.min(from + step, count);
    product(lines.take(from, to), to - from, all, count, rows.dims, distances.subarray(from * count));
    for (let at = from * count; at < to * count; at++) distances[at] = 1 - distances[at]!;
    yield { done: from, total: count };
  }
  return distances;
}

const cutShare = 0.3;

/** Work whose progress is that of rows [from, to) of a larger one. */
function* within<Result>(
  work: Work<Result>,
  { from, to, total }: { readonly from: number; readonly to: number; readonly total: number },
): Work<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    const share = step.value.total > 0 ? step.value.done / step.value.total : 0;
    yield { done: from + Math.floor((to - from) * share), total };
  }
}

/** Parts one after the other, as their means stand in a seriation of their own, each turned to join the one before. */
function* seriateParts(request: Request, groupOf: Int32Array | null): Work<Found> {
  const { rows, members, product, limits = usualLimits } = request;
  const groups = new Map<number, number[]>();
  for (const row of members) {
    const group = groupOf?.[row] ?? -1;
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [row]);
    else known.push(row);
  }
  const total = members.length;
  const groupMeans = yield* within(
    orderByMeans(
      rows,
      [...groups.values()].map((group) => Uint32Array.from(group)),
      product,
    ),
    { from: 0, to: 0, total },
  );
  const order = new Uint32Array(total);
  let at = 0;
  for (const group of groupMeans) {
    // The cuts are the first part of the way, and putting the pieces in order the rest.
    const cut = Math.floor(group.length * cutShare);
    const split = yield* within(splitRows(rows, group, limits.part), { from: at, to: at + cut, total });
    const parts = yield* within(orderByMeans(rows, split, product), { from: at + cut, to: at + cut, total });
    let placed = 0;
    for (const part of parts) {
      const from = at + cut + Math.floor((1 - cutShare) * placed);
      placed += part.length;
      const to = at + cut + Math.floor((1 - cutShare) * placed);
      const work = seriateByTree({ rows, members: part, product, limits: { ...limits, optimal: 0 } });
      const found = (yield* within(work, { from, to, total })).order;
      const start = at + placed - part.length;
      const last = start > 0 ? order[start - 1]! : null;
      const first = found[0]!;
      const isTurned = last !== null && cosineOf(rows, last, found.at(-1)!) > cosineOf(rows, last, first);
      order.set(isTurned ? found.reverse() : found, start);
    }
    at += group.length;
  }
  return { order, tree: null, method: 'parts' };
}

/** Groups of rows in the order in which their means, made unit rows, are seriated. */
function* orderByMeans(rows: UnitRows, groups: Uint32Array[], product: TileProduct): Work<Uint32Array[]> {
  const { values, dims } = rows;
  // A column of nearly as many groups as rows is left as it is.
  if (groups.length < 3 || groups.length > usualLimits.tree) return groups;
  const means = new Float32Array(groups.length * dims);
  const pause = rowsPerYield(dims);
  for (const [g, group] of groups.entries()) {
    const sum = new Float64Array(dims);
    for (const [i, row] of group.entries()) {
      for (let k = 0; k < dims; k++) sum[k]! += values[row * dims + k]!;
      if (i % pause === 0) yield { done: 0, total: 1 };
    }
    const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0)) || 1;
    for (let k = 0; k < dims; k++) means[g * dims + k] = sum[k]! / length;
  }
  const members = Uint32Array.from(groups.keys());
  const { order } = yield* seriateByTree({ rows: { values: means, dims }, members, product });
  return Array.from(order, (g) => groups[g]!);
}

/** Sum of 1 − cos between neighbours, in float64. */
function* pathLength(rows: UnitRows, order: Uint32Array): Work<number> {
  const pause = rowsPerYield(rows.dims);
  let length = 0;
  for (let at = 1; at < order.length; at++) {
    length += 1 - cosineOf(rows, order[at - 1]!, order[at]!);
    if (at % pause === 0) yield { done: at, total: order.length };
  }
  return length;
}
