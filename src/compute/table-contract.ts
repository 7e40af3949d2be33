import type { Job } from '@/compute/job-shape';
import type { ColumnScale } from '@/core/dataset/column-scale';
import type { Dataset } from '@/core/dataset/dataset';
import type { PlacesChoice } from '@/core/dataset/join-coordinates';
import type { RowCondition, RowSearch, RowSort } from '@/core/dataset/row-shelf';
import type { ParsedTable } from '@/core/dataset/table';
import type { TextColumn } from '@/core/dataset/text-column';
import type { VectorHead } from '@/core/dataset/vectors/vector-column';
import type { EmbeddingReply } from '@/core/embedding/read-embeddings';
import type { RunRecord } from '@/core/embedding/run';
import type { KeptPicture } from '@/core/export/kept-picture';
import type { NeighboursRun } from '@/core/export/neighbours-jsonl';
import type { PlacedRows } from '@/core/export/placed-rows';
import type { PointsRun } from '@/core/export/points-csv';
import type { ReportContents } from '@/core/export/report-data';
import type { SessionContents } from '@/core/export/session-file';
import type { WorkProgress } from '@/core/work';

/** Pasted text, read as one text a line unless it is a part of a spreadsheet, or files that belong together. */
export type TableSource =
  | { readonly name: string; readonly text: string; readonly header?: boolean }
  | {
      readonly files: readonly File[];
      /** Whether the first row of CSV or TSV holds the column names; guessed where it is not said. */
      readonly header?: boolean;
    };

/** A table that was read and stays in its worker: `columns` hold only the first rows, enough to choose by. */
export interface TableHead extends Omit<ParsedTable, 'vectors'> {
  readonly id: number;
  readonly vectors: readonly VectorHead[];
  /** What a session holds beside its rows; null for every other source. */
  readonly session: SessionHead | null;
}

/** A session that was read: its vectors stay in the worker, each to be asked for by its digest. */
export interface SessionHead {
  readonly datasetId: string;
  readonly writtenAt: number;
  readonly view: unknown;
  readonly runs: readonly {
    readonly record: RunRecord;
    readonly vectors: VectorHead | null;
    readonly picture: KeptPicture;
  }[];
}

/** A session to be written, the vectors of its runs as NPY files. */
type SessionToWrite = Omit<SessionContents, 'runs'> & {
  readonly runs: readonly (Omit<SessionContents['runs'][number], 'npy'> & { readonly npy: Blob | null })[];
};

/** Rows to be written, their vectors as the NPY file of all rows of the run. */
export type RowsToWrite = Omit<PlacedRows, 'vectors'> & { readonly npy: Blob };

/** The jobs that read sources, hold their rows, and learn the baselines from them. */
export interface TableContract {
  /** Reads files or pasted lines. Fails with `bad-table`. */
  parseTable: Job<TableSource, TableHead, WorkProgress>;
  /**
   * Chooses the columns of a table that was read; with `appendTo` the rows become another set of that dataset. Fails with
   * `bad-table`, also when the table is no longer there.
   */
  buildDataset: Job<
    {
      table: number;
      textColumn: number;
      labelColumn: number | null;
      coordinates: readonly [number, number] | null;
      appendTo: Dataset | null;
    },
    Dataset
  >;
  /** The sample that ships with the page. */
  loadSample: Job<null, Dataset>;
  /**
   * A dataset with two columns of a table that was read as its ready map. Fails with `bad-table` where the rows are not as many, or
   * not the same.
   */
  joinCoordinates: Job<{ table: number; choice: PlacesChoice; dataset: Dataset }, Dataset>;
  /** Says that the vectors of a table without texts are those of a dataset. Fails with `bad-table` where the rows are not as many. */
  attachVectors: Job<{ table: number; datasetId: string; rowCount: number }, null>;
  /** Vectors that came with a dataset, by the digest of their column. Fails with `bad-table` when they are no longer in memory. */
  readVectors: Job<{ datasetId: string; digest: string; rows: readonly number[] }, EmbeddingReply>;
  /** The dataset of a session that was read last. Fails with `bad-table` when it is no longer in memory. */
  takeSessionDataset: Job<{ datasetId: string }, Dataset>;
  /** A session as its file. */
  writeSession: Job<SessionToWrite, Blob>;
  /** Points (CSV) of runs, of all rows or of some (ascending). */
  writePoints: Job<{ dataset: Dataset; runs: readonly PointsRun[]; rows: readonly number[] | null }, Blob>;
  /** Neighbours (JSONL) of runs, the first k of each list. */
  writeNeighbours: Job<{ runs: readonly NeighboursRun[]; k: number }, Blob>;
  /** Rows with texts, columns, places, clusters and vectors as a Parquet file. */
  writeParquet: Job<RowsToWrite, Blob, WorkProgress>;
  /** The same as a ZIP of the two files that TensorBoard's Embedding Projector loads. */
  writeProjector: Job<RowsToWrite, Blob, WorkProgress>;
  /** A report as its HTML file; `scriptUrl` is where the page's own origin has the script that goes into it. */
  writeReport: Job<{ contents: ReportContents; scriptUrl: string }, Blob>;
  /** Frees them once they are kept. */
  releaseVectors: Job<{ datasetId: string; digest: string }, null>;
  /** Gives the worker the columns of the dataset whose rows are sorted and searched; says which hold numbers. */
  holdRows: Job<
    { dataset: string; texts: TextColumn; columns: readonly TextColumn[] },
    { numeric: boolean[] },
    WorkProgress
  >;
  /** Rows that meet all conditions, sorted; null when the worker does not hold that dataset. */
  arrangeRows: Job<
    { dataset: string; conditions: readonly RowCondition[]; sort: RowSort | null },
    Uint32Array<ArrayBuffer> | null,
    WorkProgress
  >;
  /** Rows that hold a text or a match of a pattern, ascending; null when the worker does not hold that dataset. */
  searchRows: Job<{ dataset: string; search: RowSearch }, Uint32Array<ArrayBuffer> | null, WorkProgress>;
  /** A column as numbers or dates along a scale, null where it is neither. */
  readScale: Job<{ cells: TextColumn }, ColumnScale | null, WorkProgress>;
  /** Places out of two columns: rows × 2, NaN for rows without both numbers. */
  readCoordinates: Job<{ x: TextColumn; y: TextColumn }, Float32Array<ArrayBuffer>, WorkProgress>;
  /** Learns a baseline from the texts. */
  openBaseline: Job<{ model: string; corpus: TextColumn }, { session: number }, WorkProgress>;
  embedWithBaseline: Job<{ session: number; texts: readonly string[] }, EmbeddingReply>;
  closeBaseline: Job<{ session: number }, null>;
}

export const tableLanes = {
  parseTable: 'table',
  buildDataset: 'table',
  loadSample: 'table',
  joinCoordinates: 'table',
  attachVectors: 'table',
  readVectors: 'table',
  takeSessionDataset: 'table',
  writeSession: 'table',
  writePoints: 'table',
  writeNeighbours: 'table',
  writeParquet: 'table',
  writeProjector: 'table',
  writeReport: 'table',
  releaseVectors: 'table',
  holdRows: 'rows',
  arrangeRows: 'rows',
  searchRows: 'rows',
  readScale: 'table',
  readCoordinates: 'table',
  openBaseline: 'baseline',
  embedWithBaseline: 'baseline',
  closeBaseline: 'baseline',
} as const;
