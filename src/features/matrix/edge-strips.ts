import type { RowGroups } from '@/core/dataset/group-rows';
import type { MergeTree } from '@/core/similarity/average-linkage';
import type { OwnColours } from '@/gl/row-colours';
import type { GroupSpan } from './matrix-order';

/** What stands beside one side of the matrix. */
export interface EdgeMarks {
  /** Rows or columns. */
  readonly count: number;
  readonly spans: readonly GroupSpan[];
  /** Null without bars. */
  readonly groups: RowGroups | null;
  /** Colours that a person gave to groups. */
  readonly own: OwnColours;
  readonly tree: MergeTree | null;
  /** Stretches of selected rows. */
  readonly selected: readonly GroupSpan[];
  /** Ordered index of the pinned row, null where it is not here. */
  readonly pinned: number | null;
  /** Ordered index of a dataset row, −1 where it is not here. */
  placeOf(row: number): number;
  /** Text of the row at an ordered index. */
  textAt(index: number): string;
}

/** Widths of what stands beside the matrix, outermost first, in CSS pixels. */
export interface EdgeStrip {
  readonly text: number;
  readonly tree: number;
  readonly names: number;
  readonly bar: number;
  /** All of them with the gap to the matrix. */
  readonly total: number;
}

const barPx = 8;
const gapPx = 4;
const treePx = 52;
const namesPx = 16;
const besideGapPx = 4;

/** Cell sizes from which texts stand beside the matrix, and below which they go: apart, so that making room does not flip it back. */
const textFromPx = 13;
const textUntilPx = 9;

/** Least side of a cell that holds a number, in CSS pixels. */
export const numberedCellPx = 30;

/** Room for texts down the side and across the top. */
export const textRoomPx = { down: 168, across: 112 } as const;

/** Whether texts stand beside the matrix at this cell size. */
export function showsTexts(cellPx: number, didShow: boolean): boolean {
  return cellPx >= (didShow ? textUntilPx : textFromPx);
}

/** What stands beside one side: texts once cells are large enough, else the tree and the names of groups, and the bar in any case. */
export function edgeStrip(
  { groups, tree }: EdgeMarks,
  hasTexts: boolean,
  /** Room for texts; none takes away the tree and the names as well, for small pictures. */
  textPx: number,
): EdgeStrip {
  if (textPx === 0) {
    const bar = groups === null ? 0 : barPx;
    return { text: 0, tree: 0, names: 0, bar, total: bar + gapPx };
  }
  const bar = groups === null ? 0 : barPx;
  const text = hasTexts ? textPx : 0;
  const names = groups === null || hasTexts ? 0 : namesPx;
  const treeWidth = tree === null || hasTexts ? 0 : treePx;
  return { text, tree: treeWidth, names, bar, total: text + treeWidth + names + bar + gapPx + besideGapPx };
}
