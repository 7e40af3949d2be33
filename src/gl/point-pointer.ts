import { AreaGesture, type DrawnArea } from './area-gesture';
import type { Point } from './camera';
import { hidden } from './dim-rows';
import type { LinkedCameras } from './linked-cameras';
import type { MapContent } from './map-content';
import type { PointPane } from './point-pane';

/** The row whose tooltip is open, and the pane the pointer is in. */
export interface OpenTooltip {
  row: number;
  paneKey: string;
}

const hoverReachPx = 8;
/** A finger covers what it points at. */
const touchReachPx = 20;

interface Scene {
  readonly container: HTMLElement;
  readonly panes: readonly PointPane[];
  readonly content: MapContent;
  readonly cameras: LinkedCameras;
  /** Whether the pointer is dragging a map. */
  readonly isDragging: boolean;
  setCursor(cursor: string): void;
}

/** What pointer and fingers do on one to four maps: hover and its tooltip, a click that picks, an area that selects. */
export class PointPointer {
  private readonly gesture: AreaGesture;
  private tooltip: OpenTooltip | null = null;
  private readonly tooltipListeners = new Set<() => void>();
  private pressedAt: Point | null = null;
  private lastMove: PointerEvent | null = null;

  constructor(private readonly scene: Scene) {
    const { container } = scene;
    this.gesture = new AreaGesture({
      container,
      tool: () => (scene.content.onSelect === undefined ? 'move' : (scene.content.tool ?? 'move')),
      paneAt: (pixel) => (scene.content.onSelect === undefined ? null : (this.paneAt(pixel) ?? null)),
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

  dispose(): void {
    const { container } = this.scene;
    this.gesture.dispose();
    container.removeEventListener('pointermove', this.handleMove);
    container.removeEventListener('pointerleave', this.handleLeave);
    container.removeEventListener('pointerdown', this.handleDown);
    container.removeEventListener('click', this.handleClick);
    container.removeEventListener('dblclick', this.handleDoubleClick);
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

  /** Another row is hovered, on this map or elsewhere. */
  readonly showHover = (): void => {
    const row = this.scene.content.hover.get();
    for (const pane of this.scene.panes) pane.setHover(row, this.scene.content.colours);
    if (row === null || (this.tooltip !== null && this.tooltip.row !== row)) this.setTooltip(null);
    this.scene.setCursor(row === null ? 'default' : 'pointer');
  };

  private setTooltip(tooltip: OpenTooltip | null): void {
    if (tooltip?.row === this.tooltip?.row && tooltip?.paneKey === this.tooltip?.paneKey) return;
    this.tooltip = tooltip;
    for (const listener of [...this.tooltipListeners]) listener();
  }

  private readonly handleMove = (event: PointerEvent): void => {
    if (event.buttons !== 0 || event.pointerType === 'touch' || this.scene.isDragging) return;
    this.lastMove = event;
    const found = this.findUnder(event, false);
    const previous = this.scene.content.hover.get();
    this.scene.content.hover.set(found?.row ?? null);
    if (found !== null && found.row !== previous) this.setTooltip(found);
  };

  /** A resting pointer, too, gets its answer once the index is complete. */
  readonly handleIndexed = (): void => {
    if (this.lastMove !== null) this.handleMove(this.lastMove);
  };

  private readonly handleLeave = (): void => {
    this.lastMove = null;
    this.scene.content.hover.set(null);
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
    this.scene.content.onPick(this.findUnder(event, true, at)?.row ?? null, event.shiftKey);
  };

  private readonly handleDoubleClick = (event: MouseEvent): void => {
    if (!isOnCanvas(event)) return;
    const { pane, pixel } = this.paneUnder(event);
    if (pane !== undefined) this.scene.cameras.zoomAt(pane, pixel, event.shiftKey ? -1 : 1);
  };

  private paneUnder(event: Pick<MouseEvent, 'clientX' | 'clientY'>): {
    pane: PointPane | undefined;
    pixel: Point;
  } {
    const box = this.scene.container.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const pane = this.paneAt({ x, y });
    return { pane, pixel: { x: x - (pane?.rect.x ?? 0), y: y - (pane?.rect.y ?? 0) } };
  }

  private paneAt({ x, y }: Point): PointPane | undefined {
    return this.scene.panes.find(
      ({ rect }) => x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height,
    );
  }

  /** Whether a row of a pane answers to pointer and lasso. */
  private acceptsIn(pane: PointPane): (row: number) => boolean {
    const { colours: common, dims } = this.scene.content;
    const colours = pane.colours ?? common;
    return (row) => colours[4 * row + 3] !== 0 && dims?.[row] !== hidden;
  }

  private handleArea({ paneKey, outline, wish }: DrawnArea): void {
    const pane = this.scene.panes.find(({ key }) => key === paneKey);
    if (pane !== undefined)
      this.scene.content.onSelect?.(pane.rowsInside(outline, this.acceptsIn(pane)), wish);
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
