import type { Layer } from '@deck.gl/core';
import type { Shape } from '@/core/export/drawing';
import { AreaGesture, type AreaWish, type DrawnArea, type MapTool } from './area-gesture';
import {
  type Bounds,
  type Camera,
  type Insets,
  layOutPanes,
  noInsets,
  type Point,
  type Rect,
  zoomAround,
} from './camera';
import type { CameraLink } from './camera-link';
import { DeckStage } from './deck-stage';
import { hidden } from './dim-rows';
import type { HoverChannel } from './hover-channel';
import { parseHex } from './palettes';
import { PointLayer } from './point-layer';
import { boundPane, type MapPane, PointPane } from './point-pane';
import { pointShapes } from './point-shapes';
import { pointSize, pointSizeAt } from './point-size';
import { frameBounds, uniteBounds, type WorldFrame } from './world-points';

/** Hex colours (#RRGGBB) of a map. */
export interface MapTheme {
  /** Ground, and the edge of every point. */
  canvas: string;
  /** Ring of a pinned row. */
  text: string;
  /** Ring of the hovered row. */
  accent: string;
  /** Links and rings of neighbours. */
  line: string;
  /** Grey and hidden points. */
  context: string;
}

/** What a map shows; arrays are compared by identity and never changed. */
export interface MapContent {
  panes: readonly MapPane[];
  rowCount: number;
  colours: Uint8Array;
  /** How rows are drawn (`dimRows`); null for all as their colour says. */
  dims?: Uint8Array | null;
  /** By how much each row's radius differs, 1 for not; null for all alike. */
  sizes?: Float32Array | null;
  pinned: readonly number[];
  ringed: readonly number[];
  hover: HoverChannel;
  theme: MapTheme;
  transitionMs: number;
  cameraMs?: number;
  padding?: Insets;
  /** What the panes' cameras have in common where they share one coordinate system; without it each has its own. */
  cameraLink?: CameraLink;
  /** What dragging does; `move` unless told. Areas are drawn only where there is an `onSelect`. */
  tool?: MapTool;
  /** A click on a row, null beside all; `isSecond` with Shift. */
  onPick(row: number | null, isSecond: boolean): void;
  /** Rows inside an area that was drawn, ascending, and what the keys held say of them. */
  onSelect?(rows: number[], wish: AreaWish): void;
  onContextLost?(): void;
  /** The browser gave the context back, and all is drawn again. */
  onContextRestored?(): void;
  onUnavailable?(reason: string): void;
}

/** The row whose tooltip is open, and the pane the pointer is in. */
export interface OpenTooltip {
  row: number;
  paneKey: string;
}

const hoverReachPx = 8;
/** A finger covers what it points at. */
const touchReachPx = 20;

/** One to four maps of the same rows in one canvas: cameras, hover, marks. Draws nothing through React. */
export class PointScene {
  private readonly stage: DeckStage;
  private readonly gesture: AreaGesture;
  private panes: PointPane[] = [];
  private sharedFrame: WorldFrame | null = null;
  /** The pane that was moved last; linked panes follow it. */
  private lead: PointPane | null = null;
  private isLaidOut = false;
  private unsubscribeHover: () => void = () => {};
  private frame = 0;
  private tooltip: OpenTooltip | null = null;
  private readonly cameraListeners = new Set<() => void>();
  private readonly tooltipListeners = new Set<() => void>();
  private pressedAt: Point | null = null;
  private lastMove: PointerEvent | null = null;

  constructor(
    private readonly container: HTMLElement,
    private content: MapContent,
  ) {
    this.stage = new DeckStage({
      container,
      belongsTo: (layer: Layer, viewKey) => layer instanceof PointLayer && layer.props.paneKey === viewKey,
      onCamera: (key, camera) => this.setCamera(key, camera),
      onResize: () => this.handleResize(),
      onStart: () => this.redraw(),
      onContextLost: () => this.content.onContextLost?.(),
      onContextRestored: () => this.content.onContextRestored?.(),
      onUnavailable: (reason) => this.content.onUnavailable?.(reason),
    });
    this.gesture = new AreaGesture({
      container,
      tool: () => (this.content.onSelect === undefined ? 'move' : (this.content.tool ?? 'move')),
      paneAt: (pixel) => (this.content.onSelect === undefined ? null : (this.paneAt(pixel) ?? null)),
      onPress: this.handleDown,
      onDraw: () => {
        this.pressedAt = null;
        this.handleLeave();
      },
      onArea: (area) => this.handleArea(area),
    });
    container.addEventListener('pointermove', this.handleMove);
    container.addEventListener('pointerleave', this.handleLeave);
    container.addEventListener('pointerdown', this.handleDown);
    container.addEventListener('click', this.handleClick);
    container.addEventListener('dblclick', this.handleDoubleClick);
  }

