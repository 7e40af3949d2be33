import type { Point } from './camera';
import { absentX } from './world-points';

/** Horizontal bands that the outline's edges are sorted into, so that a row is held only against those beside it. */
const bandCount = 128;

/**
 * Rows of `world` (rows × 2, absent rows marked by `absentX`) inside a closed outline by the even-odd rule, ascending; only
 * those that `accepts` lets in. An outline of fewer than three corners holds none.
 */
export function rowsInside(
  world: Float32Array,
  outline: readonly Point[],
  accepts: (row: number) => boolean,
): number[] {
  if (outline.length < 3) return [];
  const left = least(outline, 'x');
  const right = -least(outline, 'x', -1);
  const top = least(outline, 'y');
  const bottom = -least(outline, 'y', -1);
  if (!(bottom > top)) return [];
  const bandOf = (y: number) =>
    Math.min(bandCount - 1, Math.max(0, Math.floor(((y - top) / (bottom - top)) * bandCount)));
  const bands: (readonly [Point, Point])[][] = Array.from({ length: bandCount }, () => []);
  outline.forEach((start, at) => {
    const end = outline[(at + 1) % outline.length]!;
    const [first, last] = [bandOf(Math.min(start.y, end.y)), bandOf(Math.max(start.y, end.y))];
    for (let band = first; band <= last; band++) bands[band]!.push([start, end]);
  });
  const inside: number[] = [];
  for (let row = 0; 2 * row + 1 < world.length; row++) {
    const x = world[2 * row]!;
    const y = world[2 * row + 1]!;
    if (x < left || x > right || y < top || y > bottom || x >= absentX / 2) continue;
    let isInside = false;
    for (const [start, end] of bands[bandOf(y)]!) {
      if (start.y > y === end.y > y) continue;
      if (x < start.x + ((end.x - start.x) * (y - start.y)) / (end.y - start.y)) isInside = !isInside;
    }
    if (isInside && accepts(row)) inside.push(row);
  }
  return inside;
}

function least(outline: readonly Point[], axis: 'x' | 'y', sign = 1): number {
  return outline.reduce((found, point) => Math.min(found, sign * point[axis]), Number.POSITIVE_INFINITY);
}
