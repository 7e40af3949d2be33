import { type Camera, type Point, type Size, worldToScreen, zoomAround } from './camera';
import type { HeatLayerProps } from './heat-layer';
import type { DrawnHeat, HeatStage, HeatStageOptions } from './heat-stage';
import { paletteTable } from './palettes';
import type { LoadedTile } from './tile-loader';
import { tileBounds, tileCells } from './tiles';

const paletteSteps = 256;
/** Doublings of the zoom for a pixel of the wheel, as the graphics card's stage has it. */
const zoomPerPixel = 0.01;
const mostWheelPx = 100;
const linePx = 16;

/** Draws tiles without a graphics card: each is coloured once, and again for another palette or range. */
export class HeatCanvas implements HeatStage {
  readonly #options: HeatStageOptions;
  readonly #canvas = document.createElement('canvas');
  // Before the page has the canvas, on which whoever asks first decides what it is.
  readonly #context = this.#canvas.getContext('2d');
  readonly #observer: ResizeObserver;
  readonly #coloured = new Map<string, HTMLCanvasElement>();
  #size: Size;
  #drawn: DrawnHeat | null = null;
  #colours: Pick<HeatLayerProps, 'palette' | 'range' | 'curve'> | null = null;
  #cursor = 'default';
  #frame = 0;
  #isDisposed = false;

  constructor(options: HeatStageOptions) {
    this.#options = options;
    const { container } = options;
    this.#size = { width: container.clientWidth, height: container.clientHeight };
    Object.assign(this.#canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%' });
    this.#canvas.tabIndex = -1;
    container.prepend(this.#canvas);
    this.#canvas.addEventListener('pointerdown', this.#drag);
    this.#canvas.addEventListener('wheel', this.#wheel, { passive: false });
    this.#observer = new ResizeObserver(() => {
      this.#size = { width: container.clientWidth, height: container.clientHeight };
      options.onResize();
    });
    this.#observer.observe(container);
    queueMicrotask(() => {
      if (!this.#isDisposed) options.onStart();
    });
  }

  get size(): Size {
    return this.#size;
  }

  draw(drawn: DrawnHeat): void {
    this.#drawn = drawn;
    if (this.#frame === 0)
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#paint();
      });
  }

  setCursor(cursor: string): void {
    this.#cursor = cursor;
    this.#canvas.style.cursor = cursor;
  }

