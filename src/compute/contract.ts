/**
 * Every job the workers do: arguments, result and progress. The wire messages derive from this map, so a new job is one
 * entry here, one in `jobLanes` and one function in jobs/.
 */
import { type ComparisonContract, comparisonLanes } from '@/compute/comparison-contract';
import type { Cohesion } from '@/core/clustering/cohesion';
import type { ClusterRequest, FoundClusters } from '@/core/clustering/find-clusters';
import type { Keyword } from '@/core/clustering/keywords';
import type { NormRange } from '@/core/comparison/norm-range';
import type { ColumnScale } from '@/core/dataset/column-scale';
import type { Dataset } from '@/core/dataset/dataset';
import type { RowCondition, RowSearch, RowSort } from '@/core/dataset/row-shelf';
import type { ParsedTable } from '@/core/dataset/table';
import type { TextColumn } from '@/core/dataset/text-column';
import type { VectorHead } from '@/core/dataset/vectors/vector-column';
import type { EmbeddingReply } from '@/core/embedding/read-embeddings';
import type { RunRecord, TextOptions, VectorBatch } from '@/core/embedding/run';
import type { SentTexts } from '@/core/embedding/sent-texts';
import type { SpendEstimate } from '@/core/embedding/spend-estimate';
import type { VectorSpace } from '@/core/embedding/vector-space';
import type { BestCutoff } from '@/core/evaluation/best-cutoff';
import type { KnownPairs } from '@/core/evaluation/known-pairs';
import type { SessionContents } from '@/core/export/session-file';
import type { DensityContour } from '@/core/projection/density-contours';
import type { LayoutRequest, LayoutResult } from '@/core/projection/layout-request';
import type { LayoutStability } from '@/core/projection/layout-stability';
import type { LayoutQuality, MapQualityRequest } from '@/core/projection/map-quality';
import type { ProjectionMethod } from '@/core/projection/projection';
import type { TilePlace } from '@/core/similarity/block-pyramid';
import type { CandidateLists } from '@/core/similarity/candidate-scan';
import type { PairScale } from '@/core/similarity/combine-tiles';
import type { GroupMeans } from '@/core/similarity/group-means';
import type { NeighbourBlock } from '@/core/similarity/neighbours';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import type { ClosePairs, PairFilter, RankedPairs } from '@/core/similarity/pair-scan';
import type { RankedCandidates } from '@/core/similarity/rank-candidates';
import type { RefinedNeighbours } from '@/core/similarity/refine-neighbours';
import type { Partitioning } from '@/core/similarity/scan-partitions';
import type { Seriation } from '@/core/similarity/seriation';
import type { WorkProgress } from '@/core/work';

/** Names an embedding matrix that lives in the workers; it is the id of its run. */
export type MatrixId = string;

/** What tells a matrix apart while it is being made. Unit rows are row-major; a row without a vector is zero with norm 0. */
export interface MatrixShape {
  readonly matrix: MatrixId;
  readonly rowCount: number;
  readonly width: number;
}

/** Buffers of a matrix that every worker shares; null where the page is not isolated and one worker owns them. */
export interface SharedMatrix {
  readonly values: SharedArrayBuffer;
  readonly norms: SharedArrayBuffer;
}

/** Where the vectors of a matrix are kept: a row's vector is that of its text in the space. */
export interface MatrixSource {
  readonly space: VectorSpace;
  /** Packed keys of the rows' texts as they are sent (`prepareTexts`). */
  readonly keys: Uint32Array<ArrayBuffer>;
}

/** What is kept of one model, and the datasets whose runs use it. */
export interface KeptSpace {
  readonly space: VectorSpace;
  readonly vectorCount: number;
  readonly byteCount: number;
  readonly datasetNames: readonly string[];
}

/** A dataset in storage without its texts. */
export interface DatasetSummary {
  readonly id: string;
  readonly name: string;
  readonly rowCount: number;
  readonly savedAt: number;
}

/** Pasted text, read as one text a line, or files that belong together. */
export type TableSource =
  | { readonly name: string; readonly text: string }
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
  readonly runs: readonly { readonly record: RunRecord; readonly vectors: VectorHead | null }[];
}

/** Dataset rows in the order in which they stand; equal keys of a matrix, equal orders. */
export interface KeyedOrder {
  readonly key: string;
  readonly rows: Uint32Array;
}

