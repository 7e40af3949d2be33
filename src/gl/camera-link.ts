import type { Bounds, Camera, Insets, Rect } from './camera';
import { freeRect, screenToWorld } from './camera';
import { absentX } from './world-points';

/**
 * What the cameras of side-by-side maps in one coordinate system have in common: `rows`, each map frames the rows that are
 * in view in the one moved; `viewport`, all show the same part; `free`, nothing.
 */
export type CameraLink = 'rows' | 'viewport' | 'free';

/** The part of the world that a camera shows in what the floating cards leave free. */
export function boundFreeView(camera: Camera, rect: Rect, insets: Insets): Bounds {
  const free = freeRect(rect, insets);
  const first = screenToWorld(camera, rect, { x: free.x, y: free.y });
  const last = screenToWorld(camera, rect, { x: free.x + free.width, y: free.y + free.height });
  return { minX: first.x, minY: first.y, maxX: last.x, maxY: last.y };
}

/** The box in one map around the rows that lie in a view of another (world arrays, rows × 2), or why there is none. */
export function boundRowsInView(
  lead: Float32Array,
  view: Bounds,
  followed: Float32Array,
): { bounds: Bounds | null; isEveryRow: boolean } {
  const bounds = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
  let isEveryRow = true;
  for (let i = 0; i + 1 < lead.length; i += 2) {
    const x = lead[i]!;
    const y = lead[i + 1]!;
    if (x >= absentX / 2) continue;
    if (x < view.minX || x > view.maxX || y < view.minY || y > view.maxY) {
      isEveryRow = false;
      continue;
    }
    const followedX = followed[i] ?? absentX;
    const followedY = followed[i + 1]!;
    if (followedX >= absentX / 2) continue;
    bounds.minX = Math.min(bounds.minX, followedX);
    bounds.maxX = Math.max(bounds.maxX, followedX);
    bounds.minY = Math.min(bounds.minY, followedY);
    bounds.maxY = Math.max(bounds.maxY, followedY);
  }
  return { bounds: bounds.minX <= bounds.maxX ? bounds : null, isEveryRow };
}
