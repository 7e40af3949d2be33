import type { Work } from '@/core/work';
import type { MergeTree } from './average-linkage';

/** The leaves under each node, as a stretch of one order of all leaves. */
interface Stretches {
  /** Leaves in an order that keeps every node together. */
  readonly leaves: Int32Array;
  /** First place of each node's leaves, where its right child's begin, and one past the last. */
  readonly start: Int32Array;
  readonly middle: Int32Array;
  readonly end: Int32Array;
}

const cellsAYield = 2_000_000;

/**
 * The order of the leaves that keeps every node of the tree together and has the least sum of distances between neighbours
 * (Bar-Joseph, Gifford and Jaakkola 2001). `distances` is n × n. Takes n² numbers more and up to n³ steps: for up to 1,500 leaves.
 * Progress counts leaves.
 */
export function* optimalLeafOrder(tree: MergeTree, distances: Float32Array): Work<Int32Array> {
  const count = tree.left.length + 1;
  const stretches = layOut(tree);
  const { leaves, start, middle, end } = stretches;
  // Least length of an order of the node in which u and w stand at its two ends: each pair has one node that parts it.
  const least = new Float32Array(count * count);
  const through = new Float32Array(count);
  let cells = 0;
  let done = 0;
  for (let node = count; node < 2 * count - 1; node++) {
    const sides = [
      { from: start[node]!, to: middle[node]!, child: tree.left[node - count]! },
      { from: middle[node]!, to: end[node]!, child: tree.right[node - count]! },
    ] as const;
    const [l, r] = sides;
    for (let i = l.from; i < l.to; i++) {
      const u = leaves[i]!;
      const [mFrom, mTo] = oppositeEnds(stretches, l.child, i);
      for (let p = r.from; p < r.to; p++) {
        const k = leaves[p]!;
        let best = Number.POSITIVE_INFINITY;
        for (let q = mFrom; q < mTo; q++) {
          const m = leaves[q]!;
          const length = least[u * count + m]! + distances[m * count + k]!;
          if (length < best) best = length;
        }
        through[p - r.from] = best;
      }
      for (let j = r.from; j < r.to; j++) {
        const w = leaves[j]!;
        const [kFrom, kTo] = oppositeEnds(stretches, r.child, j);
        let best = Number.POSITIVE_INFINITY;
        for (let p = kFrom; p < kTo; p++) {
          const length = through[p - r.from]! + least[leaves[p]! * count + w]!;
          if (length < best) best = length;
        }
        least[u * count + w] = best;
        least[w * count + u] = best;
      }
      cells += (r.to - r.from) * (mTo - mFrom + r.to - r.from);
      if (cells > cellsAYield) {
        cells = 0;
        yield { done, total: count };
      }
    }
    done++;
  }
  return unfold(tree, stretches, distances, least);
}

/** Reads the best order back from the root: its best two ends, then for either child the inner ends that gave that length. */
function unfold(
  tree: MergeTree,
  stretches: Stretches,
  distances: Float32Array,
  least: Float32Array,
): Int32Array {
  const { leaves, start, middle, end } = stretches;
  const count = leaves.length;
  const order = new Int32Array(count);
  if (count < 2) return order;
  const root = 2 * count - 2;
  let ends: [number, number] = [start[root]!, middle[root]!];
  for (let i = start[root]!; i < middle[root]!; i++) {
    for (let j = middle[root]!; j < end[root]!; j++) {
      if (least[leaves[i]! * count + leaves[j]!]! < least[leaves[ends[0]]! * count + leaves[ends[1]]!]!)
        ends = [i, j];
    }
  }
  // Places (in `leaves`) of the first and last leaf of a node, and where in the order its leaves begin.
  const open = [{ node: root, first: ends[0], last: ends[1], at: 0 }];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    const { node, first, last, at } = task;
    if (node < count) {
      order[at] = node;
      continue;
    }
    const isTurned = first >= middle[node]!;
    const children = [tree.left[node - count]!, tree.right[node - count]!];
    const [before, after] = (isTurned ? children.reverse() : children) as [number, number];
    const [mFrom, mTo] = oppositeEnds(stretches, before, first);
    const [kFrom, kTo] = oppositeEnds(stretches, after, last);
    let best = { length: Number.POSITIVE_INFINITY, m: mFrom, k: kFrom };
    for (let m = mFrom; m < mTo; m++) {
      for (let k = kFrom; k < kTo; k++) {
        const length =
          least[leaves[first]! * count + leaves[m]!]! +
          distances[leaves[m]! * count + leaves[k]!]! +
          least[leaves[k]! * count + leaves[last]!]!;
        if (length < best.length) best = { length, m, k };
      }
    }
    open.push({ node: before, first, last: best.m, at });
    open.push({ node: after, first: best.k, last, at: at + end[before]! - start[before]! });
  }
  return order;
}

