import type { Rgb } from './palettes';
import { cutStamp, mostCellsOf, placeBitsOf, type RoundPoint, reachOf } from './point-stamp';
import { cellWords, type StampSpace } from './point-stamps';

/** What all points of a picture have in common; lengths are CSS pixels. */
export interface PointLook {
  readonly radiusPx: number;
  readonly edgePx: number;
  readonly edgeColour: Rgb;
  /** 0 to 1. */
  readonly pointOpacity: number;
  readonly pixelRatio: number;
}

/** Kinds of points; those with a size of their own follow, a kind for each step of the radius. */
export const plainKind = 0;
export const dimKind = 1;
export const hollowKind = 2;
const firstSizedKind = 3;

/** Dimmed points are smaller by so much, and no smaller than that. */
const dimByPx = 0.7;
const leastDimPx = 0.6;

/** Radii that differ from row to row go in steps: so many pixels, steps until there, and steps a pixel from there on. */
const radiusSteps = [
  { from: 16, before: 80, aPixel: 1 },
  { from: 8, before: 64, aPixel: 2 },
  { from: 0, before: 0, aPixel: 8 },
] as const;

/** Room for the stamps of all radii up to a hundred pixels: 32 MB, of which only what is written is ever taken. */
export const mostCells = 1 << 20;

/** Stamps of points that look alike. */
export interface Brush {
  readonly placeBits: number;
  /** First byte of the cells of each place in a pixel and, last, where they end. */
  readonly starts: Int32Array;
}

/** The kind of a point with a radius of its own, in pixels of the picture. */
export function sizedKind(radius: number): number {
  const { from, before, aPixel } =
    radius < 8 ? radiusSteps[2] : radius < 16 ? radiusSteps[1] : radiusSteps[0];
  return firstSizedKind + before + Math.round((radius - from) * aPixel);
}

function sizedRadius(kind: number): number {
  const step = kind - firstSizedKind;
  const { from, before, aPixel } = radiusSteps.find((steps) => step >= steps.before)!;
  return from + (step - before) / aPixel;
}

/** The brushes of a picture's points, made when they are first needed and kept as long as they serve. */
export class PointBrushes {
  private look: PointLook | null = null;
  private stride = 0;
  private lookKey = '';
  private readonly brushes = new Map<number, Brush>();
  private cellCount = 0;

  /** `onFull` is called before the cells of all brushes give way to another's. */
  constructor(
    private readonly space: StampSpace,
    private readonly onFull: () => void,
  ) {}

  /** Takes the look of the next picture, whose lines are `stride` pixels apart. */
  prepare(look: PointLook, stride: number): void {
    const { radiusPx, edgePx, edgeColour, pointOpacity, pixelRatio } = look;
    const lookKey = [radiusPx, edgePx, edgeColour, pointOpacity, pixelRatio, stride].join();
    if (lookKey === this.lookKey) return;
    this.lookKey = lookKey;
    this.look = look;
    this.stride = stride;
    this.forget();
  }

  /** The brush for points of a kind whose colour has this alpha (0 to 255). */
  of(kind: number, alpha: number): Brush {
    const key = 256 * kind + alpha;
    return this.brushes.get(key) ?? this.make(kind, alpha, key);
  }

  private make(kind: number, alpha: number, key: number): Brush {
    const { space, stride } = this;
    const look = this.look!;
    const point = pointOf(kind, look);
    if (this.cellCount + mostCellsOf(point) > mostCells) {
      this.onFull();
      this.forget();
    }
    const ink = { alpha: (alpha / 255) * look.pointOpacity, edgeColour: look.edgeColour, stride };
    const starts = cutStamp(point, ink, space.cells, this.cellCount);
    this.cellCount = starts.at(-1)!;
    const brush = {
      placeBits: placeBitsOf(point),
      starts: starts.map((cell) => space.cellsAt + 4 * cellWords * cell),
    };
    this.brushes.set(key, brush);
    return brush;
  }

  private forget(): void {
    this.brushes.clear();
    this.cellCount = 0;
  }
}

/** Pixels of the picture that the points of a look reach at most, with radii of up to `largestSize` times the usual. */
export function reachOfLook(look: PointLook, largestSize: number): number {
  const sized = sizedKind(look.radiusPx * largestSize * look.pixelRatio);
  return Math.max(...[plainKind, dimKind, sized].map((kind) => reachOf(pointOf(kind, look))));
}

function pointOf(kind: number, { radiusPx, edgePx, pixelRatio }: PointLook): RoundPoint {
  const dimRadius = Math.max(radiusPx - dimByPx, leastDimPx) * pixelRatio;
  const radius =
    kind === plainKind ? radiusPx * pixelRatio : kind < firstSizedKind ? dimRadius : sizedRadius(kind);
  return { radius, edgeWidth: edgePx * pixelRatio, ringWidth: kind === hollowKind ? pixelRatio : 0 };
}
