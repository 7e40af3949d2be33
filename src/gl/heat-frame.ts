import type { Point } from './camera';

/** A frame that is being drawn over a picture, in CSS pixels of its container. */
export interface DrawnFrame {
  readonly from: Point;
  readonly to: Point;
}

export type FrameMode = 'replace' | 'add' | 'subtract';

interface Options {
  /** Whether frames are wanted now. */
  isWanted(): boolean;
  pixelOf(event: MouseEvent): Point;
  onStart(): void;
  onMove(): void;
  /** A frame was drawn; not called for a mere click or when the drag was broken off. */
  onDrawn(frame: DrawnFrame, mode: FrameMode): void;
}

const leastDragPx = 4;

/** Frames drawn by dragging with shift held; with Ctrl or Cmd they add, with Alt they take away. */
export class FrameGesture {
  #frame: DrawnFrame | null = null;

  constructor(
    private readonly container: HTMLElement,
    private readonly options: Options,
  ) {
    // Before deck.gl, which would drag the picture.
    container.addEventListener('pointerdown', this.#start, { capture: true });
  }

  get frame(): DrawnFrame | null {
    return this.#frame;
  }

  dispose(): void {
    this.container.removeEventListener('pointerdown', this.#start, { capture: true });
  }

  readonly #start = (event: PointerEvent): void => {
    const { isWanted, pixelOf, onStart, onMove, onDrawn } = this.options;
    if (!event.shiftKey || event.button !== 0 || !isWanted()) return;
    if (!(event.target instanceof HTMLCanvasElement)) return;
    event.stopPropagation();
    event.preventDefault();
    const from = pixelOf(event);
    this.#frame = { from, to: from };
    onStart();
    const move = (moved: PointerEvent) => {
      this.#frame = { from, to: pixelOf(moved) };
      onMove();
    };
    const end = (ended: PointerEvent) => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      const frame = this.#frame;
      this.#frame = null;
      onMove();
      if (ended.type !== 'pointerup' || frame === null) return;
      if (Math.hypot(frame.to.x - from.x, frame.to.y - from.y) < leastDragPx) return;
      onDrawn(frame, ended.altKey ? 'subtract' : ended.ctrlKey || ended.metaKey ? 'add' : 'replace');
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
  };
}
