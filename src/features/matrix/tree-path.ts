import type { MergeTree } from '@/core/similarity/average-linkage';

/** A drawn join of a dendrogram: a bracket over the ordered places `from` and `to`, its arms going down to their own heights. */
interface Bracket {
  readonly from: number;
  readonly to: number;
  readonly height: number;
  readonly fromHeight: number;
  readonly toHeight: number;
}

const bracketsOfTree = new WeakMap<MergeTree, readonly Bracket[]>();

/** The brackets of a tree whose leaves are ordered places; heights from 0 to 1, the highest 1. */
function bracketsOf(tree: MergeTree): readonly Bracket[] {
  const known = bracketsOfTree.get(tree);
  if (known !== undefined) return known;
  const count = tree.left.length + 1;
  const middle = new Float64Array(2 * count - 1);
  const height = new Float64Array(2 * count - 1);
  for (let leaf = 0; leaf < count; leaf++) middle[leaf] = leaf + 0.5;
  const most = tree.height.at(-1) || 1;
  const brackets = Array.from(tree.left, (left, m) => {
    const right = tree.right[m]!;
    middle[count + m] = (middle[left]! + middle[right]!) / 2;
    height[count + m] = tree.height[m]! / most;
    return {
      from: middle[left]!,
      to: middle[right]!,
      height: height[count + m]!,
      fromHeight: height[left]!,
      toHeight: height[right]!,
    };
  });
  bracketsOfTree.set(tree, brackets);
  return brackets;
}

/**
 * The dendrogram as the `d` of an SVG path: places along, heights away from the matrix. Brackets narrower than a pixel and a half are
 * left out, and those out of sight too, so that it has few however many rows there are.
 */
export function treePath(
  tree: MergeTree,
  view: { readonly originPx: number; readonly cellPx: number; readonly lengthPx: number },
  point: (alongPx: number, height: number) => string,
): string {
  const along = (place: number) => view.originPx + place * view.cellPx;
  const parts: string[] = [];
  for (const { from, to, height, fromHeight, toHeight } of bracketsOf(tree)) {
    const start = along(from);
    const end = along(to);
    if (end - start < 1.5 || end < 0 || start > view.lengthPx) continue;
    parts.push(
      `M${point(start, fromHeight)}L${point(start, height)}L${point(end, height)}L${point(end, toHeight)}`,
    );
  }
  return parts.join('');
}
