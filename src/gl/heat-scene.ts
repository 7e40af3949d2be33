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
import type { HeatBox, HeatCell, HeatContent, HeatView } from './heat-content';
import { type DrawnFrame, FrameGesture } from './heat-frame';
import type { LinkedCell, LinkedHeat } from './heat-link';
import { DeckHeatStage, type HeatStage } from './heat-stage';
import { type LoadedTile, TileLoader } from './tile-loader';
import { chooseLevel, locateCell, nameTile, tileBounds, touchesAny, visibleTiles } from './tiles';

const greatestCellPx = 48;
const tileCapacity = 256;

/** A matrix of any size as zoomable tiles: camera, loading, hover. Draws nothing through React. */
export class HeatScene implements LinkedHeat {
  private readonly stage: HeatStage;
  private readonly motion = new CameraMotion(() => this.refresh());
  private loader: TileLoader;
  /** What was drawn of the matrix before; it stays beneath until the new one is there. */
  private stale: readonly LoadedTile[] = [];
  private drawn: readonly LoadedTile[] = [];
  private isFitted = true;
  private isLaidOut = false;
  private pointer: Point | null = null;
  private hovered: HeatCell | null = null;
  private pressedAt: Point | null = null;
  private linked: LinkedCell | null = null;
  private readonly frames: FrameGesture;
  private readonly leaveLink: () => void;
  private wantedNames = '';
  private toldView = '';
  private readonly cellListeners = new Set<() => void>();

  constructor(
    private readonly container: HTMLElement,
    private content: HeatContent,
  ) {
    this.loader = this.makeLoader();
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
    this.frames = new FrameGesture(container, {
      isWanted: () => this.content.onBox !== undefined,
      pixelOf: (event) => this.pixelOf(event),
      onStart: () => this.clearHover(),
      onMove: () => this.tellCellListeners(),
      onDrawn: (frame, mode) => {
        const covered = this.coveredBy(frame);
        if (covered !== null) this.content.onBox?.({ ...covered, mode });
      },
    });
    container.addEventListener('pointermove', this.handleMove);
    container.addEventListener('pointerleave', this.handleLeave);
    container.addEventListener('pointerdown', this.handleDown);
    container.addEventListener('click', this.handleClick);
    container.addEventListener('dblclick', this.handleDoubleClick);
    this.layOut();
  }

  /** Takes new content; tiles are loaded anew only for another source or size. */
  update(content: HeatContent): void {
    const previous = this.content;
    this.content = content;
    const isOtherSize =
      content.size.rows !== previous.size.rows || content.size.columns !== previous.size.columns;
    if (isOtherSize || content.tiles.key !== previous.tiles.key) {
      this.stale = isOtherSize ? [] : this.drawn;
      this.loader.dispose();
      this.loader = this.makeLoader();
      this.wantedNames = '';
    }
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
    this.loader.retry();
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
    const { tile, offset } = locateCell(row, column, 0);
    const value = this.loader.get(tile)?.values[offset];
    return value === undefined || Number.isNaN(value) ? null : value;
  }

  /** Side of one row's cell in CSS pixels. */
  get cellPx(): number {
    return 2 ** this.motion.camera.zoom;
  }

  readonly hoveredCell = (): HeatCell | null => this.hovered;

  readonly subscribeCell = (listener: () => void): (() => void) => {
    this.cellListeners.add(listener);
    return () => this.cellListeners.delete(listener);
  };

