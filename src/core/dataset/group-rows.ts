import { readNumber } from '@/core/dataset/number-cells';
import { type TextColumn, textAt } from '@/core/dataset/text-column';
import { finishWork, type Work } from '@/core/work';

/** The rows of a dataset by the value of a column. */
export interface RowGroups {
  /** Distinct values, most rows first, equal counts by first appearance (a few numbers in their order: `inNumberOrder`). */
  readonly names: readonly string[];
  readonly counts: readonly number[];
  /** Index in `names` of each row; −1 where the cell is empty. */
  readonly groupOf: Int32Array;
  /** Rows whose cell is empty. */
  readonly emptyCount: number;
}

const rowsAtOnce = 4096;

/** Groups rows by a column. Values are compared exactly. */
export function groupRows(cells: TextColumn): RowGroups {
  return finishWork(groupingRows(cells));
}

/** The same in pieces of a few thousand rows. */
export function* groupingRows(cells: TextColumn): Work<RowGroups> {
  const rowCount = cells.ends.length;
  const seen = new Map<string, number>();
  const counts: number[] = [];
  const firstGroupOf = new Int32Array(rowCount);
  let emptyCount = 0;
  for (let row = 0; row < rowCount; row++) {
    if (row > 0 && row % rowsAtOnce === 0) yield { done: row, total: rowCount };
    const value = textAt(cells, row);
    if (value === '') {
      firstGroupOf[row] = -1;
      emptyCount++;
      continue;
    }
    let group = seen.get(value);
    if (group === undefined) {
      group = counts.length;
      seen.set(value, group);
      counts.push(0);
    }
    counts[group]! += 1;
    firstGroupOf[row] = group;
  }
  const byCount = counts.map((_, group) => group).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const rank = new Int32Array(counts.length);
  byCount.forEach((group, place) => {
    rank[group] = place;
  });
  const values = [...seen.keys()];
  return {
    names: byCount.map((group) => values[group]!),
    counts: byCount.map((group) => counts[group]!),
    groupOf: firstGroupOf.map((group) => (group < 0 ? -1 : rank[group]!)),
    emptyCount,
  };
}

/**
 * The same groups in the order of their numbers where every name is one and there are at most `most`: ratings of 1 to 5 are read
 * in their order. Otherwise the groups as they are.
 */
export function inNumberOrder(groups: RowGroups, most: number): RowGroups {
  const numbers = groups.names.map((name) => readNumber(name) ?? Number.NaN);
  if (numbers.length > most || numbers.some((number) => Number.isNaN(number))) return groups;
  const order = numbers.map((_, group) => group).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
  const place = new Int32Array(order.length);
  order.forEach((group, at) => {
    place[group] = at;
  });
  return {
    ...groups,
    names: order.map((group) => groups.names[group]!),
    counts: order.map((group) => groups.counts[group]!),
    groupOf: groups.groupOf.map((group) => (group < 0 ? -1 : place[group]!)),
  };
}

/** Rows in the order of their groups (as listed), empty ones last, equal ones by index. */
export function orderByGroup(groups: RowGroups, rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const last = groups.names.length;
  const place = (row: number) => (groups.groupOf[row]! < 0 ? last : groups.groupOf[row]!);
  return Uint32Array.from(rows).sort((a, b) => place(a) - place(b) || a - b);
}

/** Indices of the groups of these names; −1, rows without a value, goes by the empty name. Unknown names are left out. */
export function groupsNamed(groups: RowGroups, names: readonly string[]): ReadonlySet<number> {
  const wanted = new Set(names);
  const found = groups.names.flatMap((name, group) => (wanted.has(name) ? [group] : []));
  return new Set(wanted.has('') ? [...found, -1] : found);
}

/** Rows of each group among some; what has none of them counts none. */
export function countGroups(groups: RowGroups, among: readonly number[]): Uint32Array {
  const counts = new Uint32Array(groups.names.length);
  for (const row of among) if (groups.groupOf[row]! >= 0) counts[groups.groupOf[row]!]! += 1;
  return counts;
}

/** Rows of some groups, ascending. */
export function rowsOfGroups(groups: RowGroups, members: ReadonlySet<number>): number[] {
  const rows: number[] = [];
  groups.groupOf.forEach((group, row) => {
    if (members.has(group)) rows.push(row);
  });
  return rows;
}