  /** Takes new content; only what differs is prepared again. */
  update(content: MapContent): void {
    const previous = this.content;
    this.content = content;
    const isOtherLink = content.cameraLink !== previous.cameraLink;
    if (content.hover !== previous.hover || this.panes.length === 0) {
      this.unsubscribeHover();
      this.unsubscribeHover = content.hover.subscribe(this.handleHover);
    }
    this.updatePanes(content.rowCount !== previous.rowCount);
    this.layOut();
    const lead = this.lead;
    if (isOtherLink && lead !== null && !lead.isFitted) {
      this.moveCamera(lead, lead.motion.destination, this.cameraMs);
    }
    const style = { ...content.theme, radiusPx: pointSize(content.rowCount).radiusPx };
    for (const pane of this.panes) pane.setMarks(content, style);
    this.handleHover();
    this.redraw();
  }

  /** Zooms by `steps` doublings about the middle of the free part: every pane, or one that the others follow. */
  zoomBy(steps: number): void {
    for (const pane of this.leads()) {
      const size = pane.rect;
      const padding = this.insetsOf(pane);
      const middle = {
        x: (padding.left + size.width - padding.right) / 2,
        y: (padding.top + size.height - padding.bottom) / 2,
      };
      const camera = zoomAround(pane.motion.destination, size, middle, steps, pane.zoomLimits);
      this.moveCamera(pane, camera, this.cameraMs);
    }
  }

  /** Moves by pixels: every pane, or one that the others follow. */
  panBy(pixelsX: number, pixelsY: number): void {
    for (const pane of this.leads()) {
      const { x, y, zoom } = pane.motion.destination;
      this.moveCamera(pane, { x: x + pixelsX / 2 ** zoom, y: y + pixelsY / 2 ** zoom, zoom }, 0);
    }
  }

  /** Shows all points again. */
  fit(): void {
    for (const pane of this.panes) {
      pane.isFitted = true;
      pane.motion.glide(this.fitOf(pane), this.cameraMs);
    }
  }

  /** Shows rows as large as the zoom allows, and stays there. Rows without a place do not count. */
  fitRows(rows: Iterable<number>): void {
    const listed = [...rows];
    for (const pane of this.leads()) {
      const camera = pane.fitRows(listed, this.insetsOf(pane));
      if (camera !== null) this.moveCamera(pane, camera, this.cameraMs);
    }
  }

  /** Puts a place of a pane's own coordinates into the middle of what is free. */
  centreOn(paneKey: string, point: Point): void {
    const pane = this.paneOf(paneKey);
    if (pane !== undefined) this.moveCamera(pane, pane.centredOn(point, this.insetsOf(pane)), 0);
  }

  /** Where a place in a pane's own coordinates lies, in CSS pixels of that pane; null for an unknown pane. */
  project(paneKey: string, point: Point): Point | null {
    return this.paneOf(paneKey)?.project(point) ?? null;
  }

  /** The place in a pane's own coordinates under a pixel of that pane; null for an unknown pane. */
  unproject(paneKey: string, pixel: Point): Point | null {
    return this.paneOf(paneKey)?.unproject(pixel) ?? null;
  }

  /** Where a row is drawn now, in CSS pixels of the pane; null where it has no place. */
  locateRow(paneKey: string, row: number): Point | null {
    return this.paneOf(paneKey)?.locateRow(row) ?? null;
  }

  /** The pane's rectangle in the map, in CSS pixels; null for an unknown pane. */
  paneRect(paneKey: string): Rect | null {
    return this.paneOf(paneKey)?.rect ?? null;
  }

