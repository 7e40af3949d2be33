import type { Dataset } from '@/core/dataset/dataset';

/** Rows of a dataset with what a run knows of them, to be written into a file. */
export interface PlacedRows {
  readonly dataset: Dataset;
  readonly runId: string;
  /** Dataset rows written, ascending; null is all. */
  readonly rows: readonly number[] | null;
  /** Numbers of a vector. */
  readonly width: number;
  /** rowCount × width, as they came; NaN for a row without a vector. */
  readonly vectors: Float32Array;
  /** rowCount × 2, NaN for rows without a place; null while there is no map. */
  readonly positions: Float32Array | null;
  /** Name of each row's cluster, null for none; null where clusters are not known. */
  readonly clusters: readonly (string | null)[] | null;
}

/** The rows that are written, in order. */
export function rowsOf({ dataset, rows }: Pick<PlacedRows, 'dataset' | 'rows'>): readonly number[] {
  return rows ?? Array.from({ length: dataset.rowCount }, (_, row) => row);
}
