import { groupsOf, labelColumns } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset, type DatasetColumn } from '@/core/dataset/dataset';
import { orderByGroup, type RowGroups } from '@/core/dataset/group-rows';
import type { MergeTree } from '@/core/similarity/average-linkage';

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
  /** Its leaves are places in the order; null where there is none. */
  readonly tree: MergeTree | null;
}

const columnPrefix = 'column ';

/** What a matrix may be ordered by, as `view.matrixOrder` names it. */
export const orderNames = {
  input: 'Input',
  alike: 'Alike together',
  cluster: 'Cluster',
  pinned: 'Nearest to the pinned row',
  length: 'Length of the text',
} as const;

export type OrderKind = keyof typeof orderNames;

/** How `view.matrixOrder` names the order by a column. */
export function orderByColumn(name: string): string {
  return columnPrefix + name;
}

/** The chosen order: a kind, or a column. What is no longer there is input order. */
export function readOrder(dataset: Dataset, choice: string): OrderKind | DatasetColumn {
  if (choice in orderNames) return choice as OrderKind;
  // An older view says `label` for the first column that rows are coloured by.
  if (choice === 'label') return orderColumn(dataset) ?? 'input';
  return columnNamed(dataset, choice.slice(columnPrefix.length)) ?? 'input';
}

/** The column that rows are named by: the label, else the set where there are several; null where there is neither. */
export function orderColumn(dataset: Dataset): DatasetColumn | null {
  return labelColumns(dataset)[0] ?? null;
}

/** The members (ascending) by the values of a column: equal ones together, the most frequent first, rows without a value last. */
export function orderByValues(column: DatasetColumn, members: Uint32Array): MatrixOrder {
  return orderByGroups(orderByColumn(column.name), groupsOf(column), members);
}

/** The members by the length of their texts, shortest first, equal ones by index. */
export function orderByLength(dataset: Dataset, members: Uint32Array): MatrixOrder {
  const { ends } = dataset.texts;
  const lengthOf = (row: number) => ends[row]! - (row === 0 ? 0 : ends[row - 1]!);
  return { key: 'length', rows: sortRows(members, lengthOf), tree: null };
}

/** The members by a number each row has, largest first, equal ones by index; rows without one last. */
export function orderByNumbers(key: string, members: Uint32Array, numbers: Float64Array): MatrixOrder {
  const backwards = (row: number) =>
    Number.isNaN(numbers[row]!) ? Number.POSITIVE_INFINITY : -numbers[row]!;
  return { key, rows: sortRows(members, backwards), tree: null };
}

/**
 * The members (ascending) by a number of each, smallest first, equal ones by index. Numbers sort many times faster than rows by a
 * comparison, which of 100,000 would stop the page for a moment: each row then looks up its place.
 */
function sortRows(members: Uint32Array, numberOf: (row: number) => number): Uint32Array<ArrayBuffer> {
  const numbers = Float64Array.from(members, numberOf);
  const sorted = numbers.slice().sort();
  const taken = new Uint32Array(members.length);
  const rows = new Uint32Array(members.length);
  members.forEach((row, at) => {
    const first = firstPlace(sorted, numbers[at]!);
    rows[first + taken[first]!] = row;
    taken[first]! += 1;
  });
  return rows;
}

/** Where a number first stands among sorted ones, which hold it. */
function firstPlace(sorted: Float64Array, number: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < number) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The members in the order of a list of all rows. */
export function orderAsListed(key: string, members: Uint32Array, listed: Uint32Array): MatrixOrder {
  const isWanted = new Uint8Array(listed.length);
  for (const row of members) isWanted[row] = 1;
  return { key, rows: listed.filter((row) => isWanted[row] === 1), tree: null };
}

/** The members group by group, those of none last. */
export function orderByGroups(key: string, groups: RowGroups, members: Uint32Array): MatrixOrder {
  return { key, rows: orderByGroup(groups, members), tree: null };
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
 * The spans (ascending, none within another) that touch the ordered rows firstRow to lastRow, at their pixels. A span that would end less than a pixel after the
 * last drawn one is left out, so there are never more than pixels.
 */
export function placeSpans(
  spans: readonly GroupSpan[],
  view: { readonly first: number; readonly last: number; readonly originPx: number; readonly cellPx: number },
): DrawnSpan[] {
  const placed: DrawnSpan[] = [];
  let drawnTo = Number.NEGATIVE_INFINITY;
  const endOf = ({ end }: GroupSpan) => view.originPx + Math.min(end, view.last + 1) * view.cellPx;
  // There may be as many spans as rows, and this is done with every frame of a zoom: what is not drawn is jumped over.
  const reaches = (span: GroupSpan) => span.end > view.first && endOf(span) - drawnTo >= 1;
  for (let at = 0; ; at++) {
    at = firstThat(spans, at, reaches);
    const span = spans[at];
    if (span === undefined || span.start > view.last) return placed;
    const startPx = view.originPx + Math.max(span.start, view.first) * view.cellPx;
    drawnTo = endOf(span);
    placed.push({ group: span.group, startPx, lengthPx: drawnTo - startPx });
  }
}

/** Index of the first span from `from` on that passes a test which all after it pass too; their number where none does. */
function firstThat(spans: readonly GroupSpan[], from: number, passes: (span: GroupSpan) => boolean): number {
  let low = from;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(spans[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