  takePicture(background: string): HTMLCanvasElement | null {
    if (this.#drawn === null) return null;
    this.#paint();
    const picture = document.createElement('canvas');
    picture.width = this.#canvas.width;
    picture.height = this.#canvas.height;
    const context = picture.getContext('2d');
    if (context === null) return null;
    context.fillStyle = background;
    context.fillRect(0, 0, picture.width, picture.height);
    context.drawImage(this.#canvas, 0, 0);
    return picture;
  }

  restart(): void {
    this.#coloured.clear();
    this.#options.onStart();
  }

  dispose(): void {
    this.#isDisposed = true;
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.#canvas.remove();
  }

  #paint(): void {
    const context = this.#context;
    if (this.#drawn === null || context === null) return;
    const { camera, heat } = this.#drawn;
    const { width, height } = this.#size;
    const ratio = devicePixelRatio;
    const [pixelWidth, pixelHeight] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== pixelWidth || this.#canvas.height !== pixelHeight) {
      this.#canvas.width = pixelWidth;
      this.#canvas.height = pixelHeight;
    }
    this.#forgetColours(heat);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.imageSmoothingEnabled = false;
    for (const tile of heat.tiles) {
      const box = tileBounds(tile.id, heat.size);
      const from = worldToScreen(camera, this.#size, { x: box.minX, y: box.minY });
      const to = worldToScreen(camera, this.#size, { x: box.maxX, y: box.maxY });
      const cell = 2 ** tile.id.level;
      context.drawImage(
        this.#colour(tile, heat),
        0,
        0,
        (box.maxX - box.minX) / cell,
        (box.maxY - box.minY) / cell,
        from.x,
        from.y,
        to.x - from.x,
        to.y - from.y,
      );
    }
  }

  /** Forgets coloured tiles that are not kept, and all where the colours mean something else. */
  #forgetColours({ palette, range, curve, tiles, keptKeys }: HeatLayerProps): void {
    const known = this.#colours;
    const isSame =
      known !== null &&
      known.palette === palette &&
      known.curve === curve &&
      known.range[0] === range[0] &&
      known.range[1] === range[1];
    if (!isSame) this.#coloured.clear();
    this.#colours = { palette, range, curve };
    const drawn = new Set(tiles.map(({ key }) => key));
    for (const key of this.#coloured.keys())
      if (!drawn.has(key) && !keptKeys.has(key)) this.#coloured.delete(key);
  }

  #colour(tile: LoadedTile, { palette, range, curve }: HeatLayerProps): HTMLCanvasElement {
    const known = this.#coloured.get(tile.key);
    if (known !== undefined) return known;
    const canvas = document.createElement('canvas');
    canvas.width = tileCells;
    canvas.height = tileCells;
    const context = canvas.getContext('2d');
    if (context !== null) {
      const image = context.createImageData(tileCells, tileCells);
      colourCells(tile.values, image.data, palette, range, curve);
      context.putImageData(image, 0, 0);
    }
    this.#coloured.set(tile.key, canvas);
    return canvas;
  }

  readonly #drag = (pressed: PointerEvent): void => {
    if (pressed.button !== 0 || pressed.shiftKey || this.#drawn === null) return;
    const start = this.#drawn.camera;
    const scale = 2 ** start.zoom;
    this.#canvas.setPointerCapture(pressed.pointerId);
    this.#canvas.style.cursor = 'grabbing';
    const move = ({ clientX, clientY }: PointerEvent) =>
      this.#options.onCamera({
        x: start.x - (clientX - pressed.clientX) / scale,
        y: start.y - (clientY - pressed.clientY) / scale,
        zoom: start.zoom,
      });
    const end = () => {
      this.#canvas.removeEventListener('pointermove', move);
      this.#canvas.removeEventListener('pointerup', end);
      this.#canvas.removeEventListener('pointercancel', end);
      this.#canvas.style.cursor = this.#cursor;
    };
    this.#canvas.addEventListener('pointermove', move);
    this.#canvas.addEventListener('pointerup', end);
    this.#canvas.addEventListener('pointercancel', end);
  };

  readonly #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (this.#drawn === null) return;
    const { camera, zoomLimits } = this.#drawn;
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * linePx;
    const steps = -Math.max(-mostWheelPx, Math.min(mostWheelPx, pixels)) * zoomPerPixel;
    const box = this.#canvas.getBoundingClientRect();
    const pixel: Point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const moved: Camera = zoomAround(camera, this.#size, pixel, steps, zoomLimits);
    this.#options.onCamera(moved);
  };
}

/** RGBA bytes of a tile's cells, as the shader of the heat layer has them; cells without a value stay clear. */
export function colourCells(
  values: Float32Array,
  bytes: Uint8ClampedArray,
  palette: readonly string[],
  [low, high]: readonly [number, number],
  curve: Float32Array | null,
): void {
  const table = paletteTable(palette, paletteSteps);
  const span = high > low ? high - low : 1e-6;
  for (let cell = 0; cell < values.length; cell++) {
    let value = values[cell]!;
    if (Number.isNaN(value)) continue;
    if (curve !== null) {
      const step = Math.floor((value + 1) * 0.5 * curve.length);
      value = curve[Math.max(0, Math.min(curve.length - 1, step))]!;
    }
    const share = Math.max(0, Math.min(1, (value - low) / span));
    const at = 4 * Math.floor(share * (paletteSteps - 1) + 0.5);
    bytes[4 * cell] = table[at]!;
    bytes[4 * cell + 1] = table[at + 1]!;
    bytes[4 * cell + 2] = table[at + 2]!;
    bytes[4 * cell + 3] = 255;
  }
}
