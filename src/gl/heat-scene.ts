import {
  type Camera,
  clampCamera,
  fitCamera,
  noInsets,
  type Point,
  screenToWorld,
  visibleBounds,
  worldToScreen,
  type ZoomLimits,
  zoomAround,
} from './camera';
import { CameraMotion } from './camera-motion';
import { HeatCanvas } from './heat-canvas';
import type { HeatCell, HeatContent, HeatView } from './heat-content';
import { type DrawnFrame, FrameGesture } from './heat-frame';
import type { LinkedCell, LinkedHeat } from './heat-link';
import { framedPart, pairAt, seenPart } from './heat-places';
import { HeatPointer } from './heat-pointer';
import { DeckHeatStage, type HeatStage } from './heat-stage';
import { HeatTiles } from './heat-tiles';
import { chooseLevel } from './tiles';

const greatestCellPx = 48;

/** A matrix of any size as zoomable tiles: camera, loading, drawing. Draws nothing through React. */
export class HeatScene implements LinkedHeat {
  private readonly stage: HeatStage;
  private readonly motion = new CameraMotion(() => this.refresh());
  private readonly tiles: HeatTiles;
  private isFitted = true;
  private isLaidOut = false;
  private readonly pointer: HeatPointer;
  private readonly frames: FrameGesture;
  private readonly leaveLink: () => void;
  private toldView = '';

  constructor(
    container: HTMLElement,
    private content: HeatContent,
  ) {
    this.tiles = new HeatTiles(content.tiles, {
      onChange: () => this.refresh(),
      onError: (error) => this.content.onTileError?.(error),
    });
    const Stage = content.drawsWith === 'canvas' ? HeatCanvas : DeckHeatStage;
    this.stage = new Stage({
      container,
      onCamera: (camera) => {
        this.isFitted = false;
        this.motion.jump(this.clamp(camera));
      },
      onResize: () => this.layOut(),
      onStart: () => this.refresh(),
      onContextLost: () => this.content.onContextLost?.(),
      onUnavailable: (reason) => this.content.onUnavailable?.(reason),
      onLimited: (mostPixels) => this.content.onLimited?.(mostPixels),
    });
    this.stage.setCursor('crosshair');
    this.leaveLink = content.link?.join(this) ?? (() => {});
    this.pointer = new HeatPointer({
      container,
      isTaken: () => this.frames.frame !== null,
      cellAt: (pixel) => this.cellAt(pixel),
      middleOf: (cell) => this.locateMiddle(cell),
      onHover: (cell) => {
        this.content.onHover?.(cell);
        this.content.link?.tellCell(this, cell);
      },
      onPick: (cell) => this.content.onPick?.(cell),
      onDoubleClick: (pixel, isShifted) => this.zoomAt(pixel, isShifted ? -1 : 1),
    });
    this.frames = new FrameGesture(container, {
      isWanted: () => this.content.onBox !== undefined,
      pixelOf: (event) => this.pointer.pixelOf(event),
      onStart: () => this.clearHover(),
      onMove: () => this.pointer.tellListeners(),
      onDrawn: (frame, mode) => {
        const covered = framedPart(frame, this.motion.camera, this.stage.size, this.content.size);
        if (covered !== null) this.content.onBox?.({ ...covered, mode });
      },
    });
    this.layOut();
  }

  /** Takes new content; tiles are loaded anew only for another source or size. */
  update(content: HeatContent): void {
    const previous = this.content;
    this.content = content;
    const isOtherSize =
      content.size.rows !== previous.size.rows || content.size.columns !== previous.size.columns;
    if (isOtherSize || content.tiles.key !== previous.tiles.key)
      this.tiles.turnTo(content.tiles, !isOtherSize);
    if (isOtherSize) this.isFitted = true;
    const isOtherPadding = JSON.stringify(content.padding) !== JSON.stringify(previous.padding);
    if (isOtherSize || isOtherPadding) this.layOut();
    else this.refresh();
  }

  zoomBy(steps: number): void {
    const { width, height } = this.stage.size;
    const { left, right, top, bottom } = this.content.padding ?? noInsets;
    const middle = { x: (left + width - right) / 2, y: (top + height - bottom) / 2 };
    this.zoomAt(middle, steps);
  }

  panBy(pixelsX: number, pixelsY: number): void {
    const { x, y, zoom } = this.motion.destination;
    this.isFitted = false;
    this.motion.jump(this.clamp({ x: x + pixelsX / 2 ** zoom, y: y + pixelsY / 2 ** zoom, zoom }));
  }

  fit(): void {
    this.isFitted = true;
    this.motion.glide(this.fitted, this.content.cameraMs ?? 0);
  }

  /** 100 when the whole matrix fits. */
  get zoomPercent(): number {
    return 100 * 2 ** (this.motion.camera.zoom - this.fitted.zoom);
  }

  /** Tries failed tiles again. */
  retry(): void {
    this.tiles.retry();
    this.refresh();
  }

  restart(): void {
    this.stage.restart();
  }

  takePicture(background: string): HTMLCanvasElement | null {
    return this.stage.takePicture(background);
  }

  /** Where the corner above and left of a cell lies, in CSS pixels of the map. */
  locateCorner(row: number, column: number): Point {
    return worldToScreen(this.motion.camera, this.stage.size, { x: column, y: row });
  }

  /** The value of a single pair; null where its tile is not there or it is empty. */
  valueAt(row: number, column: number): number | null {
    return this.tiles.valueAt(row, column, 0);
  }

  /** Side of one row's cell in CSS pixels. */
  get cellPx(): number {
    return 2 ** this.motion.camera.zoom;
  }

