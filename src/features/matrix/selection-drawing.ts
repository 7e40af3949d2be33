import { colourCells } from '@/gl/heat-canvas';
import { mapTheme } from '@/gl/map-theme';
import { tileCells } from '@/gl/tiles';
import { measureDrawnText } from '@/ui/paint-drawing';
import type { DrawnPicture } from './drawn-pictures';
import { type EdgeMarks, edgeStrip, showsTexts, textRoomPx } from './edge-strips';
import type { MatrixParts } from './matrix-drawing';

/** Side of a matrix drawn by itself, about, and the most that a cell of it takes, in CSS pixels. */
const sidePx = 640;
const mostCellPx = 24;
const pixelsAPx = 2;

/** At which level a matrix of so many rows fits its picture, and how wide a row then is in CSS pixels. */
export function fitRows(count: number): { level: number; cellPx: number } {
  const level = Math.max(0, Math.ceil(Math.log2(count / sidePx)));
  const cellPx = level > 0 ? 2 ** -level : Math.min(mostCellPx, Math.floor(sidePx / Math.max(1, count)));
  return { level, cellPx };
}

/** A matrix that is not on the screen, drawn whole, with what stands beside it. */
export async function drawWhole(
  picture: DrawnPicture,
  marks: EdgeMarks,
  { isDark, isSmall }: { readonly isDark: boolean; readonly isSmall: boolean },
): Promise<MatrixParts> {
  const { count } = marks;
  const { level, cellPx } = fitRows(count);
  const hasTexts = showsTexts(cellPx, false);
  const strips = {
    down: edgeStrip(marks, hasTexts, isSmall ? 0 : textRoomPx.down),
    across: edgeStrip(marks, hasTexts, isSmall ? 0 : textRoomPx.across),
  };
  const [left, top] = [strips.down.total, strips.across.total];
  const width = left + count * cellPx;
  const height = top + count * cellPx;
  const pixels = document.createElement('canvas');
  pixels.width = Math.round(width * pixelsAPx);
  pixels.height = Math.round(height * pixelsAPx);
  const context = pixels.getContext('2d');
  if (context === null) throw new Error('This browser gave no canvas to draw on.');
  context.imageSmoothingEnabled = false;
  context.setTransform(pixelsAPx, 0, 0, pixelsAPx, left * pixelsAPx, top * pixelsAPx);
  const tilePx = tileCells * 2 ** level * cellPx;
  const tiles = Math.ceil(count / (tileCells * 2 ** level));
  for (let down = 0; down < tiles; down++) {
    for (let across = 0; across < tiles; across++) {
      const values = await picture.tiles.load(level, down, across, new AbortController().signal);
      context.drawImage(colourTile(values, picture), across * tilePx, down * tilePx, tilePx, tilePx);
    }
  }
  return {
    width,
    height,
    view: {
      firstRow: 0,
      lastRow: count - 1,
      firstColumn: 0,
      lastColumn: count - 1,
      cellPx,
      level,
      pending: 0,
      failed: 0,
      originX: left,
      originY: top,
      zoomPercent: 100,
    },
    down: marks,
    across: marks,
    strips,
    heat: pixels,
    numberAt: null,
    palette: picture.palette,
    theme: mapTheme(isDark),
    isDark,
    measure: measureDrawnText,
  };
}

function colourTile(values: Float32Array, { palette, range, curve }: DrawnPicture): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = tileCells;
  canvas.height = tileCells;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gave no canvas to draw on.');
  const image = context.createImageData(tileCells, tileCells);
  colourCells(values, image.data, palette, range, curve);
  context.putImageData(image, 0, 0);
  return canvas;
}
