import { type Camera, type Point, type Size, screenToWorld, visibleBounds, worldToScreen } from './camera';
import type { HeatBox, HeatView } from './heat-content';
import type { DrawnFrame } from './heat-frame';
import type { LinkedCell } from './heat-link';
import type { MatrixSize } from './tiles';

/** The part of a matrix that a camera shows on a stage, and where it begins. */
export function seenPart(
  camera: Camera,
  stage: Size,
  size: MatrixSize,
): Pick<HeatView, 'firstRow' | 'lastRow' | 'firstColumn' | 'lastColumn' | 'cellPx' | 'originX' | 'originY'> {
  const view = visibleBounds(camera, stage);
  const origin = worldToScreen(camera, stage, { x: 0, y: 0 });
  const row = (place: number): number => Math.min(size.rows - 1, Math.max(0, place));
  const column = (place: number): number => Math.min(size.columns - 1, Math.max(0, place));
  return {
    firstRow: row(Math.floor(view.minY)),
    lastRow: row(Math.ceil(view.maxY) - 1),
    firstColumn: column(Math.floor(view.minX)),
    lastColumn: column(Math.ceil(view.maxX) - 1),
    cellPx: 2 ** camera.zoom,
    originX: origin.x,
    originY: origin.y,
  };
}

/** The pair whose cell lies under a pixel of the stage; null beside the matrix. */
export function pairAt(pixel: Point, camera: Camera, stage: Size, size: MatrixSize): LinkedCell | null {
  const world = screenToWorld(camera, stage, pixel);
  const row = Math.floor(world.y);
  const column = Math.floor(world.x);
  return row < 0 || column < 0 || row >= size.rows || column >= size.columns ? null : { row, column };
}

/** Ordered rows and columns that a frame touches; null where it lies beside the matrix. */
export function framedPart(
  { from, to }: DrawnFrame,
  camera: Camera,
  stage: Size,
  size: MatrixSize,
): Pick<HeatBox, 'rows' | 'columns'> | null {
  const a = screenToWorld(camera, stage, from);
  const b = screenToWorld(camera, stage, to);
  const along = (one: number, other: number, count: number): readonly [number, number] => [
    Math.min(count, Math.max(0, Math.floor(Math.min(one, other)))),
    Math.min(count, Math.max(0, Math.ceil(Math.max(one, other)))),
  ];
  const rows = along(a.y, b.y, size.rows);
  const columns = along(a.x, b.x, size.columns);
  return rows[0] < rows[1] && columns[0] < columns[1] ? { rows, columns } : null;
}
