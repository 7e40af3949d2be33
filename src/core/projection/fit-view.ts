/** An axis-aligned box in layout units; width and height are always positive and finite. */
export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/**
 * The smallest box around all places of a map (n × 2, NaN for rows without one). An axis on which all places coincide is
 * widened to the extent of the other, or to one unit; without any place the box is −1 to 1.
 */
export function fitBounds(positions: Float32Array): Bounds {
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (let i = 0; i + 1 < positions.length; i += 2) {
    const x = positions[i]!;
    const y = positions[i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  if (minX > maxX) return { minX: -1, minY: -1, maxX: 1, maxY: 1 };
  const width = maxX - minX;
  const height = maxY - minY;
  const [left, right] = width > 0 ? [minX, maxX] : widen(minX, height);
  const [bottom, top] = height > 0 ? [minY, maxY] : widen(minY, width);
  return { minX: left, minY: bottom, maxX: right, maxY: top };
}

/** An interval around a value, wide enough to be seen beside the other axis and beside the value's own magnitude. */
function widen(centre: number, otherExtent: number): [number, number] {
  const half = Math.max((otherExtent > 0 ? otherExtent : 1) / 2, Math.abs(centre) * 1e-6);
  return [centre - half, centre + half];
}