  /** Points at the next cell in a direction, from the one pointed at or the middle, and brings it into sight. */
  moveCell(down: number, across: number): void {
    const { rows, columns } = this.content.size;
    const { width, height } = this.stage.size;
    const step = 2 ** chooseLevel(this.cellPx, this.content.size);
    const middle = screenToWorld(this.motion.camera, this.stage.size, { x: width / 2, y: height / 2 });
    const from = this.hovered ?? { row: Math.floor(middle.y), column: Math.floor(middle.x) };
    const isFirst = this.hovered === null;
    const row = Math.min(rows - 1, Math.max(0, from.row + (isFirst ? 0 : down * step)));
    const column = Math.min(columns - 1, Math.max(0, from.column + (isFirst ? 0 : across * step)));
    const { left, right, top, bottom } = this.content.padding ?? noInsets;
    const place = worldToScreen(this.motion.camera, this.stage.size, { x: column + 0.5, y: row + 0.5 });
    const beyond = (at: number, least: number, most: number) =>
      Math.min(0, at - least) + Math.max(0, at - most);
    const moveX = beyond(place.x, left, width - right);
    const moveY = beyond(place.y, top, height - bottom);
    if (moveX !== 0 || moveY !== 0) this.panBy(moveX, moveY);
    this.pointer = worldToScreen(this.motion.camera, this.stage.size, { x: column + 0.5, y: row + 0.5 });
    this.updateHover();
  }

  /** Picks the cell pointed at, as a click does. */
  pickCell(): void {
    if (this.hovered !== null) this.content.onPick?.(this.hovered);
  }

  followCamera(camera: Camera, isFitted: boolean): void {
    this.isFitted = isFitted;
    this.motion.jump(this.clamp(camera));
  }

  followCell(cell: LinkedCell | null): void {
    this.linked = cell;
    this.pointer = null;
    this.updateHover();
  }

  /** The frame that is being drawn, in CSS pixels of the map. */
  get framed(): DrawnFrame | null {
    return this.frames.frame;
  }

  /** Forgets the pointer until it moves again. */
  clearHover(): void {
    this.pointer = null;
    this.updateHover();
  }

  dispose(): void {
    this.motion.stop();
    this.leaveLink();
    this.loader.dispose();
    this.frames.dispose();
    this.container.removeEventListener('pointermove', this.handleMove);
    this.container.removeEventListener('pointerleave', this.handleLeave);
    this.container.removeEventListener('pointerdown', this.handleDown);
    this.container.removeEventListener('click', this.handleClick);
    this.container.removeEventListener('dblclick', this.handleDoubleClick);
    this.stage.dispose();
  }

  private makeLoader(): TileLoader {
    return new TileLoader({
      source: this.content.tiles,
      capacity: tileCapacity,
      onChange: () => this.refresh(),
      onError: (error) => this.content.onTileError?.(error),
    });
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
    const view = visibleBounds(camera, this.stage.size);
    const level = chooseLevel(this.cellPx, size);
    const wanted = visibleTiles(view, level, size);
    const names = wanted.map(nameTile).join(' ');
    if (names !== this.wantedNames) {
      this.wantedNames = names;
      this.loader.want(wanted);
    }
    const missing = wanted
      .filter((tile) => this.loader.get(tile) === undefined)
      .map((tile) => tileBounds(tile, size));
    if (missing.length === 0) this.stale = [];
    const present = wanted.flatMap((tile) => this.loader.get(tile) ?? []);
    const others = this.loader
      .all()
      .filter((tile) => tile.id.level !== level && touchesAny(tile.id, missing, size))
      .sort((a, b) => b.id.level - a.id.level);
    this.drawn = [...this.stale, ...others, ...present];
    this.stage.draw({
      camera,
      zoomLimits: this.zoomLimits,
      heat: {
        size,
        tiles: this.drawn,
        keptKeys: new Set(this.loader.all().map((tile) => tile.key)),
        range,
        curve,
        palette,
        emptyColour,
      },
    });
    this.updateHover();
    this.tellView(level);
    this.content.link?.tellCamera(this, camera, this.isFitted);
  }

  private tellView(level: number): void {
    const { size, onViewChange } = this.content;
    const view = visibleBounds(this.motion.camera, this.stage.size);
    const origin = this.locateCorner(0, 0);
    const row = (place: number): number => Math.min(size.rows - 1, Math.max(0, place));
    const column = (place: number): number => Math.min(size.columns - 1, Math.max(0, place));
    const told: HeatView = {
      firstRow: row(Math.floor(view.minY)),
      lastRow: row(Math.ceil(view.maxY) - 1),
      firstColumn: column(Math.floor(view.minX)),
      lastColumn: column(Math.ceil(view.maxX) - 1),
      cellPx: this.cellPx,
      level,
      pending: this.loader.pendingCount,
      failed: this.loader.failedCount,
      originX: origin.x,
      originY: origin.y,
      zoomPercent: this.zoomPercent,
    };
    // Told again, an unchanged view would make its hearer render and so update this scene for ever.
    const isSame = JSON.stringify(told) === this.toldView;
    this.toldView = JSON.stringify(told);
    if (!isSame) onViewChange?.(told);
  }

