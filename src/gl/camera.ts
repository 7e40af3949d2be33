/** Width and height in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** A rectangle in CSS pixels, y down. */
export interface Rect extends Size {
  x: number;
  y: number;
}

/** Pixels at each side that floating cards cover. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** An axis-aligned box in world units, y down. */
export interface Bounds {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export interface Point {
  x: number;
  y: number;
}

/** What is in the middle of a view (world units, y down) and the binary logarithm of pixels per world unit. */
export interface Camera extends Point {
  zoom: number;
}

/** Least and greatest zoom, as binary logarithms of pixels per world unit. */
export interface ZoomLimits {
  min: number;
  max: number;
}

export const noInsets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };

/** Where a world point lies in a view, in CSS pixels from its top left corner. */
export function worldToScreen(camera: Camera, size: Size, point: Point): Point {
  const scale = 2 ** camera.zoom;
  return {
    x: size.width / 2 + (point.x - camera.x) * scale,
    y: size.height / 2 + (point.y - camera.y) * scale,
  };
}

/** The world point under a pixel of a view: the inverse of `worldToScreen`. */
export function screenToWorld(camera: Camera, size: Size, pixel: Point): Point {
  const scale = 2 ** camera.zoom;
  return {
    x: camera.x + (pixel.x - size.width / 2) / scale,
    y: camera.y + (pixel.y - size.height / 2) / scale,
  };
}

/** The part of the world that a view shows. */
export function visibleBounds(camera: Camera, size: Size): Bounds {
  const topLeft = screenToWorld(camera, size, { x: 0, y: 0 });
  const bottomRight = screenToWorld(camera, size, { x: size.width, y: size.height });
  return { minX: topLeft.x, minY: topLeft.y, maxX: bottomRight.x, maxY: bottomRight.y };
}

/** The rectangle that floating cards leave free; never thinner than a fifth of the view, so that a crowded view still shows something. */
export function freeRect(size: Size, insets: Insets): Rect {
  const [x, width] = freeSpan(size.width, insets.left, insets.right);
  const [y, height] = freeSpan(size.height, insets.top, insets.bottom);
  return { x, y, width, height };
}

function freeSpan(length: number, before: number, after: number): [number, number] {
  const least = length / 5;
  const free = length - before - after;
  if (free >= least) return [before, free];
  const total = before + after;
  const start = total > 0 ? (before / total) * (length - least) : 0;
  return [start, least];
}

/** The camera that shows all of `bounds`, as large as possible, in what the insets leave free. Boxes without extent are shown at `widestZoom`. */
export function fitCamera(bounds: Bounds, size: Size, insets: Insets, widestZoom = 8): Camera {
  const free = freeRect(size, insets);
  const width = bounds.maxX - bounds.minX;
  const height = bounds.maxY - bounds.minY;
  const scale = Math.min(
    width > 0 ? free.width / width : Number.POSITIVE_INFINITY,
    height > 0 ? free.height / height : Number.POSITIVE_INFINITY,
  );
  const zoom = Math.min(scale > 0 ? Math.log2(scale) : 0, widestZoom);
  const pixelsPerUnit = 2 ** zoom;
  return {
    x: (bounds.minX + bounds.maxX) / 2 - (free.x + free.width / 2 - size.width / 2) / pixelsPerUnit,
    y: (bounds.minY + bounds.maxY) / 2 - (free.y + free.height / 2 - size.height / 2) / pixelsPerUnit,
    zoom,
  };
}

/** Zooms by `steps` doublings, within the limits, so that the world point under `pixel` stays where it is. */
export function zoomAround(
  camera: Camera,
  size: Size,
  pixel: Point,
  steps: number,
  limits: ZoomLimits,
): Camera {
  const zoom = Math.min(limits.max, Math.max(limits.min, camera.zoom + steps));
  const anchor = screenToWorld(camera, size, pixel);
  const scale = 2 ** zoom;
  return {
    x: anchor.x - (pixel.x - size.width / 2) / scale,
    y: anchor.y - (pixel.y - size.height / 2) / scale,
    zoom,
  };
}

/**
 * A camera between two, at `t` from 0 to 1. The zoom runs evenly; the middle runs with the visible extent, so that a zoom about a
 * point keeps that point still all the way.
 */
export function mixCameras(from: Camera, to: Camera, t: number): Camera {
  if (t <= 0) return from;
  if (t >= 1) return to;
  const zoom = from.zoom + (to.zoom - from.zoom) * t;
  const start = 2 ** -from.zoom;
  const end = 2 ** -to.zoom;
  const share = Math.abs(to.zoom - from.zoom) < 1e-6 ? t : (2 ** -zoom - start) / (end - start);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, zoom };
}

/** Keeps content from being dragged away: axes on which it is smaller than the free part are centred there, on others no gap opens at an edge. */
export function clampCamera(camera: Camera, bounds: Bounds, size: Size, insets: Insets): Camera {
  const free = freeRect(size, insets);
  const scale = 2 ** camera.zoom;
  return {
    x: clampAxis(camera.x, bounds.minX, bounds.maxX, size.width, free.x, free.width, scale),
    y: clampAxis(camera.y, bounds.minY, bounds.maxY, size.height, free.y, free.height, scale),
    zoom: camera.zoom,
  };
}

function clampAxis(
  middle: number,
  least: number,
  most: number,
  length: number,
  freeStart: number,
  freeLength: number,
  scale: number,
): number {
  const centred = (least + most) / 2 - (freeStart + freeLength / 2 - length / 2) / scale;
  if ((most - least) * scale <= freeLength) return centred;
  const lowest = least + (length / 2 - freeStart) / scale;
  const highest = most - (freeStart + freeLength - length / 2) / scale;
  return Math.min(highest, Math.max(lowest, middle));
}

/** Slow, quick, slow: the cubic ease-in-out on 0 to 1. */
export function easeInOut(t: number): number {
  const clamped = Math.min(1, Math.max(0, t));
  return clamped < 0.5 ? 4 * clamped ** 3 : 1 - (-2 * clamped + 2) ** 3 / 2;
}

/** Lays `count` equal panes out row by row, in the number of columns that makes their shorter side longest. */
export function layOutPanes(count: number, size: Size): Rect[] {
  if (count <= 0) return [];
  let columns = count;
  let shortest = 0;
  for (let tried = count; tried >= 1; tried--) {
    const side = Math.min(size.width / tried, size.height / Math.ceil(count / tried));
    if (side > shortest) {
      columns = tried;
      shortest = side;
    }
  }
  const width = size.width / columns;
  const height = size.height / Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => ({
    x: (index % columns) * width,
    y: Math.floor(index / columns) * height,
    width,
    height,
  }));
}
