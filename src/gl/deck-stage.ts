import { Deck, type Layer, type LayersList, OrthographicView } from '@deck.gl/core';
import type { Camera, Rect, Size, ZoomLimits } from './camera';
import { kindOfRenderer, nameRenderer, type RendererKind } from './renderer-kind';
import { RestingFrames } from './resting-frames';

/** One view of a stage: where it lies, what it shows, how far it zooms. */
export interface StageView {
  key: string;
  rect: Rect;
  camera: Camera;
  zoomLimits: ZoomLimits;
}

export interface StageOptions {
  /** Positioned element that the canvas fills; it is measured and left otherwise alone. */
  container: HTMLElement;
  /** Whether a layer belongs to a view; all do unless told. */
  belongsTo?(layer: Layer, viewKey: string): boolean;
  /** The pointer or a gesture moved a camera. */
  onCamera(viewKey: string, camera: Camera): void;
  /** The container has another size than at the start or before. */
  onResize(): void;
  /** A canvas is there; it has nothing to draw until `draw` is called. */
  onStart(): void;
  onContextLost?(): void;
  /** The browser gave the context back, and all is drawn again. */
  onContextRestored?(): void;
  onUnavailable?(reason: string): void;
  /** The canvas has fewer pixels than the screen, as the graphics card draws at most so many a side; null once it has them all. */
  onLimited?(mostPixels: number | null): void;
}

/** Owns the Deck, its canvas and their lifetime: lost contexts, missing WebGL, resizing. */
export class DeckStage {
  private deck: Deck<OrthographicView[]> | null = null;
  private canvas: HTMLCanvasElement | null = null;
  private readonly observer: ResizeObserver;
  private readonly frames = new RestingFrames();
  private views: readonly StageView[] = [];
  private layers: LayersList = [];
  private isDisposed = false;
  private isReady = false;
  private isDragging = false;
  private currentSize: Size = { width: 0, height: 0 };
  private restingCursor = 'default';
  /** Pixels a side that the graphics card draws at most. */
  private mostPixels = Number.POSITIVE_INFINITY;
  private isLimited = false;
  /** Pixels for one of CSS that Deck was told last. */
  private drawnRatio: number | true = true;
  private kind: RendererKind = 'card';

  constructor(private readonly options: StageOptions) {
    this.observer = new ResizeObserver(() => this.measure());
    // Tells the size once the page is laid out; to ask now would have it laid out at once.
    this.observer.observe(options.container);
    // In a task of its own, because asking for a context takes its time. Development mounts every component twice; the first one is gone before this runs.
    setTimeout(() => this.start());
  }

  /** Size of the container in CSS pixels. */
  get size(): Size {
    return this.currentSize;
  }

  /** Whether the pointer is dragging a view. */
  get dragging(): boolean {
    return this.isDragging;
  }

  /** What draws on the canvas; known once there is one. */
  get rendererKind(): RendererKind {
    return this.kind;
  }

  /** Draws `layers` in `views` at the next frame. */
  draw(views: readonly StageView[], layers: LayersList): void {
    this.views = views;
    this.layers = layers;
    const scene = this.deckScene();
    const { useDevicePixels, ...others } = scene;
    // Deck asks where the canvas lies whenever it is told this, and the page is laid out for the answer.
    this.deck?.setProps(useDevicePixels === this.drawnRatio ? others : scene);
    this.drawnRatio = useDevicePixels;
    this.frames.wake();
    this.tellLimit();
  }

  /** Cursor while nothing is dragged. */
  setCursor(cursor: string): void {
    if (cursor === this.restingCursor) return;
    this.restingCursor = cursor;
    this.frames.wake();
  }

  /** A copy of the canvas as it is now, on `background`; null before the first frame. The caller owns it. */
  takePicture(background: string): HTMLCanvasElement | null {
    if (this.canvas === null || !this.isReady) return null;
    this.deck?.redraw('picture');
    const picture = document.createElement('canvas');
    picture.width = this.canvas.width;
    picture.height = this.canvas.height;
    const context = picture.getContext('2d');
    if (context === null) return null;
    context.fillStyle = background;
    context.fillRect(0, 0, picture.width, picture.height);
    context.drawImage(this.canvas, 0, 0);
    return picture;
  }

  /** Starts anew on a fresh canvas, as after a lost context. */
  restart(): void {
    this.stop();
    this.start();
  }

  /** Ends everything and, once what takes its place is there, frees the graphics card's memory. */
  dispose(): void {
    this.isDisposed = true;
    this.observer.disconnect();
    this.canvas?.remove();
    setTimeout(() => this.stop());
  }

