import {
  type Bounds,
  type Camera,
  easeInOut,
  fitCamera,
  type Insets,
  type Point,
  type Rect,
  screenToWorld,
  worldToScreen,
  type ZoomLimits,
} from './camera';
import { CameraMotion } from './camera-motion';
import { MarkOverlay, type MarkSet, type MarkStyle } from './mark-overlay';
import { PointIndex } from './point-index';
import {
  boundPositions,
  boundsToWorld,
  frameBounds,
  fromWorld,
  mixRow,
  mixRows,
  positionsToWorld,
  toWorld,
  type WorldFrame,
} from './world-points';

/** One map: where its rows are, and what joins them. */
export interface MapPane {
  key: string;
  /** Rows × 2, y up, in any unit; NaN for a row without a vector. A new array is a new layout. */
  positions: Float32Array;
  /** Lines between rows. */
  links?: readonly { from: number; to: number }[];
  /** Rows with a thin ring in this pane instead of those common to all. */
  ringed?: readonly number[];
  /** Colour of links and thin rings in this pane, such as its model's. */
  markColour?: string;
}

const emptyRows: Float32Array = new Float32Array(0);
/** Doublings that a camera may go beyond and below showing everything. */
const deepestZoom = 8;
const widestZoom = -2;

/** One map's points in world units, its camera, its marks and its index. */
export class PointPane {
  positions: Float32Array | null = null;
  /** World places the points come from and go to. */
  start = emptyRows;
  end = emptyRows;
  /** Box of the points in world units. */
  bounds: Bounds | null = null;
  rect: Rect = { x: 0, y: 0, width: 0, height: 0 };
  zoomLimits: ZoomLimits = { min: -8, max: 16 };
  /** Whether the camera follows the points: until a person moves it. */
  isFitted = true;
  readonly motion: CameraMotion;

  private frame: WorldFrame = { centreX: 0, centreY: 0, scale: 1 };
  private startedMs = 0;
  private durationMs = 0;
  private index: PointIndex | null = null;
  private isIndexing = false;
  private overlay: MarkOverlay | null = null;
  private svg: SVGSVGElement | null = null;
  private insets = '';
  private marks: MarkSet | null = null;
  private style: MarkStyle | null = null;
  private isMarked = false;

  constructor(
    readonly key: string,
    onCamera: () => void,
    private readonly onIndexed: () => void,
  ) {
    this.motion = new CameraMotion(onCamera);
  }

  /** Takes a layout, in a frame shared with other panes or its own; points move there in `durationMs`, at once the first time. */
  setPositions(positions: Float32Array, sharedFrame: WorldFrame | null, durationMs: number): void {
    const now = performance.now();
    const box = boundPositions(positions);
    const isFirst = this.positions === null || this.positions.length !== positions.length || durationMs <= 0;
    const progress = this.progressAt(now);
    const current = progress >= 1 ? this.end : mixRows(this.start, this.end, progress);
    this.positions = positions;
    this.frame = sharedFrame ?? frameBounds(box);
    this.end = positionsToWorld(positions, this.frame);
    this.start = isFirst ? this.end : current;
    this.startedMs = now;
    this.durationMs = isFirst ? 0 : durationMs;
    this.bounds = box === null ? null : boundsToWorld(this.frame, box);
    this.index = null;
  }

  /** How far the points are on their way at a time of `performance.now()`: 0 to 1. */
  progressAt(nowMs: number): number {
    if (this.durationMs <= 0) return 1;
    const t = Math.min(1, Math.max(0, (nowMs - this.startedMs) / this.durationMs));
    // A stream of short steps looks even only when each step is.
    return this.durationMs <= 200 ? t : easeInOut(t);
  }

  /** The camera that shows a box (all points of all linked panes, or this one's) in what `padding` leaves free. */
  fit(bounds: Bounds | null, padding: Insets): Camera {
    const box = bounds ?? { minX: -1, minY: -1, maxX: 1, maxY: 1 };
    // Room for a mark at the very edge.
    const marginPx = 12;
    const roomy = {
      top: padding.top + marginPx,
      right: padding.right + marginPx,
      bottom: padding.bottom + marginPx,
      left: padding.left + marginPx,
    };
    const camera = fitCamera(box, this.rect, roomy, 6);
    this.zoomLimits = { min: camera.zoom + widestZoom, max: camera.zoom + deepestZoom };
    return camera;
  }

