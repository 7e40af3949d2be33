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
import { boundFreeView, boundRowsInView } from './camera-link';
import { CameraMotion } from './camera-motion';
import { MarkOverlay, type MarkSet, type MarkStyle } from './mark-overlay';
import { findNearestOnWay, MorphPlaces } from './morph-places';
import { PointIndex } from './point-index';
import { rowsInside } from './rows-inside';
import type { ShareChannel } from './share-channel';
import {
  boundPositions,
  boundsToWorld,
  frameBounds,
  fromWorld,
  mixRow,
  mixRows,
  positionsToWorld,
  toWorld,
  uniteBounds,
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
  /** Rows × 4 RGBA bytes of this pane instead of those common to all. */
  colours?: Uint8Array;
  /** Another map in the same coordinates that the points go to as the share grows. */
  morph?: { to: Float32Array; share: ShareChannel };
  /** Places of the same rows elsewhere, in the same coordinates: `ghosts` are ringed there, `trails` lead from there. */
  origins?: Float32Array;
  ghosts?: readonly number[];
  trails?: readonly number[];
}

/** The box around the points of a pane, and around those that it morphs to. */
export function boundPane({ positions, morph }: MapPane): Bounds | null {
  const box = boundPositions(positions);
  return morph === undefined ? box : uniteBounds([box, boundPositions(morph.to)]);
}

const emptyRows: Float32Array = new Float32Array(0);
/** Doublings that a camera may go beyond and below showing everything. */
const deepestZoom = 8;
const widestZoom = -2;
const aroundRowsPx = 48;
/** Where a person was looking on a layout that is off the screen now. */
const camerasLeft = new WeakMap<Float32Array, Camera>();

/** One map's points in world units, its camera, its marks and its index. */
export class PointPane {
  positions: Float32Array | null = null;
  /** The colours of this pane instead of those common to all. */
  colours: Uint8Array | null = null;
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
  private isFrameShared = false;
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
  private morph: { places: MorphPlaces; source: NonNullable<MapPane['morph']> } | null = null;
  private leaveShare: () => void = () => {};
  private origins: { source: Float32Array; world: Float32Array } | null = null;

  constructor(
    readonly key: string,
    private readonly onMove: () => void,
    private readonly onIndexed: () => void,
  ) {
    this.motion = new CameraMotion(onMove);
  }

  /** Whether another layout, frame or morph is asked for than the one it has. */
  differsFrom(source: MapPane): boolean {
    const { morph } = source;
    const known = this.morph?.source;
    return this.positions !== source.positions || known?.to !== morph?.to || known?.share !== morph?.share;
  }

  /** Ends what would go on by itself, and remembers where a person was looking. */
  dispose(): void {
    if (this.positions !== null && !this.isFrameShared) {
      if (this.isFitted) camerasLeft.delete(this.positions);
      else camerasLeft.set(this.positions, this.motion.destination);
    }
    this.motion.stop();
    this.leaveShare();
  }

  /** Takes a layout, in a frame shared with other panes or its own; points move there in `durationMs`, at once the first time. */
  setPositions(source: MapPane, sharedFrame: WorldFrame | null, durationMs: number): void {
    const now = performance.now();
    const { positions } = source;
    const box = boundPane(source);
    const isFirst = this.positions === null || this.positions.length !== positions.length || durationMs <= 0;
    const progress = this.progressAt(now);
    const current = progress >= 1 ? this.end : mixRows(this.start, this.end, progress);
    const previousFrame = this.frame;
    const left = this.positions === null && sharedFrame === null ? camerasLeft.get(positions) : undefined;
    this.positions = positions;
    this.isFrameShared = sharedFrame !== null;
    if (left !== undefined) {
      this.isFitted = false;
      this.motion.jump(left);
    }
    this.frame = sharedFrame ?? frameBounds(box);
    this.end = positionsToWorld(positions, this.frame);
    this.start = isFirst ? this.end : current;
    this.startedMs = now;
    this.durationMs = isFirst ? 0 : durationMs;
    this.bounds = box === null ? null : boundsToWorld(this.frame, box);
    this.index = null;
    this.origins = null;
    this.setMorph(source.morph);
    if (sharedFrame !== null && !this.isFitted) this.keepView(previousFrame);
  }