interface Job<Args, Result, Progress = never> {
  args: Args;
  result: Result;
  progress: Progress;
}

interface ComputeContract extends ComparisonContract {
  /** Reads files or pasted lines. Fails with `bad-table`. */
  parseTable: Job<TableSource, TableHead, WorkProgress>;
  /**
   * Chooses the columns of a table that was read; with `appendTo` the rows become another set of that dataset. Fails with
   * `bad-table`, also when the table is no longer there.
   */
  buildDataset: Job<
    { table: number; textColumn: number; labelColumn: number | null; appendTo: Dataset | null },
    Dataset
  >;
  /** The sample that ships with the page. */
  loadSample: Job<null, Dataset>;
  /** Says that the vectors of a table without texts are those of a dataset. Fails with `bad-table` where the rows are not as many. */
  attachVectors: Job<{ table: number; datasetId: string; rowCount: number }, null>;
  /** Vectors that came with a dataset, by the digest of their column. Fails with `bad-table` when they are no longer in memory. */
  readVectors: Job<{ datasetId: string; digest: string; rows: readonly number[] }, EmbeddingReply>;
  /** The dataset of a session that was read last. Fails with `bad-table` when it is no longer in memory. */
  takeSessionDataset: Job<{ datasetId: string }, Dataset>;
  /** A session as the bytes of its file; the vectors are NPY files in parts. */
  writeSession: Job<SessionContents, Uint8Array<ArrayBuffer>>;
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

  /** Learns a baseline from the texts. */
  openBaseline: Job<{ model: string; corpus: TextColumn }, { session: number }, WorkProgress>;
  embedWithBaseline: Job<{ session: number; texts: readonly string[] }, EmbeddingReply>;
  closeBaseline: Job<{ session: number }, null>;

  /** Keeps one of the datasets built last, from the worker that built it. */
  saveDataset: Job<{ id: string; savedAt: number }, null>;
  loadDataset: Job<{ id: string }, Dataset | null>;
  listDatasets: Job<null, DatasetSummary[]>;
  /** Removes a dataset with its runs. Vectors that a server sent stay. */
  removeDataset: Job<{ id: string }, null>;
  saveRun: Job<{ record: RunRecord }, null>;
  listRuns: Job<{ datasetId: string }, RunRecord[]>;
  /** Removes a run. Vectors that a server sent stay. */
  removeRun: Job<{ runId: string }, null>;
  /** What is sent for every text, and the key by which its vectors are kept. */
  prepareTexts: Job<{ texts: TextColumn; options: TextOptions }, SentTexts, WorkProgress>;
  /** What sending the texts whose vectors are not kept yet would cost. */
  estimateSpend: Job<
    {
      space: string;
      sent: Pick<SentTexts, 'keys' | 'tokens'>;
      /** Rows of the run that failed before. */
      failed: Uint32Array;
      windowTokens: number | null;
    },
    SpendEstimate
  >;
  /** How many of the keys have a vector in a space, for each length of vector; the most frequent length first. */
  countKnown: Job<{ space: string; keys: Uint32Array }, { width: number; count: number }[]>;
  /** Merges the small pieces in which vectors of a space arrived. */
  compactSpace: Job<{ space: string }, null>;
  listSpaces: Job<null, KeptSpace[]>;
  /** Removes the vectors of a space and the runs that were drawn from them. */
  removeSpace: Job<{ space: string }, null>;
  /** Texts, runs, vectors and settings. */
  removeEverything: Job<null, null>;
  saveSetting: Job<{ key: string; value: unknown }, null>;
  loadSetting: Job<{ key: string }, unknown>;

  /**
   * Makes room for a matrix in a worker, all rows empty unless the buffers are shared and already filled. Only the worker
   * that stores and restores is told the source.
   */
  openMatrix: Job<MatrixShape & { shared: SharedMatrix | null; source: MatrixSource | null }, null>;
  closeMatrix: Job<{ matrix: MatrixId }, null>;
  /** Keeps a batch in storage and puts its rows, normalised, into the matrix. `kept` is false when storage refused it. */
  receiveBatch: Job<{ matrix: MatrixId; batch: VectorBatch }, { kept: boolean; refusal: string | null }>;
  /** Fills the empty rows of a matrix from storage, chunk by chunk; returns one byte a row: 1 where it has a vector. */
  restoreMatrix: Job<{ matrix: MatrixId }, { present: Uint8Array<ArrayBuffer> }, WorkProgress>;

