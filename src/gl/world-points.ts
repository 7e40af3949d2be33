import type { Bounds, Point } from './camera';

/** How a map's own coordinates become world units: shift, then scale; y turns to point down. */
export interface WorldFrame {
  centreX: number;
  centreY: number;
  scale: number;
}

/** Longest side of the box that holds all points, in world units: small enough for float32 at the deepest zoom. */
export const worldExtent = 512;

/** Value of x that marks a row without a place. The shader tests for it, since NaN is not reliable there. */
export const absentX = 1e9;

/** The box around all finite rows of `positions` (rows × 2), or null when there is none. */
export function boundPositions(positions: Float32Array): Bounds | null {
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (let index = 0; index + 1 < positions.length; index += 2) {
    const x = positions[index] as number;
    const y = positions[index + 1] as number;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null;
}

/** The smallest box around all of the boxes, or null when there is none. */
export function uniteBounds(boxes: readonly (Bounds | null)[]): Bounds | null {
  const present = boxes.filter((box) => box !== null);
  if (present.length === 0) return null;
  return {
    minX: Math.min(...present.map((box) => box.minX)),
    minY: Math.min(...present.map((box) => box.minY)),
    maxX: Math.max(...present.map((box) => box.maxX)),
    maxY: Math.max(...present.map((box) => box.maxY)),
  };
}

/** The frame that puts a box into the middle of the world at its full extent. */
export function frameBounds(bounds: Bounds | null): WorldFrame {
  if (bounds === null) return { centreX: 0, centreY: 0, scale: 1 };
  const extent = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY);
  return {
    centreX: (bounds.minX + bounds.maxX) / 2,
    centreY: (bounds.minY + bounds.maxY) / 2,
    scale: extent > 0 ? worldExtent / extent : 1,
  };
}

/** A point of a map in world units. */
export function toWorld(frame: WorldFrame, point: Point): Point {
  return { x: (point.x - frame.centreX) * frame.scale, y: (frame.centreY - point.y) * frame.scale };
}

/** A world point in a map's own coordinates. */
export function fromWorld(frame: WorldFrame, point: Point): Point {
  return { x: frame.centreX + point.x / frame.scale, y: frame.centreY - point.y / frame.scale };
}

/** A box in world units (y turns over). */
export function boundsToWorld(frame: WorldFrame, bounds: Bounds): Bounds {
  const least = toWorld(frame, { x: bounds.minX, y: bounds.maxY });
  const most = toWorld(frame, { x: bounds.maxX, y: bounds.minY });
  return { minX: least.x, minY: least.y, maxX: most.x, maxY: most.y };
}

/** All rows in world units, in a new array of rows × 2; rows without a place get `absentX`. */
export function positionsToWorld(positions: Float32Array, frame: WorldFrame): Float32Array {
  const world = new Float32Array(positions.length);
  for (let index = 0; index + 1 < positions.length; index += 2) {
    const x = positions[index] as number;
    const y = positions[index + 1] as number;
    const isPlaced = Number.isFinite(x) && Number.isFinite(y);
    world[index] = isPlaced ? (x - frame.centreX) * frame.scale : absentX;
    world[index + 1] = isPlaced ? (frame.centreY - y) * frame.scale : 0;
  }
  return world;
}

/** Where row `row` is on its way from `start` to `end` (world arrays), or null without a place. A row that had none starts at its end. */
export function mixRow(start: Float32Array, end: Float32Array, row: number, t: number): Point | null {
  const endX = end[2 * row];
  const endY = end[2 * row + 1];
  if (endX === undefined || endY === undefined || endX >= absentX / 2) return null;
  const startX = start[2 * row] ?? absentX;
  const startY = start[2 * row + 1] ?? 0;
  if (startX >= absentX / 2) return { x: endX, y: endY };
  return { x: startX + (endX - startX) * t, y: startY + (endY - startY) * t };
}

/** All rows on their way, in a new array; the whole-array form of `mixRow`. */
export function mixRows(start: Float32Array, end: Float32Array, t: number): Float32Array {
  const mixed = new Float32Array(end.length);
  for (let row = 0; 2 * row + 1 < end.length; row++) {
    const point = mixRow(start, end, row, t);
    mixed[2 * row] = point?.x ?? absentX;
    mixed[2 * row + 1] = point?.y ?? 0;
  }
  return mixed;
}
