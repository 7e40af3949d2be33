import type { Insets } from './camera';
import type { FrameMode } from './heat-frame';
import type { HeatLink } from './heat-link';
import type { TileSource } from './tile-loader';
import type { MatrixSize } from './tiles';

/** What part of the matrix is drawn, and how. Rows and columns are ordered indices. */
export interface HeatView {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
  /** Side of one row's cell in CSS pixels, whatever the level. */
  cellPx: number;
  /** Each drawn cell is the mean of 2^level × 2^level pairs. */
  level: number;
  /** Visible tiles still on their way, and those that could not be had. */
  pending: number;
  failed: number;
  /** Where row 0 and column 0 begin, in CSS pixels of the map. */
  originX: number;
  originY: number;
  /** 100 when all fits. */
  zoomPercent: number;
}

/** The pair under the pointer. */
export interface HeatCell {
  row: number;
  column: number;
  /** `value` is the mean of the 2^level × 2^level pairs around; null while its tile is on its way or where it is empty. */
  level: number;
  value: number | null;
  /** Whether another map of the same link points at it. */
  isLinked?: boolean;
  /** The pointer, in CSS pixels of the map. */
  x: number;
  y: number;
}

/** A framed part of the matrix. */
export interface HeatBox {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
  readonly mode: FrameMode;
}

/** What a heat map shows. Range and palette may change freely; a source with another key is another matrix. */
export interface HeatContent {
  size: MatrixSize;
  tiles: TileSource;
  range: readonly [number, number];
  /** What the range is in where that is not the value itself (heat-layer). */
  curve?: Float32Array | null;
  palette: readonly string[];
  emptyColour: string;
  padding?: Insets;
  cameraMs?: number;
  onHover?(cell: HeatCell | null): void;
  onPick?(cell: HeatCell): void;
  /** Ordered rows and columns [from, to) that a shift-drag has framed. `adds` and `takes` as the held keys say. */
  onBox?(box: HeatBox): void;
  /** Moves and points together with the others of the link; fixed for the life of the map. */
  link?: HeatLink;
  onViewChange?(view: HeatView): void;
  onTileError?(error: unknown): void;
  /** What draws it: the graphics card unless told. Fixed for the life of the map. */
  drawsWith?: 'card' | 'canvas';
  /** The graphics card's memory is gone; nothing is drawn any more. */
  onContextLost?(): void;
  onUnavailable?(reason: string): void;
  /** The picture has fewer pixels than the screen, as the graphics card draws at most so many a side; null once it has them all. */
  onLimited?(mostPixels: number | null): void;
}
