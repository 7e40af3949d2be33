import type { ProjectionMethod } from './projection';

/** Where a layout stands: the neighbour graph is built row by row, the layout moves on epoch by epoch. */
export interface LayoutStep {
  readonly phase: 'graph' | 'layout';
  readonly done: number;
  readonly total: number;
  /** The places so far (m × 2), the caller's own copy. Only until the work goes on. */
  readonly copyPlaces: () => Float32Array<ArrayBuffer>;
}

export interface LayoutResult {
  /** m × 2, finite. */
  readonly layout: Float32Array<ArrayBuffer>;
  /** `pca` where there was too little to work on and the start stands in. */
  readonly method: ProjectionMethod;
  readonly epochs: number;
  /** Why the start stands in, or which setting was reduced; a whole sentence, null when all went as asked. */
  readonly reason: string | null;
}

export interface LayoutRequest {
  /** m × k positions 0 to m − 1, nearest first, the row itself excluded; −1 where a row has fewer than k. */
  readonly ids: Int32Array;
  /** m × k cosines. */
  readonly similarities: Float32Array;
  /** m, the number of distinct rows. */
  readonly count: number;
  readonly k: number;
  /** m × 2 principal components of unit rows. */
  readonly start: Float32Array;
  /** UMAP's n_neighbors, the row itself counted. */
  readonly neighbours: number;
  readonly minDist: number;
  readonly seed: number;
  /** Passes over the graph; each engine has its own rule without it. */
  readonly epochs?: number;
}

const smallestCount = 5;
const startRadius = 10;
const startNoise = 1e-3;
/** Below this the principal components of unit rows are rounding, not structure. */
const flatStart = 1e-6;

/** @throws RangeError for arrays that do not fit `count` and `k`, or hold ids out of range or numbers that are not finite */
export function checkLayoutRequest({ ids, similarities, count, k, start }: LayoutRequest): void {
  if (ids.length !== count * k || similarities.length !== count * k || start.length !== count * 2) {
    throw new RangeError(`Neighbours or start do not fit ${count} rows with ${k} neighbours each`);
  }
  if (ids.some((id) => id >= count)) throw new RangeError(`A neighbour lies outside of the ${count} rows`);
  if (!similarities.every((value, i) => Number.isFinite(value) || ids[i]! < 0)) {
    throw new RangeError('A similarity is not a finite number');
  }
  if (!start.every(Number.isFinite)) throw new RangeError('A coordinate of the start is not a finite number');
}

/** Scales to a largest absolute coordinate of 10; a start without any spread becomes zeros. A fresh array. */
export function scaleStart(start: Float32Array): Float32Array<ArrayBuffer> {
  const largest = start.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const factor = largest > flatStart ? startRadius / largest : 0;
  return Float32Array.from(start, (value) => value * factor);
}

/** Adds a little noise to a scaled start, in place; one without any spread becomes uniform noise of the start's size. */
export function stirStart(places: Float32Array, random: () => number): void {
  const size = places.some((value) => value !== 0) ? startNoise : startRadius;
  for (let i = 0; i < places.length; i++) places[i]! += (random() * 2 - 1) * size;
}

/** Why a neighbour graph of these rows has nothing to arrange, so that the scaled start stands in; null when it has. */
export function whyNoGraph({ count, k, similarities }: LayoutRequest, start: Float32Array): string | null {
  if (count < smallestCount) {
    return `UMAP needs at least ${smallestCount} different rows, and there ${count === 1 ? 'is' : 'are'} ${count}; PCA is shown instead.`;
  }
  if (k < 1) return 'UMAP was given no neighbours; PCA is shown instead.';
  if (start.every((value) => value === 0) && similarities.every((value) => value >= 1 - 1e-6)) {
    return 'All rows have the same vector, so UMAP has nothing to arrange; PCA is shown instead.';
  }
  return null;
}

/** A sentence where fewer neighbours were used than asked for, else null. */
export function whyFewerNeighbours(wanted: number, used: number): string | null {
  return used < wanted
    ? `Neighbours were reduced from ${wanted} to ${used}, because there are no more.`
    : null;
}

/** The layout, when all its numbers are finite. @throws Error otherwise */
export function assertFinite(layout: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  if (!layout.every(Number.isFinite))
    throw new Error('UMAP left the finite numbers; this layout cannot be shown');
  return layout;
}
