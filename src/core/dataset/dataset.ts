import type { CoordinateColumns } from '@/core/dataset/coordinates';
import type { TextColumn } from '@/core/dataset/text-column';

/** A column other than the text: its name as in the source, one cell a row. */
export interface DatasetColumn {
  readonly name: string;
  readonly cells: TextColumn;
  /** What its values are, a sentence, where the page worked them out. */
  readonly about?: string;
}

/** What reading the source left out or assumed; shown where the row count stands. */
export interface ImportNotes {
  /** Rows whose text was blank; they are not in the dataset. */
  readonly blankSkipped: number;
  /** Rows whose text is exactly that of an earlier row; they stay in the dataset. */
  readonly duplicates: number;
  /** Sentences such as "Read as Windows-1252, because it is not valid UTF-8." */
  readonly remarks: readonly string[];
}

/** One or more sets of texts with their columns. Row index = position after blank rows were dropped, from 0. */
export interface Dataset {
  /** 16 hex digits over the name and the content: the same texts under the same name are the same dataset. */
  readonly id: string;
  readonly name: string;
  readonly rowCount: number;
  readonly texts: TextColumn;
  /** Name of the text column in the source, null for pasted lines. */
  readonly textColumn: string | null;
  /** Every other column, the label's too; with more than one set a column `set` as well. */
  readonly columns: readonly DatasetColumn[];
  /** Name of the column in `columns` that labels the rows, or null. */
  readonly labelColumn: string | null;
  /** Names of the two columns in `columns` that hold each row's place on a map; absent or null where there are none. */
  readonly coordinates?: CoordinateColumns | null;
  /** Names of columns that joined the rows later: they are no part of the id. Absent where there are none. */
  readonly addedColumns?: readonly string[];
  /** Names of the sets, in the order they were added. */
  readonly sets: readonly string[];
  readonly notes: ImportNotes;
}

/** The column of that name, or undefined. */
export function columnNamed(dataset: Dataset, name: string | null): DatasetColumn | undefined {
  return name === null ? undefined : dataset.columns.find((column) => column.name === name);
}
