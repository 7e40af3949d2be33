import type { Layer } from '@deck.gl/core';
import type { Shape } from '@/core/export/drawing';
import type { Work } from '@/core/work';
import { layOutPanes, noInsets, type Point, type Rect, type Size } from './camera';
import { DeckStage } from './deck-stage';
import { LinkedCameras } from './linked-cameras';
import type { MapContent } from './map-content';
import { boundPane } from './map-pane';
import { parseHex } from './palettes';
import { PointLayer } from './point-layer';
import { PointPane } from './point-pane';
import { PointPointer } from './point-pointer';
import { PointRasterLayer } from './point-raster-layer';
import { pointShapes } from './point-shapes';
import { pointSize, pointSizeAt } from './point-size';
import { frameBounds, uniteBounds, type WorldFrame } from './world-points';

/** One to four maps of the same rows in one canvas: cameras, hover, marks. Draws nothing through React. */
export class PointScene {
  readonly cameras: LinkedCameras;
  readonly pointer: PointPointer;
  /** The maps, in the order of their content; for those who work on them. */
  panes: readonly PointPane[] = [];
  /** The coordinate system that all panes share; null where each has its own. */
  sharedFrame: WorldFrame | null = null;
  private readonly stage: DeckStage;
  private isLaidOut = false;
  private unsubscribeHover: () => void = () => {};
  private frame = 0;
  private readonly cameraListeners = new Set<() => void>();

  constructor(
    readonly container: HTMLElement,
    public content: MapContent,
  ) {
    this.stage = new DeckStage({
      container,
      belongsTo: (layer: Layer, viewKey) =>
        (layer instanceof PointLayer || layer instanceof PointRasterLayer) && layer.props.paneKey === viewKey,
      onCamera: (key, camera) => {
        const pane = this.paneOf(key);
        if (pane !== undefined) this.cameras.follow(pane, camera);
      },
      onResize: () => this.handleResize(),
      onStart: () => this.redraw(),
      onContextLost: () => this.content.onContextLost?.(),
      onContextRestored: () => this.content.onContextRestored?.(),
      onUnavailable: (reason) => this.content.onUnavailable?.(reason),
      onLimited: (mostPixels) => this.content.onLimited?.(mostPixels),
    });
    this.cameras = new LinkedCameras(this);
    this.pointer = new PointPointer(this);
  }

  /** Takes new content; only what differs is prepared again. */
  update(content: MapContent): void {
    const previous = this.content;
    this.content = content;
    const isOtherLink = content.cameraLink !== previous.cameraLink;
    if (content.hover !== previous.hover || this.panes.length === 0) {
      this.unsubscribeHover();
      this.unsubscribeHover = content.hover.subscribe(this.pointer.showHover);
    }
    this.updatePanes(content.rowCount !== previous.rowCount);
    this.layOut();
    if (isOtherLink) this.cameras.relink();
    this.setMarks();
    this.redraw();
  }

  /** Size of the whole map, in CSS pixels. */
  get size(): Size {
    return this.stage.size;
  }

  get isDragging(): boolean {
    return this.stage.dragging;
  }

  setCursor(cursor: string): void {
    this.stage.setCursor(cursor);
  }

  /** Puts a place of a pane's own coordinates into the middle of what is free. */
  centreOn(paneKey: string, point: Point): void {
    const pane = this.paneOf(paneKey);
    if (pane !== undefined) this.cameras.centreOn(pane, point);
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

  /** Writes down a pane's points and rings as shapes in CSS pixels of the pane, as they are when it begins; null for an unknown pane. */
  drawShapes(paneKey: string): Work<Shape[], void> | null {
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
    this.pointer.dispose();
    for (const pane of this.panes) pane.dispose();
    this.stage.dispose();
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
        known.get(source.key) ?? new PointPane(source.key, () => this.redraw(), this.pointer.handleIndexed);
      known.delete(source.key);
      pane.colours = source.colours ?? null;
      if (!pane.places.differsFrom(source) && !isOtherFrame) return pane;
      pane.setPositions(source, this.sharedFrame, isOtherRows ? 0 : transitionMs);
      if (isOtherRows) pane.isFitted = true;
      if (pane.isFitted && this.isLaidOut)
        pane.motion.glide(this.cameras.fitOf(pane), isOtherRows ? 0 : transitionMs);
      return pane;
    });
    for (const gone of known.values()) gone.dispose();
    this.cameras.forgetGone();
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
      const fitted = this.cameras.fitOf(pane);
      if (pane.isFitted) pane.motion.jump(fitted);
    }
    this.isLaidOut = true;
  }

  private handleResize(): void {
    if (this.panes.length === 0) return;
    const wasLaidOut = this.isLaidOut;
    this.layOut();
    if (!wasLaidOut) this.setMarks();
    this.redraw();
  }

  private setMarks(): void {
    const { content } = this;
    const style = { ...content.theme, radiusPx: pointSize(content.rowCount).radiusPx };
    for (const pane of this.panes) pane.setMarks(content, style);
    this.pointer.showHover();
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
    const drawnBy = this.content.drawnBy ?? this.stage.rendererKind;
    const DrawnLayer = drawnBy === 'processor' ? PointRasterLayer : PointLayer;
    const layers = this.panes.map(
      (pane) =>
        new DrawnLayer({
          id: `points-${drawnBy}-${pane.key}`,
          paneKey: pane.key,
          start: pane.places.start,
          end: pane.places.end,
          progress: pane.places.progressAt(now),
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
    if (this.frame === 0 && this.panes.some((pane) => pane.places.isMovingAt(now))) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.redraw();
      });
    }
  }

  private placeMarks(): void {
    for (const pane of this.panes) pane.placeMarks(this.content.colours);
  }
}
