import { UMAP } from 'umap-js';
import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';
import type { ProjectionMethod } from './projection';

/** Where a layout stands: the neighbour graph is built in one piece, the layout moves on epoch by epoch. */
export interface UmapProgress {
  readonly phase: 'graph' | 'layout';
  readonly done: number;
  readonly total: number;
  /** The places so far (m × 2, the receiver's own copy), or null when none were asked for at this point. */
  readonly layout: Float32Array<ArrayBuffer> | null;
}

export interface UmapResult {
  /** m × 2, finite. */
  readonly layout: Float32Array<ArrayBuffer>;
  /** `pca` where UMAP had too little to work on and the start stands in. */
  readonly method: ProjectionMethod;
  readonly epochs: number;
  /** Why the start stands in, or which setting was reduced; a whole sentence, null when all went as asked. */
  readonly reason: string | null;
}

export interface UmapRequest {
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
  /** Passes over the graph; without it 200 to 500, fewer for more rows. */
  readonly epochs?: number;
  /** A copy of the places goes with the graph phase and then with every nth epoch; 1 when left out, 0 for none. */
  readonly layoutEvery?: number;
}

const smallestCount = 5;
const startRadius = 10;
const startNoise = 1e-3;
/** Below this the principal components of unit rows are rounding, not structure. */
const flatStart = 1e-6;
/** Stands for a distance of zero where a row has no other; umap-js would scan all rows once for each such row. */
const tinyDistance = 1e-9;

/**
 * UMAP (McInnes, Healy & Melville 2018) by umap-js on given neighbours, distance 1 − cosine. It starts from PCA scaled to
 * a largest coordinate of 10 with a little seeded noise, so that equal input gives equal bytes. Fewer than five rows and
 * rows that are all the same keep the scaled PCA. The inputs are only read.
 * @throws RangeError for arrays that do not fit `count` and `k`, or hold ids out of range or numbers that are not finite
 * @throws Error when the optimiser leaves the finite numbers
 */
export function* umapLayout(request: UmapRequest): Work<UmapResult, UmapProgress> {
  checkRequest(request);
  const { count, k, similarities } = request;
  const layoutEvery = request.layoutEvery ?? 1;
  const start = scaleStart(request.start);
  yield { phase: 'graph', done: 0, total: 1, layout: layoutEvery > 0 ? start.slice() : null };

  if (count < smallestCount) {
    const reason = `UMAP needs at least ${smallestCount} different rows, and there ${count === 1 ? 'is' : 'are'} ${count}; PCA is shown instead.`;
    return { layout: start, method: 'pca', epochs: 0, reason };
  }
  if (k < 1) {
    return {
      layout: start,
      method: 'pca',
      epochs: 0,
      reason: 'UMAP was given no neighbours; PCA is shown instead.',
    };
  }
  if (start.every((value) => value === 0) && similarities.every((value) => value >= 1 - 1e-6)) {
    const reason = 'All rows have the same vector, so UMAP has nothing to arrange; PCA is shown instead.';
    return { layout: start, method: 'pca', epochs: 0, reason };
  }

  // umap-js refuses as many neighbours as rows.
  const neighbours = Math.max(2, Math.min(Math.round(request.neighbours), k + 1, count - 1));
  const random = seededRandom(request.seed);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours,
    minDist: request.minDist,
    nEpochs: request.epochs ?? 0,
    random,
  });
  const graph = listNeighbours(request, neighbours - 1);
  umap.setPrecomputedKNN(graph.ids, graph.distances);
  // With given neighbours only the number of rows is read from the data.
  const total = umap.initializeFit(new Array<number[]>(count).fill([]));
  const places = umap.getEmbedding();
  placeStart(places, start, random);
  yield { phase: 'graph', done: 1, total: 1, layout: layoutEvery > 0 ? copyPlaces(places) : null };

  for (let epoch = 1; epoch <= total; epoch++) {
    umap.step();
    const wanted = layoutEvery > 0 && epoch % layoutEvery === 0;
    yield { phase: 'layout', done: epoch, total, layout: wanted ? copyPlaces(places) : null };
  }
  const reason =
    neighbours < request.neighbours
      ? `Neighbours were reduced from ${request.neighbours} to ${neighbours}, because there are no more.`
      : null;
  return { layout: copyPlaces(places), method: 'umap', epochs: total, reason };
}

function checkRequest({ ids, similarities, count, k, start }: UmapRequest): void {
  if (ids.length !== count * k || similarities.length !== count * k || start.length !== count * 2) {
    throw new RangeError(`Neighbours or start do not fit ${count} rows with ${k} neighbours each`);
  }
  if (ids.some((id) => id >= count)) throw new RangeError(`A neighbour lies outside of the ${count} rows`);
  if (!similarities.every((value, i) => Number.isFinite(value) || ids[i]! < 0)) {
    throw new RangeError('A similarity is not a finite number');
  }
  if (!start.every(Number.isFinite)) throw new RangeError('A coordinate of the start is not a finite number');
}

/** Scales to a largest absolute coordinate of 10; a start without any spread becomes zeros. */
function scaleStart(start: Float32Array): Float32Array<ArrayBuffer> {
  const largest = start.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const factor = largest > flatStart ? startRadius / largest : 0;
  return Float32Array.from(start, (value) => value * factor);
}

/** The lists umap-js expects: each row itself first at distance 0, then its neighbours, −1 where there is none. */
function listNeighbours(
  { ids, similarities, count, k }: UmapRequest,
  others: number,
): { ids: number[][]; distances: number[][] } {
  const idLists: number[][] = [];
  const distanceLists: number[][] = [];
  for (let row = 0; row < count; row++) {
    const rowIds = [row];
    const distances = [0];
    for (let j = row * k; j < row * k + others; j++) {
      const id = ids[j]!;
      rowIds.push(id < 0 ? -1 : id);
      // A shorter list of distances keeps places without a neighbour out of the row's bandwidth.
      if (id >= 0) distances.push(Math.max(0, 1 - similarities[j]!));
    }
    if (!distances.some((distance) => distance > 0)) distances.fill(tinyDistance, 1);
    idLists.push(rowIds);
    distanceLists.push(distances);
  }
  return { ids: idLists, distances: distanceLists };
}

/** Overwrites umap-js's own random places, which stay only where the start has no spread at all. */
function placeStart(places: number[][], start: Float32Array, random: () => number): void {
  if (start.every((value) => value === 0)) return;
  for (let row = 0; row < places.length; row++) {
    const place = places[row]!;
    place[0] = start[row * 2]! + (random() * 2 - 1) * startNoise;
    place[1] = start[row * 2 + 1]! + (random() * 2 - 1) * startNoise;
  }
}

function copyPlaces(places: readonly number[][]): Float32Array<ArrayBuffer> {
  const layout = new Float32Array(places.length * 2);
  for (let row = 0; row < places.length; row++) {
    layout[row * 2] = places[row]![0]!;
    layout[row * 2 + 1] = places[row]![1]!;
  }
  if (!layout.every(Number.isFinite))
    throw new Error('UMAP left the finite numbers; this layout cannot be shown');
  return layout;
}
