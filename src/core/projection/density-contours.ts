import { type ContourDensity, type ContourMultiPolygon, contourDensity } from 'd3-contour';
import type { Work } from '@/core/work';

/** A line of equal density: closed rings in the map's coordinates, x and y in turn, the last point the first again. */
export interface DensityContour {
  /** Share of the greatest density. */
  readonly share: number;
  readonly rings: readonly Float32Array<ArrayBuffer>[];
}

const shares = [0.03, 0.08, 0.2, 0.4, 0.6, 0.8];
/** Cells along the longer side of the map. */
const gridSize = 256;
/** Standard deviation of the kernel in cells: what is closer together is one hill. */
const bandwidth = 5;
/** Room around the outermost points, so that rings close. */
const margin = 4 * bandwidth;
const cell = 2;

/** Of d3-contour 4, which its types do not know yet. */
interface WithContours extends ContourDensity<number> {
  contours(rows: readonly number[]): ((density: number) => ContourMultiPolygon) & { readonly max: number };
}

/**
 * Lines of equal density of a map (rows × 2, NaN for rows without a place): a Gaussian kernel density on a grid, by
 * d3-contour. Empty without places. Yields after each line.
 */
export function* densityContours(positions: Float32Array): Work<DensityContour[]> {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const rows: number[] = [];
  for (let row = 0; 2 * row + 1 < positions.length; row++) {
    const [x, y] = [positions[2 * row]!, positions[2 * row + 1]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    rows.push(row);
    [minX, minY, maxX, maxY] = [Math.min(minX, x), Math.min(minY, y), Math.max(maxX, x), Math.max(maxY, y)];
  }
  const extent = Math.max(maxX - minX, maxY - minY);
  if (rows.length === 0 || !(extent > 0)) return [];
  const scale = gridSize / extent;
  const density = contourDensity<number>()
    .x((row) => margin + (positions[2 * row]! - minX) * scale)
    .y((row) => margin + (positions[2 * row + 1]! - minY) * scale)
    .size([(maxX - minX) * scale + 2 * margin, (maxY - minY) * scale + 2 * margin])
    .cellSize(cell)
    .bandwidth(bandwidth) as WithContours;
  const contour = density.contours(rows);
  const found: DensityContour[] = [];
  for (const [i, share] of shares.entries()) {
    const { coordinates } = contour(share * contour.max);
    found.push({
      share,
      rings: coordinates
        .flat()
        .map((ring) =>
          Float32Array.from(
            ring.flatMap(([x = 0, y = 0]) => [(x - margin) / scale + minX, (y - margin) / scale + minY]),
          ),
        ),
    });
    yield { done: i + 1, total: shares.length };
  }
  return found;
}