  /**
   * First step of a search for the k nearest of all members: candidates out of the tiles of pairs that this worker takes, or,
   * for an approximate search, out of the partitions that it takes; null where it got none. Workers that search together share a
   * counter (one Uint32) of what was taken; with null, one takes all. Progress counts tiles or thousandths of partitions.
   */
  scanNeighbours: Job<
    {
      matrix: MatrixId;
      members: Uint32Array;
      k: number;
      partitioning: Partitioning | null;
      taken: SharedArrayBuffer | null;
    },
    CandidateLists | null,
    WorkProgress
  >;
  /** Second step: the nearest of members[from..to) out of every worker's candidates for them. Progress counts rows. */
  rankNeighbours: Job<
    {
      matrix: MatrixId;
      members: Uint32Array;
      from: number;
      to: number;
      k: number;
      lists: readonly CandidateLists[];
    },
    RankedCandidates,
    WorkProgress
  >;
  /** A further step of an approximate search: members[from..to) are compared with their neighbours' neighbours. Progress counts rows. */
  refineNeighbours: Job<
    {
      matrix: MatrixId;
      members: Uint32Array;
      from: number;
      to: number;
      k: number;
      lists: RefinedNeighbours;
    },
    RefinedNeighbours,
    WorkProgress
  >;
  /** The k nearest of the members at some positions, each compared with all others: the third step, for few. */
  findNeighbours: Job<
    { matrix: MatrixId; members: Uint32Array; positions: Uint32Array; k: number },
    NeighbourBlock,
    WorkProgress
  >;
  /** The k members nearest to a vector that is no row, such as that of a typed text. Fails where its width is another. */
  nearestToVector: Job<
    { matrix: MatrixId; members: Uint32Array; vector: Float32Array; k: number },
    NeighbourBlock,
    WorkProgress
  >;
  /** How far maps of some rows (`members`, ascending, no two with the same vector) can be believed; places in their order. */
  measureMaps: Job<
    { matrix: MatrixId; members: Uint32Array } & Omit<MapQualityRequest, 'count' | 'nextCosines'>,
    LayoutQuality[],
    WorkProgress
  >;
  /** Lists of all members out of those of their different vectors. Progress counts rows. */
  expandNeighbours: Job<
    {
      members: Uint32Array;
      twinOf: Int32Array;
      found: { ids: Int32Array; similarities: Float32Array; k: number };
      k: number;
    },
    NeighbourBlock,
    WorkProgress
  >;
  /** For each member, the first member with the same vector. */
  findTwins: Job<{ matrix: MatrixId; members: Uint32Array }, Int32Array<ArrayBuffer>, WorkProgress>;
  /** Mean and spread of all pairs, and the plane of the first two principal components. */
  measureSpread: Job<{ matrix: MatrixId; members: Uint32Array }, Spread, WorkProgress>;
  countPairs: Job<
    { matrix: MatrixId; members: Uint32Array; seed: number; centred: boolean },
    PairHistogram,
    WorkProgress
  >;
  /**
   * How alike the nearest rows of each member are to each other, beside those of shuffled vectors. `ids` are
   * dataset rows, k a member; no two members have the same vector.
   */
  measureCohesion: Job<
    { matrix: MatrixId; members: Uint32Array; ids: Int32Array; k: number; seed: number },
    Cohesion,
    WorkProgress
  >;
  /** For each cluster up to `most` rows nearest to its mean vector; `clusterOf` is in the members' order, −1 for none. */
  findCentralRows: Job<
    { matrix: MatrixId; members: Uint32Array; clusterOf: Int32Array; count: number; most: number },
    number[][],
    WorkProgress
  >;
  /** How long the vectors of some rows were as they came, before they were normalised. */
  measureNorms: Job<{ matrix: MatrixId; members: Uint32Array }, NormRange | null>;
  /** Cosines of pairs (rows[2i], rows[2i+1]), float64. */
  comparePairs: Job<{ matrix: MatrixId; rows: Uint32Array }, Float64Array<ArrayBuffer>>;
  /** Cosine of one row with every row of the dataset, float64; NaN where either has no vector. */
  cosinesToRow: Job<
    { matrix: MatrixId; members: Uint32Array; row: number },
    Float64Array<ArrayBuffer>,
    WorkProgress
  >;
  /**
   * One tile of an ordered similarity matrix, square where `columns` is null. The block means of an order are built once, so its
   * key names it.
   */
  drawTile: Job<
    {
      matrix: MatrixId;
      lines: KeyedOrder;
      columns: KeyedOrder | null;
      /** Whether rows are taken less their mean. */
      centred: boolean;
      /** What a cell of several pairs shows. */
      cells: 'mean' | 'largest';
    } & TilePlace,
    Float32Array<ArrayBuffer>,
    WorkProgress
  >;

