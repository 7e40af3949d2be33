import { hidden } from './dim-rows';
import {
  dimKind,
  hollowKind,
  mostCells,
  PointBrushes,
  type PointLook,
  plainKind,
  reachOfLook,
  sizedKind,
} from './point-brushes';
import type { PointLayerProps } from './point-layer';
import { pointWords, type StampSpace } from './point-stamps';
import { absentX } from './world-points';

/** What is drawn, as `PointLayer` takes it. */
export type DrawnRows = Omit<PointLayerProps, 'paneKey'>;

/** The picture: its size in pixels, how the world lies in it, and how many of its pixels one of CSS has. */
export interface RasterView {
  readonly width: number;
  readonly height: number;
  /** World place in the middle (y down). */
  readonly centreX: number;
  readonly centreY: number;
  /** Pixels for one world unit. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly pixelRatio: number;
}

/** Points that are listed before they are drawn together: few enough to stay in the processor's cache. */
const mostPoints = 4096;

/** Working space that a raster needs. */
export const rasterRoom = [mostCells, mostPoints] as const;

/**
 * Draws points into an array, as the shader of `PointLayer` does on a graphics card. A point's place is rounded to an eighth of a
 * pixel, that of a point of more than 4 pixels to a quarter, 16 to a half, 32 to a whole; a radius that differs from row to row to
 * an eighth, from 8 pixels on to a half, from 16 on to a whole.
 */
export class PointRaster {
  /** Pixels from one line to the next. */
  stride = 0;
  /** Index of the picture's first pixel. */
  first = 0;

  private readonly brushes: PointBrushes;
  private pointCount = 0;
  private sizes: Float32Array | null = null;
  private largestSize = 1;

  /** `space` has `rasterRoom` and is the raster's alone. */
  constructor(private readonly space: StampSpace) {
    this.brushes = new PointBrushes(space, () => this.stampListed());
  }

  /** RGBA bytes, multiplied by alpha; lines from the bottom up, as WebGL has them, within a margin all around. */
  get pixels(): Uint32Array<ArrayBuffer> {
    return this.space.pixels;
  }

  /** Draws the rows in place of what was there. Throws RangeError where there is no memory for the picture. */
  draw(rows: DrawnRows, view: RasterView): void {
    const { radiusPx, edgePx, edgeColour, pointOpacity } = rows;
    const look: PointLook = { radiusPx, edgePx, edgeColour, pointOpacity, pixelRatio: view.pixelRatio };
    const reach = reachOfLook(look, this.largestOf(rows.sizes));
    // A point whose middle lies beyond the picture by its reach has the same again beyond.
    const margin = 2 * reach;
    this.stride = view.width + 2 * margin;
    this.first = margin * this.stride + margin;
    this.space.clear(this.stride * (view.height + 2 * margin));
    this.brushes.prepare(look, this.stride);
    if (rows.dims !== null) this.list(rows, view, margin, reach, true);
    this.list(rows, view, margin, reach, false);
    this.stampListed();
  }

  private largestOf(sizes: Float32Array | null): number {
    if (sizes !== this.sizes) {
      this.sizes = sizes;
      // Not Math.max, which a single NaN would win.
      this.largestSize = sizes === null ? 1 : sizes.reduce((most, size) => (size > most ? size : most), 0);
    }
    return this.largestSize;
  }

  private stampListed(): void {
    this.space.stamp(this.pointCount);
    this.pointCount = 0;
  }

  /** Lists the rows of one pass, and has them drawn whenever the list is full. */
  private list(rows: DrawnRows, view: RasterView, margin: number, reach: number, isDimPass: boolean): void {
    const { start, end, progress, colours, dims, sizes, dimColour } = rows;
    const { brushes, stride } = this;
    const { points } = this.space;
    const { width, height, scaleX, scaleY, pixelRatio } = view;
    const left = margin + width / 2 - view.centreX * scaleX;
    const bottom = margin + height / 2 + view.centreY * scaleY;
    const least = margin - reach;
    const mostX = margin + width + reach;
    const mostY = margin + height + reach;
    const radius = rows.radiusPx * pixelRatio;
    const dimRgba = packRgba(dimColour[0], dimColour[1], dimColour[2]);
    const isMoving = progress !== 1 && start !== end;
    const rowCount = Math.min(end.length >> 1, colours.length >> 2);
    let kind = isDimPass ? dimKind : plainKind;
    let kindOfBrush = -1;
    let alphaOfBrush = -1;
    let { placeBits, starts } = brushes.of(kind, 255);
    for (let row = 0; row < rowCount; row++) {
      const alpha = colours[4 * row + 3]!;
      let worldX = end[2 * row]!;
      let worldY = end[2 * row + 1]!;
      if (alpha === 0 || worldX >= absentX / 2) continue;
      if (dims !== null) {
        const dim = dims[row]!;
        if (dim > 0 !== isDimPass) continue;
        if (isDimPass) kind = dim >= hidden ? hollowKind : dimKind;
      }
      if (isMoving && start[2 * row]! < absentX / 2) {
        worldX = start[2 * row]! * (1 - progress) + worldX * progress;
        worldY = start[2 * row + 1]! * (1 - progress) + worldY * progress;
      }
      const x = left + worldX * scaleX;
      const y = bottom - worldY * scaleY;
      if (!(x >= least && x < mostX && y >= least && y < mostY)) continue;
      if (sizes !== null && !isDimPass) {
        const size = sizes[row]!;
        if (!(size > 0)) continue;
        kind = sizedKind(radius * size);
      }
      if (kind !== kindOfBrush || alpha !== alphaOfBrush) {
        ({ placeBits, starts } = brushes.of(kind, alpha));
        kindOfBrush = kind;
        alphaOfBrush = alpha;
      }
      const along = 1 << placeBits;
      const placeX = (x * along) | 0;
      const placeY = (y * along) | 0;
      const place = ((placeY & (along - 1)) << placeBits) | (placeX & (along - 1));
      const at = this.pointCount * pointWords;
      points[at] = 4 * ((placeY >> placeBits) * stride + (placeX >> placeBits));
      points[at + 1] = starts[place]!;
      points[at + 2] = starts[place + 1]!;
      points[at + 3] = isDimPass
        ? dimRgba
        : packRgba(colours[4 * row]!, colours[4 * row + 1]!, colours[4 * row + 2]!);
      if (++this.pointCount === mostPoints) this.stampListed();
    }
  }
}

function packRgba(red: number, green: number, blue: number): number {
  return red | (green << 8) | (blue << 16) | (255 << 24);
}
