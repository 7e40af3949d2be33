import {
  type Bounds,
  type Camera,
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
import type { MapPane } from './map-pane';
import type { MarkStyle } from './mark-overlay';
import { PaneMarks } from './pane-marks';
import { PanePlaces } from './pane-places';
import { rowsInside } from './rows-inside';
import { boundPositions, fromWorld, type WorldFrame } from './world-points';

/** Doublings that a camera may go beyond and below showing everything. */
const deepestZoom = 8;
const widestZoom = -2;
const aroundRowsPx = 48;
/** Where a person was looking on a layout that is off the screen now. */
const camerasLeft = new WeakMap<Float32Array, Camera>();

/** One map: its points, its camera and its marks. */
export class PointPane {
  readonly places: PanePlaces;
  /** The colours of this pane instead of those common to all. */
  colours: Uint8Array | null = null;
  rect: Rect = { x: 0, y: 0, width: 0, height: 0 };
  zoomLimits: ZoomLimits = { min: -8, max: 16 };
  /** Whether the camera follows the points: until a person moves it. */
  isFitted = true;
  readonly motion: CameraMotion;

  private isFrameShared = false;
  private insets = '';
  private readonly marks = new PaneMarks();

  constructor(
    readonly key: string,
    onMove: () => void,
    onIndexed: () => void,
  ) {
    this.motion = new CameraMotion(onMove);
    this.places = new PanePlaces(onMove, onIndexed);
  }

  /** Ends what would go on by itself, and remembers where a person was looking. */
  dispose(): void {
    const { positions } = this.places;
    if (positions !== null && !this.isFrameShared) {
      if (this.isFitted) camerasLeft.delete(positions);
      else camerasLeft.set(positions, this.motion.destination);
    }
    this.motion.stop();
    this.places.dispose();
  }

  /** Takes a layout, in a frame shared with other panes or its own; points move there in `durationMs`, at once the first time. */
  setPositions(source: MapPane, sharedFrame: WorldFrame | null, durationMs: number): void {
    const previousFrame = this.places.frame;
    const isFirst = this.places.positions === null;
    const left = isFirst && sharedFrame === null ? camerasLeft.get(source.positions) : undefined;
    this.isFrameShared = sharedFrame !== null;
    if (left !== undefined) {
      this.isFitted = false;
      this.motion.jump(left);
    }
    this.marks.forgetOrigins();
    this.places.take(source, sharedFrame, durationMs);
    if (sharedFrame !== null && !this.isFitted) this.keepView(previousFrame);
  }

  /** A frame shared by several maps changes with any of them: what a person looks at stays where it is. */
  private keepView(previous: WorldFrame): void {
    const { camera } = this.motion;
    const centre = this.places.toWorld(fromWorld(previous, camera));
    this.motion.jump({ ...centre, zoom: camera.zoom + Math.log2(previous.scale / this.places.frame.scale) });
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
    const { bounds, isEveryRow } = boundRowsInView(lead.pane.places.now(), view, this.places.now());
    const box = isEveryRow ? whole : bounds;
    if (box === null) return null;
    const hasExtent = box.maxX > box.minX || box.maxY > box.minY;
    const widest = hasExtent ? this.zoomLimits.max : lead.camera.zoom;
    return fitCamera(box, this.rect, withMargin(padding), widest);
  }

  /** The camera that shows these rows in what `padding` leaves free, a few alike ones not at the deepest zoom; null where none has a place. */
  fitRows(rows: readonly number[], padding: Insets): Camera | null {
    const ends = rows.flatMap((row) => {
      const place = this.places.endOf(row);
      return place === null ? [] : [place.x, place.y];
    });
    const box = boundPositions(Float32Array.from(ends));
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
    const { x, y } = this.places.toWorld(point);
    const scale = 2 ** zoom;
    return {
      x: x - (padding.left - padding.right) / 2 / scale,
      y: y - (padding.top - padding.bottom) / 2 / scale,
      zoom,
    };
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
    this.marks.attach(element?.querySelector<SVGSVGElement>(':scope > svg') ?? null);
    return isMoved;
  }

  /** Draws rings, pins and lines anew if they differ. */
  setMarks(
    content: { panes: readonly MapPane[]; pinned: readonly number[]; ringed: readonly number[] },
    style: MarkStyle,
  ): void {
    const source = content.panes.find((pane) => pane.key === this.key);
    this.marks.set(source, content, style, this.places.frame);
  }

  setHover(row: number | null, colours: Uint8Array): void {
    this.marks.setHover(row);
    this.placeMarks(colours);
  }

  placeMarks(colours: Uint8Array): void {
    this.marks.place(
      (row) => this.locateRow(row),
      (world) => worldToScreen(this.motion.camera, this.rect, world),
      this.colours ?? colours,
    );
  }

  /** Rows inside an outline in CSS pixels of the pane, where they are now, ascending. */
  rowsInside(outline: readonly Point[], accepts: (row: number) => boolean): number[] {
    const { camera } = this.motion;
    const drawn = outline.map((pixel) => screenToWorld(camera, this.rect, pixel));
    return rowsInside(this.places.now(), drawn, accepts);
  }

  /** Where a row is drawn now, in CSS pixels of the pane. */
  locateRow(row: number): Point | null {
    const point = this.places.of(row);
    return point === null ? null : worldToScreen(this.motion.camera, this.rect, point);
  }

  project(point: Point): Point {
    return worldToScreen(this.motion.camera, this.rect, this.places.toWorld(point));
  }

  unproject(pixel: Point): Point {
    return this.places.fromWorld(screenToWorld(this.motion.camera, this.rect, pixel));
  }

  /** The nearest accepted row within `reachPx` of a pixel of the pane, as `PanePlaces.findNearest` has it. */
  findNearest(
    pixel: Point,
    reachPx: number,
    accepts: (row: number) => boolean,
    mustKnow: boolean,
  ): number | null {
    const { camera } = this.motion;
    const place = screenToWorld(camera, this.rect, pixel);
    return this.places.findNearest(place, reachPx / 2 ** camera.zoom, accepts, mustKnow);
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
