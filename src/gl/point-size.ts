/** How points are drawn: radius and edge in CSS pixels, opacity 0 to 1. */
export interface PointSize {
  readonly radiusPx: number;
  readonly edgePx: number;
  readonly pointOpacity: number;
}

/** A point of a map that shows so many rows at once. */
export function pointSize(rowCount: number): PointSize {
  if (rowCount < 500) return { radiusPx: 4, edgePx: 0.7, pointOpacity: 1 };
  if (rowCount <= 2000) return { radiusPx: 3.2, edgePx: 0.7, pointOpacity: 1 };
  if (rowCount <= 20_000) return { radiusPx: 2.7, edgePx: 0.7, pointOpacity: 1 };
  if (rowCount <= 100_000) return { radiusPx: 1.9, edgePx: 0.4, pointOpacity: 0.8 };
  return { radiusPx: 1.4, edgePx: 0, pointOpacity: 0.6 };
}

const largestPx = 4;
/** Doublings of the zoom after which points are opaque. */
const opaqueAfter = 4;
/** Doublings of the zoom for a doubling of the radius. */
const growEvery = 3;

/** A point when the map is zoomed by so many doublings beyond showing all: fewer are in sight, so each may take more room. */
export function pointSizeAt(rowCount: number, zoomedBy: number): PointSize {
  const { radiusPx, edgePx, pointOpacity } = pointSize(rowCount);
  const zoomed = Math.max(0, zoomedBy);
  const grown = Math.min(Math.max(largestPx, radiusPx), radiusPx * 2 ** (zoomed / growEvery));
  return {
    radiusPx: grown,
    edgePx: grown > 2.5 ? Math.max(edgePx, 0.7) : edgePx,
    pointOpacity: pointOpacity + (1 - pointOpacity) * Math.min(1, zoomed / opaqueAfter),
  };
}
