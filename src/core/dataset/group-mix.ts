import type { RowGroups } from '@/core/dataset/group-rows';

/** A group among some rows, held against all rows. */
export interface GroupShare {
  /** −1 for rows without a value. */
  readonly group: number;
  /** Rows of the group among them, and in all. */
  readonly count: number;
  readonly countInAll: number;
  /** By how much more often it is found among them than among all: (count/rows)/(countInAll/all). */
  readonly lift: number;
}

/** The groups that are found among some rows, most rows first, ties by lift. */
export function groupMix(groups: RowGroups, rows: readonly number[]): GroupShare[] {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const group = groups.groupOf[row]!;
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const all = groups.groupOf.length;
  return [...counts]
    .map(([group, count]) => {
      const countInAll = group < 0 ? groups.emptyCount : groups.counts[group]!;
      return { group, count, countInAll, lift: count / rows.length / (countInAll / all) };
    })
    .sort((a, b) => b.count - a.count || b.lift - a.lift || a.group - b.group);
}
