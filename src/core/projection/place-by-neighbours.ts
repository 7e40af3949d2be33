import type { Work } from '@/core/work';
import type { ClosenessCurve } from './umap-kernels';

export interface PlacementRequest {
  /** m × k rows of the map, nearest first; −1 where there are fewer. */
  readonly ids: Int32Array;
  readonly k: number;
  /** Rows × 2, the finished map; NaN for rows without a place. Only read. */
  readonly positions: Float32Array;
  /** The curve that the map was drawn with. */
  readonly curve: ClosenessCurve;
}

const steps = 30;
/** A quarter of a layout's own, as the reference implementation takes for new points (umap-learn 0.5, `transform`). */
const firstRate = 0.25;
const pointsPerYield = 64;

/**
 * Places of m points that were not there when a UMAP map was drawn, m × 2; NaN where none of a point's neighbours has a
 * place. The map does not move. A point starts at that of its neighbours' places which is closest to all of them by UMAP's
 * own curve (their mean may lie between two groups, where nothing is), then takes 30 steps down UMAP's attractive gradient
 * (McInnes, Healy & Melville 2018). All neighbours count alike and nothing is pushed away: with smooth-kNN strengths, or with
 * the negative samples of a layout, points were put into the wrong group one to three times in a hundred more often.
 * Float64 with the engine's own pow, so the last digits may differ between browsers.
 */
export function* placeByNeighbours(request: PlacementRequest): Work<Float32Array<ArrayBuffer>> {
  const { ids, k, positions, curve } = request;
  const total = k === 0 ? 0 : ids.length / k;
  const places = new Float32Array(total * 2).fill(Number.NaN);
  for (let point = 0; point < total; point++) {
    const near = Array.from(ids.subarray(point * k, (point + 1) * k), (row) => ({
      x: positions[2 * row] ?? Number.NaN,
      y: positions[2 * row + 1] ?? Number.NaN,
    })).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
    if (near.length > 0) {
      const { x, y } = descend(near, curve);
      places[2 * point] = x;
      places[2 * point + 1] = y;
    }
    if ((point + 1) % pointsPerYield === 0) yield { done: point + 1, total };
  }
  return places;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function descend(near: readonly Place[], { a, b }: ClosenessCurve): Place {
  const sums = near.map((place) =>
    near.reduce((sum, other) => sum + 1 / (1 + a * squareOf(place, other) ** b), 0),
  );
  let { x, y } = near[sums.indexOf(Math.max(...sums))]!;
  for (let step = 0; step < steps; step++) {
    const rate = firstRate * (1 - step / steps);
    for (const other of near) {
      const square = squareOf({ x, y }, other);
      if (square === 0) continue;
      const power = square ** b;
      const pull = (-2 * a * b * (power / square)) / (1 + a * power);
      x += rate * clip(pull * (x - other.x));
      y += rate * clip(pull * (y - other.y));
    }
  }
  return { x, y };
}

function squareOf(from: Place, to: Place): number {
  return (from.x - to.x) ** 2 + (from.y - to.y) ** 2;
}

function clip(change: number): number {
  return Math.min(4, Math.max(-4, change));
}
