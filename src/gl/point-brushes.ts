import type { Rgb } from './palettes';
import { type Brush, cutStamp, inkStamp, type RoundPoint, reachOf, type Stamp } from './point-stamp';

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

/** Radii that differ from row to row go in eighths of a pixel, and from so many pixels on in halves. */
const largeRadius = 8;
const firstLargeStep = 8 * largeRadius;

/** Pixels of all stamps, or of all brushes, from which they are made anew: some 16 MB. */
const mostCells = 1 << 20;

/** The kind of a point with a radius of its own, in pixels of the picture. */
export function sizedKind(radius: number): number {
  const step = radius < largeRadius ? 8 * radius : firstLargeStep + 2 * (radius - largeRadius);
  return firstSizedKind + Math.round(step);
}

function sizedRadius(kind: number): number {
  const step = kind - firstSizedKind;
  return step < firstLargeStep ? step / 8 : largeRadius + (step - firstLargeStep) / 2;
}

/** The brushes of a picture's points, made when they are first needed and kept as long as they serve. */
export class PointBrushes {
  private look: PointLook | null = null;
  private stride = 0;
  private lookKey = '';
  private readonly stamps = new Map<string, Stamp>();
  private stampCells = 0;
  private readonly brushes = new Map<number, Brush>();
  private brushCells = 0;

  /** Takes the look of the next picture, whose lines are `stride` pixels apart. */
  prepare(look: PointLook, stride: number): void {
    const { radiusPx, edgePx, edgeColour, pointOpacity, pixelRatio } = look;
    const lookKey = [radiusPx, edgePx, edgeColour, pointOpacity, pixelRatio, stride].join();
    if (lookKey === this.lookKey) return;
    this.lookKey = lookKey;
    this.look = look;
    this.stride = stride;
    this.forgetBrushes();
  }

  /** The brush for points of a kind whose colour has this alpha (0 to 255). */
  of(kind: number, alpha: number): Brush {
    const key = 256 * kind + alpha;
    return this.brushes.get(key) ?? this.make(kind, alpha, key);
  }

  private make(kind: number, alpha: number, key: number): Brush {
    const look = this.look!;
    const stamp = this.stampOf(pointOf(kind, look));
    if (this.brushCells + stamp.own.length > mostCells) this.forgetBrushes();
    const brush = inkStamp(stamp, (alpha / 255) * look.pointOpacity, look.edgeColour, this.stride);
    this.brushCells += stamp.own.length;
    this.brushes.set(key, brush);
    return brush;
  }

  private stampOf(point: RoundPoint): Stamp {
    const key = [point.radius, point.edgeWidth, point.ringWidth].join();
    const known = this.stamps.get(key);
    if (known !== undefined) return known;
    const stamp = cutStamp(point);
    if (this.stampCells + stamp.own.length > mostCells) {
      this.stamps.clear();
      this.stampCells = 0;
    }
    this.stamps.set(key, stamp);
    this.stampCells += stamp.own.length;
    return stamp;
  }

  private forgetBrushes(): void {
    this.brushes.clear();
    this.brushCells = 0;
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
