import { UMAP } from 'umap-js';
import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';
import {
  assertFinite,
  checkLayoutRequest,
  type LayoutRequest,
  type LayoutResult,
  type LayoutStep,
  scaleStart,
  stirStart,
  whyFewerNeighbours,
  whyNoGraph,
} from './layout-request';

/** Stands for a distance of zero where a row has no other; umap-js would scan all rows once for each such row. */
const tinyDistance = 1e-9;

/** Beyond this umap-js takes many minutes and more memory than a tab has. */
const mostRows = 50_000;

/**
 * UMAP by umap-js, as a reference to compare `umapLayout` with: the same request, the same start, and the same answers
 * where there is nothing to arrange. 200 to 500 epochs, fewer for more rows. The graph is built in one piece. Equal input
 * gives equal bytes in one engine only, because it uses the engine's exp and pow. The inputs are only read.
 * @throws RangeError for arrays that do not fit `count` and `k`, or hold ids out of range or numbers that are not finite
 * @throws Error when the optimiser leaves the finite numbers
 */
export function* referenceLayout(request: LayoutRequest): Work<LayoutResult, LayoutStep> {
  checkLayoutRequest(request);
  const { count, k } = request;
  const start = scaleStart(request.start);
  const reason = whyNoGraph(request, start) ?? whyTooLarge(count);
  if (reason !== null) return { layout: start, method: 'pca', epochs: 0, reason };

  // umap-js refuses as many neighbours as rows.
  const neighbours = Math.max(2, Math.min(Math.round(request.neighbours), k + 1, count - 1));
  const random = seededRandom(request.seed);
  stirStart(start, random);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: neighbours,
    minDist: request.minDist,
    nEpochs: request.epochs ?? 0,
    random,
  });
  const graph = listNeighbours(request, neighbours - 1);
  umap.setPrecomputedKNN(graph.ids, graph.distances);
  yield { phase: 'graph', done: 0, total: 1, copyPlaces: () => start.slice() };

  // With given neighbours only the number of rows is read from the data.
  const total = umap.initializeFit(new Array<number[]>(count).fill([]));
  const places = umap.getEmbedding();
  places.forEach((place, row) => {
    place[0] = start[row * 2]!;
    place[1] = start[row * 2 + 1]!;
  });
  const copyPlaces = () => assertFinite(Float32Array.from(places.flat()));
  yield { phase: 'graph', done: 1, total: 1, copyPlaces };
  for (let epoch = 1; epoch <= total; epoch++) {
    umap.step();
    yield { phase: 'layout', done: epoch, total, copyPlaces };
  }
  return {
    layout: copyPlaces(),
    method: 'umap-js',
    epochs: total,
    reason: whyFewerNeighbours(request.neighbours, neighbours),
  };
}

function whyTooLarge(count: number): string | null {
  if (count <= mostRows) return null;
  return `umap-js is offered for up to ${mostRows.toLocaleString('en')} different rows; PCA is shown instead.`;
}

/** The lists umap-js expects: each row itself first at distance 0, then its neighbours, −1 where there is none. */
function listNeighbours(
  { ids, similarities, count, k }: LayoutRequest,
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
