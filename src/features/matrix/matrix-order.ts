import { colourColumns, groupsOf } from '@/core/dataset/colour-column';
import type { Dataset, DatasetColumn } from '@/core/dataset/dataset';
import { orderByGroup, type RowGroups } from '@/core/dataset/group-rows';
import type { View } from '@/state/view';

/** Consecutive ordered rows of one group. */
export interface GroupSpan {
  /** −1 for rows without a value. */
  readonly group: number;
  /** Ordered rows [start, end). */
  readonly start: number;
  readonly end: number;
}

/** In which order the rows of a matrix stand. */
export interface MatrixOrder {
  /** Tells the order from others of the same rows. */
  readonly key: string;
  /** Dataset rows. */
  readonly rows: Uint32Array;
  /** The column whose groups stand together; null in input order. */
  readonly column: DatasetColumn | null;
  readonly groups: RowGroups | null;
  readonly spans: readonly GroupSpan[];
}

/** The column that rows may be ordered by: the label, else the set where there are several; null where there is neither. */
export function orderColumn(dataset: Dataset): DatasetColumn | null {
  return colourColumns(dataset)[0] ?? null;
}

/** Orders `members` (dataset rows, ascending) as chosen; without a column to go by they stay as they are. */
export function orderMatrix(
  dataset: Dataset,
  members: Uint32Array,
  choice: View['matrixOrder'],
): MatrixOrder {
  const column = choice === 'label' ? orderColumn(dataset) : null;
  if (column === null) return { key: 'input', rows: members, column: null, groups: null, spans: [] };
  const groups = groupsOf(column);
  const rows = orderByGroup(groups, members);
  return { key: `by ${column.name}`, rows, column, groups, spans: findSpans(rows, groups.groupOf) };
}

/** Runs of equal groups along ordered rows. */
export function findSpans(rows: Uint32Array, groupOf: Int32Array): GroupSpan[] {
  const spans: GroupSpan[] = [];
  let start = 0;
  for (let at = 1; at <= rows.length; at++) {
    const group = groupOf[rows[start]!]!;
    if (at < rows.length && groupOf[rows[at]!] === group) continue;
    spans.push({ group, start, end: at });
    start = at;
  }
  return spans;
}

/** A span as it is drawn, in pixels along the bar. */
export interface DrawnSpan {
  readonly group: number;
  readonly startPx: number;
  readonly lengthPx: number;
}

/**
 * The spans that touch the ordered rows firstRow to lastRow, at their pixels. A span that would end less than a pixel after the
 * last drawn one is left out, so there are never more than pixels.
 */
export function placeSpans(
  spans: readonly GroupSpan[],
  view: { readonly first: number; readonly last: number; readonly originPx: number; readonly cellPx: number },
): DrawnSpan[] {
  const placed: DrawnSpan[] = [];
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { group, start, end } of spans) {
    if (end <= view.first || start > view.last) continue;
    const startPx = view.originPx + Math.max(start, view.first) * view.cellPx;
    const endPx = view.originPx + Math.min(end, view.last + 1) * view.cellPx;
    if (endPx - drawnTo < 1) continue;
    placed.push({ group, startPx, lengthPx: endPx - startPx });
    drawnTo = endPx;
  }
  return placed;
}
