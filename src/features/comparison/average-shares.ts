import type { RowGroups } from '@/core/dataset/group-rows';
import type { ComparedRow } from './order-by-overlap';

/** How many neighbours the rows of a group keep on average. */
export interface GroupShare {
  readonly group: number;
  /** Empty for rows without a value. */
  readonly name: string;
  /** Compared rows of the group, as listed. */
  readonly rows: readonly number[];
  readonly meanShared: number;
}

/** The groups of a column by the mean of common neighbours of their compared rows, the lowest first, equal ones by size. */
export function averageShares(rows: readonly ComparedRow[], groups: RowGroups): GroupShare[] {
  const found = new Map<number, { rows: number[]; sum: number }>();
  for (const { row, shared } of rows) {
    const group = groups.groupOf[row]!;
    const known = found.get(group) ?? { rows: [], sum: 0 };
    known.rows.push(row);
    known.sum += shared;
    found.set(group, known);
  }
  return [...found]
    .map(([group, { rows: ofGroup, sum }]) => ({
      group,
      name: groups.names[group] ?? '',
      rows: ofGroup,
      meanShared: sum / ofGroup.length,
    }))
    .sort((one, other) => one.meanShared - other.meanShared || one.group - other.group);
}