  /** Takes its rectangle and its wrapper element; true when rectangle or insets changed. */
  place(rect: Rect, insets: string, element: HTMLElement | null): boolean {
    const isMoved =
      insets !== this.insets ||
      rect.x !== this.rect.x ||
      rect.y !== this.rect.y ||
      rect.width !== this.rect.width ||
      rect.height !== this.rect.height;
    this.rect = rect;
    this.insets = insets;
    if (element !== null) {
      Object.assign(element.style, {
        left: `${rect.x}px`,
        top: `${rect.y}px`,
        width: `${rect.width}px`,
        height: `${rect.height}px`,
      });
    }
    const svg = element?.querySelector<SVGSVGElement>(':scope > svg') ?? null;
    if (svg !== this.svg) {
      this.svg = svg;
      this.overlay = svg === null ? null : new MarkOverlay(svg);
      this.isMarked = false;
    }
    return isMoved;
  }

  /** Draws rings, pins and lines anew if they differ. */
  setMarks(
    content: { panes: readonly MapPane[]; pinned: readonly number[]; ringed: readonly number[] },
    style: MarkStyle,
  ): void {
    const source = content.panes.find((pane) => pane.key === this.key);
    const marks = {
      pinned: content.pinned,
      ringed: source?.ringed ?? content.ringed,
      links: source?.links ?? [],
    };
    const own = { ...style, line: source?.markColour ?? style.line };
    const isSame = this.isMarked && JSON.stringify([marks, own]) === JSON.stringify([this.marks, this.style]);
    if (isSame || this.overlay === null) return;
    this.marks = marks;
    this.style = own;
    this.isMarked = true;
    this.overlay.setMarks(marks, own);
  }

  setHover(row: number | null, colours: Uint8Array): void {
    this.overlay?.setHover(row);
    this.placeMarks(colours);
  }

  placeMarks(colours: Uint8Array): void {
    this.overlay?.place(
      (row) => this.locateRow(row),
      (row) => `rgb(${colours[4 * row] ?? 0} ${colours[4 * row + 1] ?? 0} ${colours[4 * row + 2] ?? 0})`,
    );
  }

  /** Where a row is drawn now, in CSS pixels of the pane. */
  locateRow(row: number): Point | null {
    const point = mixRow(this.start, this.end, row, this.progressAt(performance.now()));
    return point === null ? null : worldToScreen(this.motion.camera, this.rect, point);
  }

  project(point: Point): Point {
    return worldToScreen(this.motion.camera, this.rect, toWorld(this.frame, point));
  }

  unproject(pixel: Point): Point {
    return fromWorld(this.frame, screenToWorld(this.motion.camera, this.rect, pixel));
  }

  /**
   * The nearest accepted row within `reachPx` of a pixel of the pane. While points move, the places they go to count.
   * The index is built when first asked: a stream of layouts would otherwise build one a frame for nobody. Until it is
   * complete the answer is null, unless `mustKnow`.
   */
  findNearest(
    pixel: Point,
    reachPx: number,
    accepts: (row: number) => boolean,
    mustKnow: boolean,
  ): number | null {
    this.index ??= new PointIndex(this.end);
    if (mustKnow) this.index.complete();
    else this.index.advance();
    if (!this.index.isComplete) {
      this.continueIndex(this.index);
      return null;
    }
    const { camera } = this.motion;
    const world = screenToWorld(camera, this.rect, pixel);
    return this.index.findNearest(world.x, world.y, reachPx / 2 ** camera.zoom, accepts);
  }

  private continueIndex(index: PointIndex): void {
    if (this.isIndexing) return;
    this.isIndexing = true;
    setTimeout(() => {
      this.isIndexing = false;
      if (index !== this.index) return;
      index.advance();
      if (index.isComplete) this.onIndexed();
      else this.continueIndex(index);
    });
  }
}
