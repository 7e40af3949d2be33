import type { AreaWish, MapTool } from './area-gesture';
import type { Insets } from './camera';
import type { CameraLink } from './camera-link';
import type { HoverChannel } from './hover-channel';
import type { MapPane } from './map-pane';
import type { RendererKind } from './renderer-kind';

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
  /** What draws the points; unless told, the graphics card where there is one. */
  drawnBy?: RendererKind;
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
  /** The picture has fewer pixels than the screen, as the graphics card draws at most so many a side; null once it has them all. */
  onLimited?(mostPixels: number | null): void;
}
