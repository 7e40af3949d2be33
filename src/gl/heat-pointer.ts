import type { Point } from './camera';
import type { HeatCell } from './heat-content';
import type { LinkedCell } from './heat-link';

interface Options {
  readonly container: HTMLElement;
  /** Whether something else, such as a frame that is being drawn, has the pointer. */
  isTaken(): boolean;
  /** The cell under a pixel of the map; null beside the matrix. */
  cellAt(pixel: Point): HeatCell | null;
  /** Middle of a pair's cell, in pixels of the map. */
  middleOf(cell: LinkedCell): Point;
  /** Another cell is pointed at, or none any more; not told of one that a linked map points at. */
  onHover(cell: HeatCell | null): void;
  onPick(cell: HeatCell): void;
  onDoubleClick(pixel: Point, isShifted: boolean): void;
}

const mostClickPx = 4;

/** What of a matrix is pointed at: by the pointer, by the keys or by a linked map. */
export class HeatPointer {
  private pixel: Point | null = null;
  private linked: LinkedCell | null = null;
  private cell: HeatCell | null = null;
  private pressedAt: Point | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: Options) {
    const { container } = options;
    container.addEventListener('pointermove', this.handleMove);
    container.addEventListener('pointerleave', this.clear);
    container.addEventListener('pointerdown', this.handleDown);
    container.addEventListener('click', this.handleClick);
    container.addEventListener('dblclick', this.handleDoubleClick);
  }

  readonly hovered = (): HeatCell | null => this.cell;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Points at a pixel of the map, as the pointer does. */
  pointAt(pixel: Point): void {
    this.pixel = pixel;
    this.update();
  }

  /** Points at what a linked map points at. */
  follow(cell: LinkedCell | null): void {
    this.linked = cell;
    this.clear();
  }

  /** Forgets the pointer until it moves again. */
  readonly clear = (): void => {
    this.pixel = null;
    this.update();
  };

  /** Looks again at what lies under the pointer. */
  update(): void {
    const cell = this.pixel === null ? this.linkedCell() : this.options.cellAt(this.pixel);
    if (JSON.stringify(cell) !== JSON.stringify(this.cell)) {
      this.cell = cell;
      if (cell?.isLinked !== true) this.options.onHover(cell);
    }
    // The crosshair also follows the camera while the pointer rests.
    this.tellListeners();
  }

  tellListeners(): void {
    for (const listener of [...this.listeners]) listener();
  }

  pixelOf(event: MouseEvent): Point {
    const box = this.options.container.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  dispose(): void {
    const { container } = this.options;
    container.removeEventListener('pointermove', this.handleMove);
    container.removeEventListener('pointerleave', this.clear);
    container.removeEventListener('pointerdown', this.handleDown);
    container.removeEventListener('click', this.handleClick);
    container.removeEventListener('dblclick', this.handleDoubleClick);
  }

  private linkedCell(): HeatCell | null {
    if (this.linked === null) return null;
    const cell = this.options.cellAt(this.options.middleOf(this.linked));
    return cell === null ? null : { ...cell, isLinked: true };
  }

  private readonly handleMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || this.options.isTaken()) return;
    this.linked = null;
    this.pixel = event.target instanceof HTMLCanvasElement ? this.pixelOf(event) : null;
    this.update();
  };

  private readonly handleDown = (event: PointerEvent): void => {
    this.pressedAt = { x: event.clientX, y: event.clientY };
  };

  private readonly handleClick = (event: MouseEvent): void => {
    const pressed = this.pressedAt;
    if (!(event.target instanceof HTMLCanvasElement) || event.detail > 1 || pressed === null) return;
    if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > mostClickPx) return;
    const cell = this.options.cellAt(this.pixelOf(event));
    if (cell !== null) this.options.onPick(cell);
  };

  private readonly handleDoubleClick = (event: MouseEvent): void => {
    if (event.target instanceof HTMLCanvasElement)
      this.options.onDoubleClick(this.pixelOf(event), event.shiftKey);
  };
}
