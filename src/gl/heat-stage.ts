import type { Camera, Size, ZoomLimits } from './camera';
import { DeckStage } from './deck-stage';
import { HeatLayer, type HeatLayerProps } from './heat-layer';

/** What a stage draws of a matrix. */
export interface DrawnHeat {
  readonly camera: Camera;
  readonly zoomLimits: ZoomLimits;
  readonly heat: HeatLayerProps;
}

/** What a stage tells the scene on it. */
export interface HeatStageOptions {
  /** Positioned element that the canvas fills. */
  readonly container: HTMLElement;
  /** The pointer moved the camera. */
  onCamera(camera: Camera): void;
  onResize(): void;
  /** A canvas is there; it has nothing to draw until `draw` is called. */
  onStart(): void;
  onContextLost(): void;
  onUnavailable(reason: string): void;
  onLimited(mostPixels: number | null): void;
}

/** A canvas that draws tiles and lets the pointer drag and zoom them. */
export interface HeatStage {
  /** Of the container, in CSS pixels. */
  readonly size: Size;
  draw(drawn: DrawnHeat): void;
  setCursor(cursor: string): void;
  /** A copy of what is drawn, on `background`; null before the first frame. The caller owns it. */
  takePicture(background: string): HTMLCanvasElement | null;
  restart(): void;
  dispose(): void;
}

const viewKey = 'matrix';

/** Draws with the graphics card. */
export class DeckHeatStage implements HeatStage {
  readonly #stage: DeckStage;

  constructor({ onCamera, ...options }: HeatStageOptions) {
    this.#stage = new DeckStage({ ...options, onCamera: (_, camera) => onCamera(camera) });
  }

  get size(): Size {
    return this.#stage.size;
  }

  draw({ camera, zoomLimits, heat }: DrawnHeat): void {
    const { width, height } = this.size;
    this.#stage.draw(
      [{ key: viewKey, rect: { x: 0, y: 0, width, height }, camera, zoomLimits }],
      [new HeatLayer({ id: 'heat', ...heat })],
    );
  }

  setCursor(cursor: string): void {
    this.#stage.setCursor(cursor);
  }

  takePicture(background: string): HTMLCanvasElement | null {
    return this.#stage.takePicture(background);
  }

  restart(): void {
    this.#stage.restart();
  }

  dispose(): void {
    this.#stage.dispose();
  }
}