  get hoveredCell(): () => HeatCell | null {
    return this.pointer.hovered;
  }

  get subscribeCell(): (listener: () => void) => () => void {
    return this.pointer.subscribe;
  }

  /** Points at the next cell in a direction, from the one pointed at or the middle, and brings it into sight. */
  moveCell(down: number, across: number): void {
    const { rows, columns } = this.content.size;
    const { width, height } = this.stage.size;
    const step = 2 ** chooseLevel(this.cellPx, this.content.size);
    const middle = screenToWorld(this.motion.camera, this.stage.size, { x: width / 2, y: height / 2 });
    const hovered = this.pointer.hovered();
    const from = hovered ?? { row: Math.floor(middle.y), column: Math.floor(middle.x) };
    const isFirst = hovered === null;
    const row = Math.min(rows - 1, Math.max(0, from.row + (isFirst ? 0 : down * step)));
    const column = Math.min(columns - 1, Math.max(0, from.column + (isFirst ? 0 : across * step)));
    const { left, right, top, bottom } = this.content.padding ?? noInsets;
    const place = this.locateMiddle({ row, column });
    const beyond = (at: number, least: number, most: number) =>
      Math.min(0, at - least) + Math.max(0, at - most);
    const moveX = beyond(place.x, left, width - right);
    const moveY = beyond(place.y, top, height - bottom);
    if (moveX !== 0 || moveY !== 0) this.panBy(moveX, moveY);
    this.pointer.pointAt(this.locateMiddle({ row, column }));
  }

  /** Picks the cell pointed at, as a click does. */
  pickCell(): void {
    const cell = this.pointer.hovered();
    if (cell !== null) this.content.onPick?.(cell);
  }

  followCamera(camera: Camera, isFitted: boolean): void {
    this.isFitted = isFitted;
    this.motion.jump(this.clamp(camera));
  }

  followCell(cell: LinkedCell | null): void {
    this.pointer.follow(cell);
  }

  /** The frame that is being drawn, in CSS pixels of the map. */
  get framed(): DrawnFrame | null {
    return this.frames.frame;
  }

  /** Forgets the pointer until it moves again. */
  clearHover(): void {
    this.pointer.clear();
  }

  dispose(): void {
    this.motion.stop();
    this.leaveLink();
    this.tiles.dispose();
    this.frames.dispose();
    this.pointer.dispose();
    this.stage.dispose();
  }

  private get bounds() {
    return { minX: 0, minY: 0, maxX: this.content.size.columns, maxY: this.content.size.rows };
  }

  private get fitted(): Camera {
    return fitCamera(this.bounds, this.stage.size, this.content.padding ?? noInsets, 7);
  }

  private get zoomLimits(): ZoomLimits {
    const least = this.fitted.zoom;
    return { min: least, max: Math.max(least, Math.log2(greatestCellPx)) };
  }

  private clamp(camera: Camera): Camera {
    return clampCamera(camera, this.bounds, this.stage.size, this.content.padding ?? noInsets);
  }

  private zoomAt(pixel: Point, steps: number): void {
    const camera = zoomAround(this.motion.destination, this.stage.size, pixel, steps, this.zoomLimits);
    this.isFitted = false;
    this.motion.glide(this.clamp(camera), this.content.cameraMs ?? 0);
  }

  private layOut(): void {
    const { width, height } = this.stage.size;
    const { rows, columns } = this.content.size;
    if (width === 0 || height === 0 || rows <= 0 || columns <= 0) return;
    this.isLaidOut = true;
    if (this.isFitted) this.motion.jump(this.fitted);
    else this.motion.jump(this.clamp(this.motion.camera));
  }

  /** Asks for the visible tiles, draws what is there, tells the view. */
  private refresh(): void {
    if (!this.isLaidOut) return;
    const { size, range, curve = null, palette, emptyColour } = this.content;
    const { camera } = this.motion;
    const level = chooseLevel(this.cellPx, size);
    const tiles = this.tiles.show(visibleBounds(camera, this.stage.size), level, size);
    this.stage.draw({
      camera,
      zoomLimits: this.zoomLimits,
      heat: {
        size,
        tiles,
        keptKeys: this.tiles.keptKeys,
        range,
        curve,
        palette,
        emptyColour,
      },
    });
    this.pointer.update();
    this.tellView(level);
    this.content.link?.tellCamera(this, camera, this.isFitted);
  }

  private tellView(level: number): void {
    const told: HeatView = {
      ...seenPart(this.motion.camera, this.stage.size, this.content.size),
      level,
      pending: this.tiles.pendingCount,
      failed: this.tiles.failedCount,
      zoomPercent: this.zoomPercent,
    };
    // Told again, an unchanged view would make its hearer render and so update this scene for ever.
    const isSame = JSON.stringify(told) === this.toldView;
    this.toldView = JSON.stringify(told);
    if (!isSame) this.content.onViewChange?.(told);
  }

  private locateMiddle({ row, column }: LinkedCell): Point {
    return worldToScreen(this.motion.camera, this.stage.size, { x: column + 0.5, y: row + 0.5 });
  }

  private cellAt(pixel: Point): HeatCell | null {
    const { size } = this.content;
    const pair = pairAt(pixel, this.motion.camera, this.stage.size, size);
    if (pair === null) return null;
    const level = chooseLevel(this.cellPx, size);
    return {
      ...pair,
      level,
      value: this.tiles.valueAt(pair.row, pair.column, level),
      x: pixel.x,
      y: pixel.y,
    };
  }
}