  /** Calls `listener` after each move of a camera or of points. */
  subscribeCamera(listener: () => void): () => void {
    this.cameraListeners.add(listener);
    return () => this.cameraListeners.delete(listener);
  }

  /** Calls `listener` when another tooltip opens or none is open. */
  readonly subscribeTooltip = (listener: () => void): (() => void) => {
    this.tooltipListeners.add(listener);
    return () => this.tooltipListeners.delete(listener);
  };

  readonly openTooltip = (): OpenTooltip | null => this.tooltip;

  /** Closes the tooltip until the pointer meets another row. */
  closeTooltip(): void {
    this.setTooltip(null);
  }

  /** A pane's points and rings as shapes, in CSS pixels of the pane; null for an unknown pane. */
  drawShapes(paneKey: string): Shape[] | null {
    const pane = this.paneOf(paneKey);
    const own = this.content.panes.find(({ key }) => key === paneKey);
    if (pane === undefined || own === undefined) return null;
    const { rowCount, colours, dims = null, sizes = null, pinned, ringed, theme } = this.content;
    return pointShapes({
      width: pane.rect.width,
      height: pane.rect.height,
      rowCount,
      locate: (row) => pane.locateRow(row),
      colours: pane.colours ?? colours,
      dims,
      sizes,
      size: pointSizeAt(rowCount, pane.zoomedBy),
      pinned,
      ringed: own.ringed ?? ringed,
      links: own.links ?? [],
      theme: own.markColour === undefined ? theme : { ...theme, line: own.markColour },
    });
  }

  takePicture(): HTMLCanvasElement | null {
    return this.stage.takePicture(this.content.theme.canvas);
  }

  restart(): void {
    this.stage.restart();
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.unsubscribeHover();
    this.gesture.dispose();
    for (const pane of this.panes) pane.dispose();
    this.container.removeEventListener('pointermove', this.handleMove);
    this.container.removeEventListener('pointerleave', this.handleLeave);
    this.container.removeEventListener('pointerdown', this.handleDown);
    this.container.removeEventListener('click', this.handleClick);
    this.container.removeEventListener('dblclick', this.handleDoubleClick);
    this.stage.dispose();
  }

  private get cameraMs(): number {
    const { cameraMs, transitionMs } = this.content;
    return cameraMs ?? (transitionMs > 0 ? 700 : 0);
  }

  private paneOf(key: string): PointPane | undefined {
    return this.panes.find((pane) => pane.key === key);
  }

  private updatePanes(isOtherRows: boolean): void {
    const { panes, cameraLink, transitionMs } = this.content;
    const previousFrame = this.sharedFrame;
    this.sharedFrame = cameraLink === undefined ? null : frameBounds(uniteBounds(panes.map(boundPane)));
    const isOtherFrame = JSON.stringify(previousFrame) !== JSON.stringify(this.sharedFrame);
    const known = new Map(this.panes.map((pane) => [pane.key, pane]));
    this.panes = panes.map((source) => {
      const pane =
        known.get(source.key) ?? new PointPane(source.key, () => this.redraw(), this.handleIndexed);
      known.delete(source.key);
      pane.colours = source.colours ?? null;
      if (!pane.differsFrom(source) && !isOtherFrame) return pane;
      pane.setPositions(source, this.sharedFrame, isOtherRows ? 0 : transitionMs);
      if (isOtherRows) pane.isFitted = true;
      if (pane.isFitted && this.isLaidOut)
        pane.motion.glide(this.fitOf(pane), isOtherRows ? 0 : transitionMs);
      return pane;
    });
    for (const gone of known.values()) gone.dispose();
    if (this.lead !== null && !this.panes.includes(this.lead)) this.lead = null;
  }

  private fitOf(pane: PointPane): Camera {
    return pane.fit(this.wholeOf(pane), this.insetsOf(pane));
  }

  /** All that a pane may show: its own points, or in one coordinate system those of all panes, so that fitted panes agree. */
  private wholeOf(pane: PointPane): Bounds | null {
    return this.sharedFrame === null ? pane.bounds : uniteBounds(this.panes.map((one) => one.bounds));
  }

  private get link(): CameraLink {
    return this.content.cameraLink ?? 'free';
  }

