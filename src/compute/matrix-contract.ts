import type { Job } from '@/compute/job-shape';
import type { NormRange } from '@/core/comparison/norm-range';
import type { VectorBatch } from '@/core/embedding/run';
import type { VectorSpace } from '@/core/embedding/vector-space';
import type { BestCutoff } from '@/core/evaluation/best-cutoff';
import type { KnownPairs } from '@/core/evaluation/known-pairs';
import type { TilePlace } from '@/core/similarity/block-pyramid';
import type { CandidateLists, ScannedCandidates } from '@/core/similarity/candidate-scan';
import type { PairScale } from '@/core/similarity/combine-tiles';
import type { GroupMeans } from '@/core/similarity/group-means';
import type { NeighbourBlock } from '@/core/similarity/neighbours';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import type { PairMoments } from '@/core/similarity/pair-moments';
import type { ClosePairs, PairFilter, RankedPairs } from '@/core/similarity/pair-scan';
import type { RankedCandidates } from '@/core/similarity/rank-candidates';
import type { RefinableLists, RefinedNeighbours } from '@/core/similarity/refine-neighbours';
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

/** Lists of the neighbours of all members, members.length × k, which in shared memory several workers write at their own rows. */
export interface SharedLists {
  readonly ids: Int32Array;
  readonly similarities: Float32Array;
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

/** Dataset rows in the order in which they stand; equal keys of a matrix, equal orders. */
export interface KeyedOrder {
  readonly key: string;
  readonly rows: Uint32Array;
}

/** The jobs on embedding matrices: rows in, neighbours, pairs, tiles and exports out. */
export interface MatrixContract {
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
   * for an approximate search, out of the partitions that it takes; null where it got none. Workers that search together share
   * what `allocateSharedSearch` made, and their lists lie in shared memory; with null, one takes all. Progress counts tiles or thousandths of partitions.
   */
  scanNeighbours: Job<
    {
      matrix: MatrixId;
      members: Uint32Array;
      k: number;
      partitioning: Partitioning | null;
      shared: SharedArrayBuffer | null;
    },
    ScannedCandidates | null,
    WorkProgress
  >;
  /**
   * Second step: the nearest of the members at `wanted` out of every worker's candidates. They are written `into` shared lists of all
   * members, or come back as `block`, in the order of `wanted`. Progress counts rows.
   */
  rankNeighbours: Job<
    {
      matrix: MatrixId;
      members: Uint32Array;
      wanted: Uint32Array;
      k: number;
      lists: readonly CandidateLists[];
      into: SharedLists | null;
    },
    { block: NeighbourBlock | null } & Pick<RankedCandidates, 'unsettled'>,
    WorkProgress
  >;
  /** A further step of an approximate search: members[from..to) are compared with their neighbours' neighbours. `into` and `block` as above. Progress counts rows. */
  refineNeighbours: Job<
    {
      matrix: MatrixId;
      members: Uint32Array;
      from: number;
      to: number;
      k: number;
      lists: RefinableLists;
      into: SharedLists | null;
    },
    { block: NeighbourBlock | null } & Pick<RefinedNeighbours, 'fresh'>,
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
  /** Lists of all members out of those of their different vectors. Progress counts rows. */
  expandNeighbours: Job<
    {
      members: Uint32Array;
      twinOf: Int32Array;
      found: { ids: Int32Array; similarities: Float32Array; k: number };
      k: number;
    },
    { ids: Int32Array; similarities: Float32Array },
    WorkProgress
  >;
  /** For each member, the first member with the same vector. */
  findTwins: Job<{ matrix: MatrixId; members: Uint32Array }, Int32Array<ArrayBuffer>, WorkProgress>;
  countPairs: Job<
    { matrix: MatrixId; members: Uint32Array; seed: number; centred: boolean },
    PairHistogram,
    WorkProgress
  >;
  /** Mean and deviation of the cosines, soon: the deviation is that of pairs drawn by chance. */
  sampleMoments: Job<{ matrix: MatrixId; members: Uint32Array; seed: number }, PairMoments, WorkProgress>;
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
  /** The cut-off that tells known pairs apart best; of how many of them both rows have a vector. */
  findCutoff: Job<
    { matrix: MatrixId; pairs: KnownPairs; sharesRows: boolean },
    { best: BestCutoff | null; pairCount: number },
    WorkProgress
  >;
  /** An NPY file of the vectors as they came, to the bit; what storage does not have comes from memory, to 1e-6. NaN for rows without a vector. */
  exportVectors: Job<{ matrix: MatrixId }, Blob>;
  /** As a CSV file: the cosines of the listed rows with each other, empty where a row is no member. Both ascending. */
  exportSimilarities: Job<
    { matrix: MatrixId; listed: Uint32Array; members: Uint32Array },
    Blob,
    WorkProgress
  >;
}

export const matrixLanes = {
  openMatrix: 'matrix',
  closeMatrix: 'matrix',
  receiveBatch: 'matrix',
  restoreMatrix: 'matrix',
  scanNeighbours: 'matrix',
  rankNeighbours: 'matrix',
  refineNeighbours: 'matrix',
  findNeighbours: 'matrix',
  nearestToVector: 'matrix',
  expandNeighbours: 'matrix',
  findTwins: 'matrix',
  countPairs: 'matrix',
  sampleMoments: 'matrix',
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
  exportSimilarities: 'matrix',
} as const;