  /** A frame shared by several maps changes with any of them: what a person looks at stays where it is. */
  private keepView(previous: WorldFrame): void {
    const { camera } = this.motion;
    const centre = toWorld(this.frame, fromWorld(previous, camera));
    this.motion.jump({ ...centre, zoom: camera.zoom + Math.log2(previous.scale / this.frame.scale) });
  }

  private setMorph(source: MapPane['morph']): void {
    this.leaveShare();
    this.leaveShare = source?.share.subscribe(this.followShare) ?? (() => {});
    this.morph =
      source === undefined
        ? null
        : { places: new MorphPlaces(this.end, positionsToWorld(source.to, this.frame)), source };
    if (source !== undefined && source.share.get() > 0) this.followShare();
  }

  private readonly followShare = (): void => {
    if (this.morph === null) return;
    const { start, end } = this.morph.places.at(this.morph.source.share.get());
    this.start = start;
    if (end !== this.end) this.index = null;
    this.end = end;
    this.durationMs = 0;
    this.onMove();
  };

  /** The share of a morph that is neither at its start nor at its end. */
  private get shareUnderWay(): number | null {
    const share = this.morph?.source.share.get() ?? 0;
    return share > 0 && share < 1 ? share : null;
  }

  /** Whether the points are moving by themselves. */
  isMovingAt(nowMs: number): boolean {
    return this.shareUnderWay === null && this.progressAt(nowMs) < 1;
  }

  /** How far the points are on their way at a time of `performance.now()`: 0 to 1. */
  progressAt(nowMs: number): number {
    const share = this.shareUnderWay;
    if (share !== null) return share;
    if (this.durationMs <= 0) return 1;
    const t = Math.min(1, Math.max(0, (nowMs - this.startedMs) / this.durationMs));
    // A stream of short steps looks even only when each step is.
    return this.durationMs <= 200 ? t : easeInOut(t);
  }

  /** The camera that shows a box (all points of all linked panes, or this one's) in what `padding` leaves free. */
  fit(bounds: Bounds | null, padding: Insets): Camera {
    const box = bounds ?? { minX: -1, minY: -1, maxX: 1, maxY: 1 };
    const camera = fitCamera(box, this.rect, withMargin(padding), 6);
    this.zoomLimits = { min: camera.zoom + widestZoom, max: camera.zoom + deepestZoom };
    return camera;
  }

  /**
   * The camera that frames the rows that `lead` shows with a camera of its own; null where it has none of them. When `lead`
   * shows every row, `whole` is framed.
   */
  frameRowsOf(
    lead: { pane: PointPane; camera: Camera; padding: Insets },
    whole: Bounds | null,
    padding: Insets,
  ): Camera | null {
    const view = boundFreeView(lead.camera, lead.pane.rect, lead.padding);
    const { bounds, isEveryRow } = boundRowsInView(lead.pane.placesNow(), view, this.placesNow());
    const box = isEveryRow ? whole : bounds;
    if (box === null) return null;
    const hasExtent = box.maxX > box.minX || box.maxY > box.minY;
    const widest = hasExtent ? this.zoomLimits.max : lead.camera.zoom;
    return fitCamera(box, this.rect, withMargin(padding), widest);
  }

  private placesNow(): Float32Array {
    const progress = this.progressAt(performance.now());
    return progress >= 1 ? this.end : mixRows(this.start, this.end, progress);
  }