  /** The panes that a command moves: all where each goes its own way, else the one moved last, which the others follow. */
  private leads(): PointPane[] {
    if (this.link === 'free') return this.panes;
    return [this.lead ?? this.panes[0]].filter((pane) => pane !== undefined);
  }

  /** Moves one pane's camera, and those of the others as they are linked. */
  private moveCamera(lead: PointPane, camera: Camera, durationMs: number): void {
    this.lead = lead;
    lead.isFitted = false;
    lead.motion.glide(camera, durationMs);
    if (this.link === 'free') return;
    for (const pane of this.panes) {
      if (pane === lead) continue;
      const followed =
        this.link === 'viewport'
          ? camera
          : pane.frameRowsOf(
              { pane: lead, camera, padding: this.insetsOf(lead) },
              this.wholeOf(pane),
              this.insetsOf(pane),
            );
      pane.isFitted = false;
      if (followed !== null) pane.motion.glide(followed, durationMs);
    }
  }

  /** What the cards that cover the map's edges cover of one pane; of any, where panes share one coordinate system and are to agree. */
  private insetsOf(pane: PointPane): Insets {
    const covered = (this.sharedFrame === null ? [pane] : this.panes).map((one) => this.coveredOf(one));
    return {
      top: Math.max(...covered.map(({ top }) => top)),
      left: Math.max(...covered.map(({ left }) => left)),
      right: Math.max(...covered.map(({ right }) => right)),
      bottom: Math.max(...covered.map(({ bottom }) => bottom)),
    };
  }

  private coveredOf({ rect }: PointPane): Insets {
    const { padding = noInsets } = this.content;
    const { width, height } = this.stage.size;
    return {
      top: Math.max(0, padding.top - rect.y),
      left: Math.max(0, padding.left - rect.x),
      right: Math.max(0, padding.right - (width - rect.x - rect.width)),
      bottom: Math.max(0, padding.bottom - (height - rect.y - rect.height)),
    };
  }

  private layOut(): void {
    const { size } = this.stage;
    if (size.width === 0 || size.height === 0) return;
    const rects = layOutPanes(this.panes.length, size);
    const insets = JSON.stringify(this.content.padding ?? noInsets);
    const moved = this.panes.filter((pane, index) => {
      const rect = rects[index];
      const element = [...this.container.querySelectorAll<HTMLElement>('[data-pane]')].find(
        (candidate) => candidate.dataset.pane === pane.key,
      );
      return rect !== undefined && pane.place(rect, insets, element ?? null);
    });
    // Only once all are in place: panes that share a coordinate system fit by what covers any of them.
    for (const pane of moved) {
      // Also for a pane whose camera stays: the limits of its zoom follow from what fits.
      const fitted = this.fitOf(pane);
      if (pane.isFitted) pane.motion.jump(fitted);
    }
    this.isLaidOut = true;
  }

  private handleResize(): void {
    if (this.panes.length === 0) return;
    this.layOut();
    this.redraw();
  }

  private setCamera(key: string, camera: Camera): void {
    const pane = this.paneOf(key);
    if (pane !== undefined) this.moveCamera(pane, camera, 0);
  }