  /** An order in which alike members stand together; `groupOf` (one a row) is followed where there are too many for one tree. */
  seriate: Job<
    { matrix: MatrixId; members: Uint32Array; groupOf: Int32Array | null },
    Seriation,
    WorkProgress
  >;
  /** Mean cosine between all groups of members (one a row, −1 for none). */
  compareGroups: Job<
    { matrix: MatrixId; members: Uint32Array; groupOf: Int32Array; count: number },
    GroupMeans,
    WorkProgress
  >;
  /** The pairs with a cosine of `least` or more: how many, the foremost `most`, and what they join. */
  findClosePairs: Job<
    { matrix: MatrixId; members: Uint32Array; filter: PairFilter; most: number; least: number },
    ClosePairs,
    WorkProgress
  >;
  /** The pairs on which two runs differ most, by z on the scale of each run's own pairs. */
  findDifferingPairs: Job<
    {
      matrix: MatrixId;
      scale: PairScale;
      other: MatrixId;
      otherScale: PairScale;
      members: Uint32Array;
      filter: PairFilter;
      most: number;
      sign: -1 | 0 | 1;
    },
    RankedPairs,
    WorkProgress
  >;

  /** NPY parts for a Blob: the vectors as they came, up to the rounding of a unit row times its norm. */
  /** The cut-off that tells known pairs apart best; of how many of them both rows have a vector. */
  findCutoff: Job<
    { matrix: MatrixId; pairs: KnownPairs; sharesRows: boolean },
    { best: BestCutoff | null; pairCount: number },
    WorkProgress
  >;

  /** NPY parts for a Blob: the vectors as they came. */
  exportVectors: Job<{ matrix: MatrixId }, Uint8Array<ArrayBuffer>[]>;
  /** NPY parts of the vectors as they are kept, to the bit; NaN where storage has none. */
  exportKept: Job<{ matrix: MatrixId }, Uint8Array<ArrayBuffer>[]>;
  /** CSV parts for a Blob: the n × n cosines. */
  exportSimilarities: Job<{ matrix: MatrixId; members: Uint32Array }, string[], WorkProgress>;

  /** Clusters of the original space out of given neighbours. */
  findClusters: Job<ClusterRequest, FoundClusters, WorkProgress>;
  /**
   * What tells groups of rows from all others in words: up to `most` keywords a group, best first; rows of group −1 are others only. The words
   * of the texts are kept until others come, by `textsKey`: equal keys, equal texts.
   */
  findKeywords: Job<
    { textsKey: string; texts: TextColumn; groupOf: Int32Array; groupCount: number; most: number },
    Keyword[][],
    WorkProgress
  >;

  /** How much of a map stays in others of the same rows (all count × 2, finite). */
  measureStability: Job<
    { layout: Float32Array; others: readonly Float32Array[]; k: number },
    LayoutStability,
    WorkProgress
  >;
  /** Lines of equal density of a map (rows × 2). */
  drawContours: Job<{ positions: Float32Array }, DensityContour[], WorkProgress>;
  /** Where a vector that is no row lies on the principal plane of the members (members.length × 2): 2 numbers. */
  placeOnPlane: Job<
    { matrix: MatrixId; members: Uint32Array; plane: Float32Array; vector: Float32Array },
    Float32Array<ArrayBuffer>,
    WorkProgress
  >;
  /** Places of points that were not there when a UMAP map was drawn: m × 2 by the k nearest rows of each (m × k). */
  placeByNeighbours: Job<
    { ids: Int32Array; k: number; positions: Float32Array; minDist: number },
    Float32Array<ArrayBuffer>,
    WorkProgress
  >;
  /** UMAP on given neighbours; streams layouts. */
  layOut: Job<{ method: LayoutEngine; request: LayoutRequest }, LayoutResult, LayoutProgress>;
}

