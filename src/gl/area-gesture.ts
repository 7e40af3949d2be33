import type { Point, Rect } from './camera';

/** What dragging on a map does: moves the camera, or draws an area whose rows are meant. */
export type MapTool = 'move' | 'lasso' | 'box';

/** Whether the area's rows come to those selected, go from them, or (null) as the page has it set. */
export type AreaWish = 'add' | 'subtract' | null;

/** An outline drawn in a pane, in CSS pixels of the pane. */
export interface DrawnArea {
  readonly paneKey: string;
  readonly outline: readonly Point[];
  readonly wish: AreaWish;
}

export interface AreaGestureOptions {
  container: HTMLElement;
  tool(): MapTool;
  /** The pane under a pixel of the container. */
  paneAt(pixel: Point): { key: string; rect: Rect } | null;
  /** A press was taken, so that the map does not move. */
  onPress(event: PointerEvent): void;
  /** An outline is being drawn: what follows is no click. */
  onDraw(): void;
  onArea(area: DrawnArea): void;
}

const leastDragPx = 4;
const leastStepPx = 2;
const svgSpace = 'http://www.w3.org/2000/svg';

/**
 * Draws an outline above a map while the pointer is dragged: a lasso with Shift, or whatever the tool says. With a tool, Shift
 * adds; Control adds and Alt subtracts always. Escape and a second finger give it up.
 */
export class AreaGesture {
  private readonly svg = document.createElementNS(svgSpace, 'svg');
  private readonly path = document.createElementNS(svgSpace, 'path');
  private press: { pointerId: number; paneKey: string; rect: Rect; kind: MapTool } | null = null;
  private outline: Point[] = [];
  private isDrawing = false;

  constructor(private readonly options: AreaGestureOptions) {
    this.svg.setAttribute('aria-hidden', 'true');
    this.svg.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    this.path.setAttribute('data-mark', 'area');
    this.path.style.cssText =
      'fill:var(--accent);fill-opacity:0.06;stroke:var(--accent);stroke-width:1.25;stroke-dasharray:4 3';
    this.svg.append(this.path);
    // Before the drawing code sees the press, which would move the camera.
    options.container.addEventListener('pointerdown', this.handleDown, { capture: true });
  }

  dispose(): void {
    this.giveUp();
    this.options.container.removeEventListener('pointerdown', this.handleDown, { capture: true });
  }

  private readonly handleDown = (event: PointerEvent): void => {
    if (this.press !== null) {
      this.giveUp();
      return;
    }
    const tool = this.options.tool();
    const kind = tool === 'move' && event.shiftKey ? 'lasso' : tool;
    if (kind === 'move' || event.button !== 0 || !(event.target instanceof HTMLCanvasElement)) return;
    const pane = this.options.paneAt(this.pixelOf(event));
    if (pane === null) return;
    event.stopPropagation();
    this.press = { pointerId: event.pointerId, paneKey: pane.key, rect: pane.rect, kind };
    this.outline = [this.pixelOf(event)];
    this.options.onPress(event);
    // The pointer may leave the map on its way, or end above a label that keeps its events to itself.
    addEventListener('pointermove', this.handleMove, { capture: true });
    addEventListener('pointerup', this.handleUp, { capture: true });
    addEventListener('pointercancel', this.giveUp, { capture: true });
    addEventListener('keydown', this.handleKey, { capture: true });
  };

  private readonly handleMove = (event: PointerEvent): void => {
    const { press, outline } = this;
    const first = outline[0];
    const last = outline.at(-1);
    if (press === null || first === undefined || last === undefined || event.pointerId !== press.pointerId)
      return;
    const at = this.pixelOf(event);
    if (!this.isDrawing) {
      if (Math.hypot(at.x - first.x, at.y - first.y) <= leastDragPx) return;
      this.isDrawing = true;
      this.options.container.append(this.svg);
      this.options.onDraw();
    }
    if (press.kind === 'box') this.outline = [first, { x: at.x, y: first.y }, at, { x: first.x, y: at.y }];
    else if (Math.hypot(at.x - last.x, at.y - last.y) >= leastStepPx) outline.push(at);
    this.path.setAttribute(
      'd',
      `M${this.outline.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`,
    );
  };

  private readonly handleUp = (event: PointerEvent): void => {
    const { press, outline, isDrawing } = this;
    if (press === null || event.pointerId !== press.pointerId) return;
    const isTool = this.options.tool() !== 'move';
    this.giveUp();
    if (!isDrawing) return;
    const adds = event.ctrlKey || event.metaKey || (isTool && event.shiftKey);
    this.options.onArea({
      paneKey: press.paneKey,
      outline: outline.map(({ x, y }) => ({ x: x - press.rect.x, y: y - press.rect.y })),
      wish: event.altKey ? 'subtract' : adds ? 'add' : null,
    });
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.giveUp();
  };

  private readonly giveUp = (): void => {
    removeEventListener('pointermove', this.handleMove, { capture: true });
    removeEventListener('pointerup', this.handleUp, { capture: true });
    removeEventListener('pointercancel', this.giveUp, { capture: true });
    removeEventListener('keydown', this.handleKey, { capture: true });
    this.press = null;
    this.outline = [];
    this.isDrawing = false;
    this.svg.remove();
    this.path.removeAttribute('d');
  };

  private pixelOf(event: PointerEvent): Point {
    const box = this.options.container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}
