import type { ColumnSource } from '@/core/dataset/row-shelf';

/** A column of the table: where its values come from and how a cell is written. */
export interface TableColumn {
  /** Tells it from every other, also among other datasets' columns. */
  readonly key: string;
  readonly name: string;
  /** Said with the name where the name alone is too short. */
  readonly note?: string;
  /** Slot of the run it belongs to; its mark stands before the name. */
  readonly slot?: number;
  /** What is sorted and filtered by. */
  readonly source: ColumnSource;
  /** Names the computed numbers of `source`: equal keys, equal numbers. */
  readonly sourceKey: string;
  readonly isNumeric: boolean;
  readonly widthPx: number;
  /** Whether the first click on its head sorts high to low. */
  readonly startsHigh?: boolean;
  textAt(row: number): string;
}