interface Spread {
  /** Mean and standard deviation of the cosine over all off-diagonal pairs; null under two rows. */
  readonly mean: number | null;
  readonly sd: number | null;
  /** members.length × 2. */
  readonly plane: Float32Array<ArrayBuffer>;
  /** Share of the variance along each axis. */
  readonly explained: readonly [number, number];
  /** Whether the rows were too many for the exact plane and deviation, so that chance had a part in both. */
  readonly isRandomised: boolean;
}

/** Methods that are laid out step by step, on neighbours. */
type LayoutEngine = Exclude<ProjectionMethod, 'pca'>;

interface LayoutProgress {
  readonly phase: 'graph' | 'layout';
  readonly done: number;
  readonly total: number;
  /** The places so far, m × 2. */
  readonly layout: Float32Array<ArrayBuffer>;
}

export type JobName = keyof ComputeContract;
export type JobArgs<J extends JobName> = ComputeContract[J]['args'];
export type JobResult<J extends JobName> = ComputeContract[J]['result'];
export type JobProgress<J extends JobName> = ComputeContract[J]['progress'];

/**
 * Which worker does what, so that nothing that cannot be interrupted stands in the way of something else: `table` reads
 * sources, `rows` sorts and searches them, `baseline` learns from texts, `storage` keeps, the `matrix` pool holds embedding matrices (its first worker
 * writes, stores and draws), `clusters` groups and names, `projection` runs layouts.
 */
export type Lane = 'table' | 'rows' | 'baseline' | 'storage' | 'matrix' | 'clusters' | 'projection';

export const jobLanes = {
  parseTable: 'table',
  buildDataset: 'table',
  loadSample: 'table',
  attachVectors: 'table',
  readVectors: 'table',
  releaseVectors: 'table',
  readScale: 'table',
  takeSessionDataset: 'table',
  writeSession: 'table',
  holdRows: 'rows',
  arrangeRows: 'rows',
  searchRows: 'rows',
  openBaseline: 'baseline',
  embedWithBaseline: 'baseline',
  closeBaseline: 'baseline',
  saveDataset: 'table',
  loadDataset: 'storage',
  listDatasets: 'storage',
  removeDataset: 'storage',
  saveRun: 'storage',
  listRuns: 'storage',
  removeRun: 'storage',
  prepareTexts: 'storage',
  estimateSpend: 'storage',
  countKnown: 'storage',
  compactSpace: 'storage',
  listSpaces: 'storage',
  removeSpace: 'storage',
  removeEverything: 'storage',
  saveSetting: 'storage',
  loadSetting: 'storage',
  openMatrix: 'matrix',
  closeMatrix: 'matrix',
  receiveBatch: 'matrix',
  restoreMatrix: 'matrix',
  scanNeighbours: 'matrix',
  rankNeighbours: 'matrix',
  refineNeighbours: 'matrix',
  expandNeighbours: 'matrix',
  findNeighbours: 'matrix',
  nearestToVector: 'matrix',
  findTwins: 'matrix',
  measureMaps: 'matrix',
  measureSpread: 'matrix',
  measureCohesion: 'matrix',
  findCentralRows: 'matrix',
  countPairs: 'matrix',
  measureNorms: 'matrix',
  comparePairs: 'matrix',
  cosinesToRow: 'matrix',
  drawTile: 'matrix',
  seriate: 'matrix',
  compareGroups: 'matrix',
  findClosePairs: 'matrix',
  findDifferingPairs: 'matrix',
  findCutoff: 'matrix',
  exportVectors: 'matrix',
  exportKept: 'matrix',
  exportSimilarities: 'matrix',
  findClusters: 'clusters',
  findKeywords: 'clusters',
  drawContours: 'clusters',
  measureStability: 'projection',
  placeOnPlane: 'matrix',
  placeByNeighbours: 'projection',
  layOut: 'projection',
  ...comparisonLanes,
} as const satisfies Record<JobName, Lane>;

export type JobsOf<L extends Lane> = {
  [J in JobName]: (typeof jobLanes)[J] extends L ? J : never;
}[JobName];

export type ToWorker =
  | { [J in JobName]: { type: 'call'; id: number; job: J; args: JobArgs<J> } }[JobName]
  | { type: 'abort'; id: number };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'done'; id: number; result: unknown }
  | { type: 'failed'; id: number; code: string; message: string };