  private linkedCell(): HeatCell | null {
    if (this.linked === null) return null;
    const { row, column } = this.linked;
    const corner = this.locateCorner(row, column);
    const half = this.cellPx / 2;
    const cell = this.cellAt({ x: corner.x + half, y: corner.y + half });
    return cell === null ? null : { ...cell, isLinked: true };
  }

  private cellAt(pixel: Point): HeatCell | null {
    const { size } = this.content;
    const world = screenToWorld(this.motion.camera, this.stage.size, pixel);
    const row = Math.floor(world.y);
    const column = Math.floor(world.x);
    if (row < 0 || column < 0 || row >= size.rows || column >= size.columns) return null;
    const level = chooseLevel(this.cellPx, size);
    const { tile, offset } = locateCell(row, column, level);
    const value = this.loader.get(tile)?.values[offset];
    return {
      row,
      column,
      level,
      value: value === undefined || Number.isNaN(value) ? null : value,
      x: pixel.x,
      y: pixel.y,
    };
  }

  private updateHover(): void {
    const cell = this.pointer === null ? this.linkedCell() : this.cellAt(this.pointer);
    const isSame = JSON.stringify(cell) === JSON.stringify(this.hovered);
    if (!isSame) {
      this.hovered = cell;
      if (cell?.isLinked !== true) {
        this.content.onHover?.(cell);
        this.content.link?.tellCell(this, cell);
      }
    }
    // The crosshair also follows the camera while the pointer rests.
    this.tellCellListeners();
  }

  private tellCellListeners(): void {
    for (const listener of [...this.cellListeners]) listener();
  }

  private pixelOf(event: MouseEvent): Point {
    const box = this.container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private readonly handleMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || this.frames.frame !== null) return;
    this.linked = null;
    this.pointer = event.target instanceof HTMLCanvasElement ? this.pixelOf(event) : null;
    this.updateHover();
  };

  private readonly handleLeave = (): void => {
    this.clearHover();
  };

  /** Ordered rows and columns that a frame touches; null where it lies beside the matrix. */
  private coveredBy({ from, to }: DrawnFrame): Pick<HeatBox, 'rows' | 'columns'> | null {
    const { camera } = this.motion;
    const a = screenToWorld(camera, this.stage.size, from);
    const b = screenToWorld(camera, this.stage.size, to);
    const along = (one: number, other: number, count: number): readonly [number, number] => [
      Math.min(count, Math.max(0, Math.floor(Math.min(one, other)))),
      Math.min(count, Math.max(0, Math.ceil(Math.max(one, other)))),
    ];
    const rows = along(a.y, b.y, this.content.size.rows);
    const columns = along(a.x, b.x, this.content.size.columns);
    return rows[0] < rows[1] && columns[0] < columns[1] ? { rows, columns } : null;
  }

  private readonly handleDown = (event: PointerEvent): void => {
    this.pressedAt = { x: event.clientX, y: event.clientY };
  };

  private readonly handleClick = (event: MouseEvent): void => {
    const pressed = this.pressedAt;
    if (!(event.target instanceof HTMLCanvasElement) || event.detail > 1 || pressed === null) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 4) return;
    const cell = this.cellAt(this.pixelOf(event));
    if (cell !== null) this.content.onPick?.(cell);
  };

  private readonly handleDoubleClick = (event: MouseEvent): void => {
    if (event.target instanceof HTMLCanvasElement) this.zoomAt(this.pixelOf(event), event.shiftKey ? -1 : 1);
  };
}
