import type { TextColumn } from '@/core/dataset/text-column';
import type { VectorColumn } from '@/core/dataset/vectors/vector-column';

/** What kind of source a table was read as. */
export type TableFormat =
  | 'lines'
  | 'csv'
  | 'tsv'
  | 'json'
  | 'jsonl'
  | 'parquet'
  | 'npy'
  | 'word2vec'
  | 'raw float32'
  | 'session';

/** A source after parsing and before a text column is chosen. Blank rows are still in it. */
export interface ParsedTable {
  /** File name, or `Pasted texts`. */
  readonly name: string;
  readonly format: TableFormat;
  readonly rowCount: number;
  /** Whether the first row was read as column names; null where the format leaves no doubt. */
  readonly hasHeader: boolean | null;
  readonly columns: readonly { readonly name: string; readonly cells: TextColumn }[];
  /** Vectors that came with it, one a row each. */
  readonly vectors: readonly VectorColumn[];
  /** Index of the column that most likely holds the texts; null where there are vectors or places on a map and no texts. */
  readonly guessedText: number | null;
  /** Index of the column that most likely holds the labels, or null. */
  readonly guessedLabel: number | null;
  /** Indices of the columns that most likely hold places on a map, across and up; null where none do. */
  readonly guessedCoordinates: readonly [number, number] | null;
  /** Encoding, delimiter, ragged rows and the like, in whole sentences. */
  readonly remarks: readonly string[];
}

/** A source that cannot be read. The message is for the person: what is wrong and what to do. */
export class TableError extends Error {
  override readonly name = 'TableError';
}
