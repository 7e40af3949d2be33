import type { Job } from '@/compute/job-shape';
import type { MatrixId } from '@/compute/matrix-contract';
import type { Cohesion } from '@/core/clustering/cohesion';
import type { ClusterRequest, FoundClusters } from '@/core/clustering/find-clusters';
import type { Keyword } from '@/core/clustering/keywords';
import type { TextColumn } from '@/core/dataset/text-column';
import type { DensityContour } from '@/core/projection/density-contours';
import type { LayoutRequest, LayoutResult } from '@/core/projection/layout-request';
import type { LayoutStability } from '@/core/projection/layout-stability';
import type { LayoutQuality, MapQualityRequest } from '@/core/projection/map-quality';
import type { ProjectionMethod } from '@/core/projection/projection';
import type { RowLists } from '@/core/similarity/row-lists';
import type { WorkProgress } from '@/core/work';

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
type LayoutEngine = Exclude<ProjectionMethod, 'pca' | 'columns'>;

interface LayoutProgress {
  readonly phase: 'graph' | 'layout';
  readonly done: number;
  readonly total: number;
  /** The places so far, m × 2; null where only the steps are told, which is more often than a map is drawn. */
  readonly layout: Float32Array<ArrayBuffer> | null;
}

/** The jobs behind a map: plane, layout, quality, clusters and their names. */
export interface MapContract {
  /** How far maps of some rows (`members`, ascending, no two with the same vector) can be believed; places in their order. */
  measureMaps: Job<
    { matrix: MatrixId; members: Uint32Array } & Omit<MapQualityRequest, 'count' | 'nextCosines'>,
    LayoutQuality[],
    WorkProgress
  >;
  /** Mean and spread of all pairs, and the plane of the first two principal components. */
  measureSpread: Job<{ matrix: MatrixId; members: Uint32Array }, Spread, WorkProgress>;
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
  /** Clusters of the original space out of the first k of given neighbours. */
  findClusters: Job<
    Omit<ClusterRequest, 'ids' | 'similarities'> & { lists: RowLists },
    FoundClusters,
    WorkProgress
  >;
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
  /** UMAP on given neighbours; streams layouts. It starts where `from`, another layout of the dataset (rows × 2), has the members, else from `request.start`. */
  layOut: Job<
    {
      method: LayoutEngine;
      lists: RowLists;
      request: Omit<LayoutRequest, 'ids' | 'similarities' | 'k'>;
      from: { positions: Float32Array; members: Uint32Array } | null;
    },
    LayoutResult,
    LayoutProgress
  >;
}

export const mapLanes = {
  measureMaps: 'matrix',
  measureSpread: 'matrix',
  measureCohesion: 'matrix',
  findCentralRows: 'matrix',
  findClusters: 'clusters',
  findKeywords: 'clusters',
  measureStability: 'projection',
  drawContours: 'clusters',
  placeOnPlane: 'matrix',
  placeByNeighbours: 'projection',
  layOut: 'projection',
} as const;