/** Places that may be the other end of a node's order when the leaf at `place` is one end: the other child's. */
function oppositeEnds({ start, middle, end }: Stretches, node: number, place: number): [number, number] {
  if (end[node]! - start[node]! === 1) return [place, place + 1];
  return place < middle[node]! ? [middle[node]!, end[node]!] : [start[node]!, middle[node]!];
}

function layOut(tree: MergeTree): Stretches {
  const count = tree.left.length + 1;
  const nodes = 2 * count - 1;
  const sizes = new Int32Array(nodes).fill(1);
  for (let m = 0; m < count - 1; m++) sizes[count + m] = sizes[tree.left[m]!]! + sizes[tree.right[m]!]!;
  const start = new Int32Array(nodes);
  const middle = new Int32Array(nodes);
  const end = new Int32Array(nodes);
  end[nodes - 1] = count;
  for (let node = nodes - 1; node >= count; node--) {
    const left = tree.left[node - count]!;
    const right = tree.right[node - count]!;
    middle[node] = start[node]! + sizes[left]!;
    start[left] = start[node]!;
    end[left] = middle[node]!;
    start[right] = middle[node]!;
    end[right] = end[node]!;
  }
  const leaves = new Int32Array(count);
  for (let leaf = 0; leaf < count; leaf++) leaves[start[leaf]!] = leaf;
  return { leaves, start, middle, end };
}

/**
 * An order that keeps every node together, found from the leaves up: two clusters are joined at those of their ends that lie nearest
 * (Gruvaeus and Wainer 1972). For trees too large for the best order. `distance` of two leaves.
 */
export function greedyLeafOrder(tree: MergeTree, distance: (a: number, b: number) => number): Int32Array {
  const count = tree.left.length + 1;
  const nodes = 2 * count - 1;
  const first = Int32Array.from({ length: nodes }, (_, node) => node);
  const last = first.slice();
  const turnLeft = new Uint8Array(nodes);
  const turnRight = new Uint8Array(nodes);
  for (let m = 0; m < count - 1; m++) {
    const node = count + m;
    const left = tree.left[m]!;
    const right = tree.right[m]!;
    let least = Number.POSITIVE_INFINITY;
    for (const turnsLeft of [0, 1]) {
      for (const turnsRight of [0, 1]) {
        const inner = distance(
          turnsLeft ? first[left]! : last[left]!,
          turnsRight ? last[right]! : first[right]!,
        );
        if (inner >= least) continue;
        least = inner;
        turnLeft[node] = turnsLeft;
        turnRight[node] = turnsRight;
      }
    }
    first[node] = turnLeft[node] ? last[left]! : first[left]!;
    last[node] = turnRight[node] ? first[right]! : last[right]!;
  }
  const order = new Int32Array(count);
  let at = 0;
  const open = [{ node: nodes - 1, isTurned: false }];
  for (let task = open.pop(); task !== undefined; task = open.pop()) {
    const { node, isTurned } = task;
    if (node < count) {
      order[at++] = node;
      continue;
    }
    const left = { node: tree.left[node - count]!, isTurned: isTurned !== (turnLeft[node] === 1) };
    const right = { node: tree.right[node - count]!, isTurned: isTurned !== (turnRight[node] === 1) };
    // What is pushed last comes first.
    if (isTurned) open.push(left, right);
    else open.push(right, left);
  }
  return order;
}