  /** The camera that shows these rows in what `padding` leaves free, a few alike ones not at the deepest zoom; null where none has a place. */
  fitRows(rows: readonly number[], padding: Insets): Camera | null {
    const box = boundPositions(Float32Array.from(rows.flatMap((row) => this.placeOf(row))));
    if (box === null) return null;
    const camera = fitCamera(box, this.rect, withMargin(padding, aroundRowsPx), this.zoomLimits.max - 2);
    return { ...camera, zoom: Math.max(camera.zoom, this.zoomLimits.min) };
  }

  /** By how many doublings the camera is closer than showing all. */
  get zoomedBy(): number {
    return this.motion.camera.zoom - this.zoomLimits.min + widestZoom;
  }

  /** The present camera moved so that a place in the pane's own coordinates is in the middle of what `padding` leaves free. */
  centredOn(point: Point, padding: Insets): Camera {
    const { zoom } = this.motion.camera;
    const { x, y } = toWorld(this.frame, point);
    const scale = 2 ** zoom;
    return {
      x: x - (padding.left - padding.right) / 2 / scale,
      y: y - (padding.top - padding.bottom) / 2 / scale,
      zoom,
    };
  }

  /** Rows inside an outline in CSS pixels of the pane, where they are now, ascending. */
  rowsInside(outline: readonly Point[], accepts: (row: number) => boolean): number[] {
    const { camera } = this.motion;
    const drawn = outline.map((pixel) => screenToWorld(camera, this.rect, pixel));
    return rowsInside(this.placesNow(), drawn, accepts);
  }

  private placeOf(row: number): [number, number] | [] {
    const point = mixRow(this.end, this.end, row, 1);
    return point === null ? [] : [point.x, point.y];
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
      ghosts: source?.ghosts ?? [],
      trails: source?.trails ?? [],
    };
    if (source?.origins === undefined) this.origins = null;
    else if (source.origins !== this.origins?.source) {
      this.origins = { source: source.origins, world: positionsToWorld(source.origins, this.frame) };
    }
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
    const own = this.colours ?? colours;
    this.overlay?.place({
      locate: (row) => this.locateRow(row),
      locateOrigin: (row) => this.locateOrigin(row),
      colourOf: (row) => `rgb(${own[4 * row] ?? 0} ${own[4 * row + 1] ?? 0} ${own[4 * row + 2] ?? 0})`,
    });
  }

  private locateOrigin(row: number): Point | null {
    if (this.origins === null) return null;
    const { world } = this.origins;
    const point = mixRow(world, world, row, 1);
    return point === null ? null : worldToScreen(this.motion.camera, this.rect, point);
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
   * The nearest accepted row within `reachPx` of a pixel of the pane. While points move by themselves, the places they go
   * to count; in a morph, those where they are.
   * The index is built when first asked: a stream of layouts would otherwise build one a frame for nobody. Until it is
   * complete the answer is null, unless `mustKnow`.
   */
  findNearest(
    pixel: Point,
    reachPx: number,
    accepts: (row: number) => boolean,
    mustKnow: boolean,
  ): number | null {
    const { camera } = this.motion;
    const world = screenToWorld(camera, this.rect, pixel);
    const reach = reachPx / 2 ** camera.zoom;
    const progress = this.shareUnderWay;
    if (progress !== null) {
      return findNearestOnWay({ start: this.start, end: this.end, progress }, world, reach, accepts);
    }
    this.index ??= new PointIndex(this.end);
    if (mustKnow) this.index.complete();
    else this.index.advance();
    if (!this.index.isComplete) {
      this.continueIndex(this.index);
      return null;
    }
    return this.index.findNearest(world.x, world.y, reach, accepts);
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

/** Room for a mark at the very edge. */
const edgePx = 12;

function withMargin({ top, right, bottom, left }: Insets, marginPx = edgePx): Insets {
  return {
    top: top + marginPx,
    right: right + marginPx,
    bottom: bottom + marginPx,
    left: left + marginPx,
  };
}
