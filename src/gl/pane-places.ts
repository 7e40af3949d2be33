import { type Bounds, easeInOut, type Point } from './camera';
import { boundPane, type MapPane } from './map-pane';
import { findNearestOnWay, MorphPlaces } from './morph-places';
import { PointIndex } from './point-index';
import {
  boundsToWorld,
  frameBounds,
  fromWorld,
  mixRow,
  mixRows,
  positionsToWorld,
  toWorld,
  type WorldFrame,
} from './world-points';

const emptyRows: Float32Array = new Float32Array(0);

/** Where the rows of one map are, in world units: at rest, on their way to another layout or in a morph. */
export class PanePlaces {
  /** The layout that was taken last, in its own coordinates. */
  positions: Float32Array | null = null;
  /** World places the points come from and go to. */
  start = emptyRows;
  end = emptyRows;
  /** Box of the points in world units. */
  bounds: Bounds | null = null;

  private currentFrame: WorldFrame = { centreX: 0, centreY: 0, scale: 1 };
  private startedMs = 0;
  private durationMs = 0;
  private index: PointIndex | null = null;
  private isIndexing = false;
  private morph: { places: MorphPlaces; source: NonNullable<MapPane['morph']> } | null = null;
  private leaveShare: () => void = () => {};

  constructor(
    private readonly onMove: () => void,
    private readonly onIndexed: () => void,
  ) {}

  /** How the layout's own coordinates become world units. */
  get frame(): WorldFrame {
    return this.currentFrame;
  }

  /** Whether another layout or morph is asked for than the one it has. */
  differsFrom(source: MapPane): boolean {
    const { morph } = source;
    const known = this.morph?.source;
    return this.positions !== source.positions || known?.to !== morph?.to || known?.share !== morph?.share;
  }

  /** Takes a layout, in a frame shared with others or its own; points move there in `durationMs`, at once the first time. */
  take(source: MapPane, sharedFrame: WorldFrame | null, durationMs: number): void {
    const now = performance.now();
    const { positions } = source;
    const box = boundPane(source);
    const isFirst = this.positions === null || this.positions.length !== positions.length || durationMs <= 0;
    const current = isFirst ? emptyRows : this.now();
    this.positions = positions;
    this.currentFrame = sharedFrame ?? frameBounds(box);
    this.end = positionsToWorld(positions, this.currentFrame);
    this.start = isFirst ? this.end : current;
    this.startedMs = now;
    this.durationMs = isFirst ? 0 : durationMs;
    this.bounds = box === null ? null : boundsToWorld(this.currentFrame, box);
    this.index = null;
    this.setMorph(source.morph);
  }

  dispose(): void {
    this.leaveShare();
  }

  private setMorph(source: MapPane['morph']): void {
    this.leaveShare();
    this.leaveShare = source?.share.subscribe(this.followShare) ?? (() => {});
    this.morph =
      source === undefined
        ? null
        : { places: new MorphPlaces(this.end, positionsToWorld(source.to, this.currentFrame)), source };
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

  /** Where all rows are now. */
  now(): Float32Array {
    const progress = this.progressAt(performance.now());
    return progress >= 1 ? this.end : mixRows(this.start, this.end, progress);
  }

  /** Where a row is now; null without a place. */
  of(row: number): Point | null {
    return mixRow(this.start, this.end, row, this.progressAt(performance.now()));
  }

  /** Where a row goes to; null without a place. */
  endOf(row: number): Point | null {
    return mixRow(this.end, this.end, row, 1);
  }

  toWorld(point: Point): Point {
    return toWorld(this.currentFrame, point);
  }

  fromWorld(point: Point): Point {
    return fromWorld(this.currentFrame, point);
  }

  /**
   * The nearest accepted row within `reach` of a place. While points move by themselves, the places they go to count; in a
   * morph, those where they are.
   * The index is built when first asked: a stream of layouts would otherwise build one a frame for nobody. Until it is
   * complete the answer is null, unless `mustKnow`.
   */
  findNearest(
    place: Point,
    reach: number,
    accepts: (row: number) => boolean,
    mustKnow: boolean,
  ): number | null {
    const progress = this.shareUnderWay;
    if (progress !== null) {
      return findNearestOnWay({ start: this.start, end: this.end, progress }, place, reach, accepts);
    }
    this.index ??= new PointIndex(this.end);
    if (mustKnow) this.index.complete();
    else this.index.advance();
    if (!this.index.isComplete) {
      this.continueIndex(this.index);
      return null;
    }
    return this.index.findNearest(place.x, place.y, reach, accepts);
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
