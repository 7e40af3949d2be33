import type { Point } from './camera';
import type { MapPane } from './map-pane';
import { MarkOverlay, type MarkSet, type MarkStyle } from './mark-overlay';
import { mixRow, positionsToWorld, type WorldFrame } from './world-points';

/** Rings, pins and lines above one map, and where their rows came from. */
export class PaneMarks {
  private overlay: MarkOverlay | null = null;
  private svg: SVGSVGElement | null = null;
  private marks: MarkSet | null = null;
  private style: MarkStyle | null = null;
  private isMarked = false;
  private origins: { source: Float32Array; world: Float32Array } | null = null;

  /** Takes the element they are drawn in; the marks of another one are drawn anew. */
  attach(svg: SVGSVGElement | null): void {
    if (svg === this.svg) return;
    this.svg = svg;
    this.overlay = svg === null ? null : new MarkOverlay(svg);
    this.isMarked = false;
  }

  /** Forgets places of another frame. */
  forgetOrigins(): void {
    this.origins = null;
  }

  /** Draws rings, pins and lines anew if they differ. */
  set(
    source: MapPane | undefined,
    common: { readonly pinned: readonly number[]; readonly ringed: readonly number[] },
    style: MarkStyle,
    frame: WorldFrame,
  ): void {
    const marks = {
      pinned: common.pinned,
      ringed: source?.ringed ?? common.ringed,
      links: source?.links ?? [],
      ghosts: source?.ghosts ?? [],
      trails: source?.trails ?? [],
    };
    if (source?.origins === undefined) this.origins = null;
    else if (source.origins !== this.origins?.source) {
      this.origins = { source: source.origins, world: positionsToWorld(source.origins, frame) };
    }
    const own = { ...style, line: source?.markColour ?? style.line };
    const isSame = this.isMarked && JSON.stringify([marks, own]) === JSON.stringify([this.marks, this.style]);
    if (isSame || this.overlay === null) return;
    this.marks = marks;
    this.style = own;
    this.isMarked = true;
    this.overlay.setMarks(marks, own);
  }

  setHover(row: number | null): void {
    this.overlay?.setHover(row);
  }

  /**
   * Puts every mark to its row.
   * @param colours rows × 4 RGBA bytes
   */
  place(locate: (row: number) => Point | null, toScreen: (world: Point) => Point, colours: Uint8Array): void {
    this.overlay?.place({
      locate,
      locateOrigin: (row) => {
        const origin = this.originOf(row);
        return origin === null ? null : toScreen(origin);
      },
      colourOf: (row) =>
        `rgb(${colours[4 * row] ?? 0} ${colours[4 * row + 1] ?? 0} ${colours[4 * row + 2] ?? 0})`,
    });
  }

  private originOf(row: number): Point | null {
    if (this.origins === null) return null;
    const { world } = this.origins;
    return mixRow(world, world, row, 1);
  }
}