  private redraw(): void {
    const { colours, dims = null, sizes = null, theme, rowCount } = this.content;
    if (!this.isLaidOut) return;
    const now = performance.now();
    const views = this.panes.map((pane) => ({
      key: pane.key,
      rect: pane.rect,
      camera: pane.motion.camera,
      zoomLimits: pane.zoomLimits,
    }));
    const layers = this.panes.map(
      (pane) =>
        new PointLayer({
          id: `points-${pane.key}`,
          paneKey: pane.key,
          start: pane.start,
          end: pane.end,
          progress: pane.progressAt(now),
          colours: pane.colours ?? colours,
          dims,
          sizes,
          dimColour: parseHex(theme.context),
          edgeColour: parseHex(theme.canvas),
          ...pointSizeAt(rowCount, pane.zoomedBy),
        }),
    );
    this.stage.draw(views, layers);
    this.placeMarks();
    for (const listener of [...this.cameraListeners]) listener();
    if (this.frame === 0 && this.panes.some((pane) => pane.isMovingAt(now))) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.redraw();
      });
    }
  }

  private placeMarks(): void {
    for (const pane of this.panes) pane.placeMarks(this.content.colours);
  }

  private readonly handleHover = (): void => {
    const row = this.content.hover.get();
    for (const pane of this.panes) pane.setHover(row, this.content.colours);
    if (row === null || (this.tooltip !== null && this.tooltip.row !== row)) this.setTooltip(null);
    this.stage.setCursor(row === null ? 'default' : 'pointer');
  };

  private setTooltip(tooltip: OpenTooltip | null): void {
    if (tooltip?.row === this.tooltip?.row && tooltip?.paneKey === this.tooltip?.paneKey) return;
    this.tooltip = tooltip;
    for (const listener of [...this.tooltipListeners]) listener();
  }

  private readonly handleMove = (event: PointerEvent): void => {
    if (event.buttons !== 0 || event.pointerType === 'touch' || this.stage.dragging) return;
    this.lastMove = event;
    const found = this.findUnder(event, false);
    const previous = this.content.hover.get();
    this.content.hover.set(found?.row ?? null);
    if (found !== null && found.row !== previous) this.setTooltip(found);
  };

  /** A resting pointer, too, gets its answer once the index is complete. */
  private readonly handleIndexed = (): void => {
    if (this.lastMove !== null) this.handleMove(this.lastMove);
  };

  private readonly handleLeave = (): void => {
    this.lastMove = null;
    this.content.hover.set(null);
  };

  private readonly handleDown = (event: PointerEvent): void => {
    this.pressedAt = { x: event.clientX, y: event.clientY };
  };

  private readonly handleClick = (event: MouseEvent): void => {
    const pressed = this.pressedAt;
    if (!isOnCanvas(event) || event.detail > 1 || pressed === null) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 4) return;
    // A click comes at whole pixels; the pointer that pressed knows better where it is.
    const at = { clientX: pressed.x, clientY: pressed.y };
    this.content.onPick(this.findUnder(event, true, at)?.row ?? null, event.shiftKey);
  };

  private readonly handleDoubleClick = (event: MouseEvent): void => {
    if (!isOnCanvas(event)) return;
    const { pane, pixel } = this.paneUnder(event);
    if (pane === undefined) return;
    const camera = zoomAround(
      pane.motion.destination,
      pane.rect,
      pixel,
      event.shiftKey ? -1 : 1,
      pane.zoomLimits,
    );
    this.moveCamera(pane, camera, this.cameraMs);
  };

  private paneUnder(event: Pick<MouseEvent, 'clientX' | 'clientY'>): {
    pane: PointPane | undefined;
    pixel: Point;
  } {
    const box = this.container.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const pane = this.paneAt({ x, y });
    return { pane, pixel: { x: x - (pane?.rect.x ?? 0), y: y - (pane?.rect.y ?? 0) } };
  }

  private paneAt({ x, y }: Point): PointPane | undefined {
    return this.panes.find(
      ({ rect }) => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height,
    );
  }

  /** Whether a row of a pane answers to pointer and lasso. */
  private acceptsIn(pane: PointPane): (row: number) => boolean {
    const { colours: common, dims } = this.content;
    const colours = pane.colours ?? common;
    return (row) => colours[4 * row + 3] !== 0 && dims?.[row] !== hidden;
  }

  private handleArea({ paneKey, outline, wish }: DrawnArea): void {
    const pane = this.paneOf(paneKey);
    if (pane !== undefined) this.content.onSelect?.(pane.rowsInside(outline, this.acceptsIn(pane)), wish);
  }

  private findUnder(
    event: MouseEvent,
    mustKnow: boolean,
    at: Pick<MouseEvent, 'clientX' | 'clientY'> = event,
  ): OpenTooltip | null {
    if (!isOnCanvas(event)) return null;
    const { pane, pixel } = this.paneUnder(at);
    if (pane === undefined) return null;
    const reachPx =
      event instanceof PointerEvent && event.pointerType === 'touch' ? touchReachPx : hoverReachPx;
    const row = pane.findNearest(pixel, reachPx, this.acceptsIn(pane), mustKnow);
    return row === null ? null : { row, paneKey: pane.key };
  }
}

function isOnCanvas(event: Event): boolean {
  return event.target instanceof HTMLCanvasElement;
}
