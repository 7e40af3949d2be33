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
import type { UmapKernels } from './umap-kernels';

/** Entries of neighbour lists worked on between two yields, a few milliseconds. */
const entriesPerStep = 1 << 14;
const mostBytes = 2 ** 32;

/** Bytes of a layout at most: lists, graph and edges. */
function foreseeBytes(count: number, neighbours: number): number {
  return count * (neighbours - 1) * 52 + count * 20;
}

/** Why a layout of so many rows is not begun, with numbers; null when it fits into what an engine can address. */
export function whyTooLarge(count: number, neighbours: number): string | null {
  const bytes = foreseeBytes(count, neighbours);
  if (bytes <= mostBytes) return null;
  const gigabytes = (value: number) => (value / 2 ** 30).toFixed(1);
  return `UMAP of ${count.toLocaleString('en')} rows with ${neighbours} neighbours needs up to ${gigabytes(bytes)} GB, and there can be ${gigabytes(mostBytes)}; PCA is shown instead.`;
}

/**
 * UMAP (McInnes, Healy & Melville 2018) on given neighbours, distance 1 − cosine: smooth-kNN calibration, fuzzy union,
 * and stochastic gradient descent with five negative samples an edge. Two things differ from umap-js: the edges are dealt
 * out so that four can be moved at once, and every sample of an edge brings exactly five negatives. It starts from PCA
 * scaled to a largest coordinate of 10 with a little seeded noise; 500 epochs up to 10,000 rows, 200 above. Equal input
 * gives equal bytes in every engine and with either kind of kernels. Fewer than five rows and rows that are all the same
 * keep the scaled PCA. The inputs are only read. Yields every few milliseconds.
 * @throws RangeError for arrays that do not fit `count` and `k`, or hold ids out of range or numbers that are not finite,
 * and where memory does not suffice
 * @throws Error when the optimiser leaves the finite numbers
 */
export function* umapLayout(request: LayoutRequest, kernels: UmapKernels): Work<LayoutResult, LayoutStep> {
  checkLayoutRequest(request);
  const { count, k } = request;
  const places = scaleStart(request.start);
  const neighbours = Math.max(2, Math.min(Math.round(request.neighbours), k + 1, count));
  const reason = whyNoGraph(request, places) ?? whyTooLarge(count, neighbours);
  if (reason !== null) return { layout: places, method: 'pca', epochs: 0, reason };

  const random = seededRandom(request.seed);
  stirStart(places, random);
  const epochs = request.epochs ?? (count <= 10_000 ? 500 : 200);
  const session = kernels.open({
    ...request,
    neighbours,
    epochs,
    places,
    random: Uint32Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32) || 1),
  });
  const copyPlaces = () => assertFinite(session.copyPlaces());
  const rowsPerStep = Math.max(1, Math.floor(entriesPerStep / neighbours));
  const total = 2 * count;
  for (const [done, work] of [
    [0, session.weighRows],
    [count, session.uniteRows],
  ] as const) {
    for (let from = 0; from < count; from += rowsPerStep) {
      const to = Math.min(count, from + rowsPerStep);
      work(from, to);
      yield { phase: 'graph', done: done + to, total, copyPlaces };
    }
  }
  const parts = session.arrangeEdges();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (let part = 1; part <= parts; part++) {
      session.moveEpoch(epoch, part - 1);
      yield { phase: 'layout', done: part < parts ? epoch - 1 : epoch, total: epochs, copyPlaces };
    }
  }
  return {
    layout: copyPlaces(),
    method: 'umap',
    epochs,
    reason: whyFewerNeighbours(request.neighbours, neighbours),
  };
}