  private start(): void {
    if (this.isDisposed || this.deck !== null) return;
    const canvas = document.createElement('canvas');
    // Asked here first: without WebGL, Deck would leave a rejection unhandled. The shaders smooth their own edges.
    const context = canvas.getContext('webgl2', { antialias: false, powerPreference: 'high-performance' });
    if (context === null) {
      this.options.onUnavailable?.('This browser offers no WebGL 2, which drawing needs.');
      return;
    }
    this.mostPixels = mostPixelsOf(context);
    this.kind = kindOfRenderer(nameRenderer(context));
    Object.assign(canvas.style, { position: 'absolute', inset: '0' });
    canvas.addEventListener('webglcontextlost', this.handleLost);
    canvas.addEventListener('webglcontextrestored', this.handleRestored);
    this.options.container.prepend(canvas);
    this.canvas = canvas;
    this.drawnRatio = this.pixelRatio;
    const { belongsTo } = this.options;
    const deck: Deck<OrthographicView[]> = new Deck<OrthographicView[]>({
      ...this.deckScene(),
      ...givenFrames(this.frames),
      canvas,
      width: '100%',
      height: '100%',
      _pickable: false,
      layerFilter: ({ layer, viewport }) => belongsTo?.(layer, viewport.id) ?? true,
      getCursor: ({ isDragging }) => (isDragging ? 'grabbing' : this.restingCursor),
      onInteractionStateChange: (state) => {
        this.isDragging = state.isDragging ?? false;
        this.frames.wake();
      },
      onViewStateChange: ({ viewId, viewState }) => {
        const [x = 0, y = 0] = viewState.target ?? [];
        const zoom = typeof viewState.zoom === 'number' ? viewState.zoom : (viewState.zoomX ?? 0);
        this.options.onCamera(viewId, { x, y, zoom });
      },
      onLoad: () => {
        this.isReady = true;
        // The card may have taken its time; the first frame follows now.
        this.frames.wake();
        // The element around it takes the keyboard; a second stop without a name would follow.
        canvas.tabIndex = -1;
      },
      onError: (error) => {
        if (this.deck !== deck) return;
        if (this.isReady) {
          reportError(error);
          return;
        }
        this.stop();
        this.options.onUnavailable?.(error.message);
      },
    });
    this.deck = deck;
    this.options.onStart();
  }

  private stop(): void {
    const { deck, canvas } = this;
    this.deck = null;
    this.canvas = null;
    this.isReady = false;
    // Layers belong to the Deck that drew them first.
    this.layers = [];
    deck?.finalize();
    if (canvas === null) return;
    canvas.removeEventListener('webglcontextlost', this.handleLost);
    canvas.removeEventListener('webglcontextrestored', this.handleRestored);
    canvas.remove();
    // Deck keeps its device; browsers allow only some contexts at a time.
    canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  }

  private readonly handleLost = (event: Event): void => {
    event.preventDefault();
    this.isReady = false;
    this.options.onContextLost?.();
  };

  private readonly handleRestored = (): void => {
    this.restart();
    this.options.onContextRestored?.();
  };

  private measure(): void {
    const size = sizeOf(this.options.container);
    if (size.width === this.currentSize.width && size.height === this.currentSize.height) return;
    this.currentSize = size;
    this.frames.wake();
    this.options.onResize();
  }

  /** Pixels for one of CSS, alike in both directions where the card cannot draw all of the screen's. */
  private get pixelRatio(): number | true {
    const { width, height } = this.currentSize;
    const most = this.mostPixels / Math.max(1, width, height);
    return devicePixelRatio > most ? most : true;
  }

  private tellLimit(): void {
    const isLimited = this.pixelRatio !== true;
    if (isLimited === this.isLimited) return;
    this.isLimited = isLimited;
    this.options.onLimited?.(isLimited ? this.mostPixels : null);
  }

  private deckScene() {
    return {
      useDevicePixels: this.pixelRatio,
      views: this.views.map(
        ({ key, rect }) =>
          new OrthographicView({
            id: key,
            ...rect,
            controller: {
              doubleClickZoom: false,
              dragRotate: false,
              keyboard: false,
              scrollZoom: { speed: 0.01, smooth: false },
            },
          }),
      ),
      viewState: Object.fromEntries(
        this.views.map(({ key, camera, zoomLimits }) => [
          key,
          {
            target: [camera.x, camera.y] as [number, number],
            zoom: camera.zoom,
            minZoom: zoomLimits.min,
            maxZoom: zoomLimits.max,
          },
        ]),
      ),
      layers: this.layers,
    };
  }
}

/** Pixels a side of the largest canvas that a card draws. */
function mostPixelsOf(context: WebGL2RenderingContext): number {
  const [width, height] = context.getParameter(context.MAX_VIEWPORT_DIMS) as Int32Array;
  return Math.min(
    context.getParameter(context.MAX_TEXTURE_SIZE) as number,
    context.getParameter(context.MAX_RENDERBUFFER_SIZE) as number,
    width!,
    height!,
  );
}

/** Deck hands its props on to its loop, which takes frames from elsewhere; the types of Deck do not know. */
function givenFrames(animationFrameProvider: RestingFrames): object {
  return { animationFrameProvider };
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): Size {
  return { width: clientWidth, height: clientHeight };
}
