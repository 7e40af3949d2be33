import { cutText, type MeasureText, type Pixels, type Shape } from '@/core/export/drawing';
import type { HeatView } from '@/gl/heat-content';
import { paletteColour, readableOn } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import type { DrawnCell } from './drawn-pictures';
import { type EdgeMarks, type EdgeStrip, numberedCellPx } from './edge-strips';
import { placeSpans } from './matrix-order';
import { treePath } from './tree-path';

/** What the drawing of one matrix needs. */
export interface MatrixParts {
  readonly width: number;
  readonly height: number;
  readonly view: HeatView;
  readonly down: EdgeMarks;
  readonly across: EdgeMarks;
  readonly strips: { readonly down: EdgeStrip; readonly across: EdgeStrip };
  /** The drawn matrix, or what each cell shows, null where it is empty. */
  readonly heat: Pixels | ((row: number, column: number) => DrawnCell | null);
  /** Numbers in the cells of what is drawn as pixels; null where they are too small for them. */
  readonly numberAt: ((row: number, column: number) => DrawnCell | null) | null;
  readonly palette: readonly string[];
  readonly theme: { readonly text: string; readonly line: string };
  readonly isDark: boolean;
  readonly measure: MeasureText;
}

const namedPx = 40;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The part of the stage that the matrix and what stands beside it take. */
export function boxOfMatrix({ width, height, strips, view, down, across }: MatrixParts): Box {
  const x = Math.max(0, view.originX - strips.down.total);
  const y = Math.max(0, view.originY - strips.across.total);
  return {
    x,
    y,
    width: Math.min(width, view.originX + across.count * view.cellPx) - x,
    height: Math.min(height, view.originY + down.count * view.cellPx) - y,
  };
}

/** The matrix as it is drawn, with its dendrograms, names, bars, texts and numbers. */
export function drawMatrix(parts: MatrixParts): Shape[] {
  const { strips } = parts;
  const { x: left, y: top, width, height } = boxOfMatrix(parts);
  const endX = left + width;
  const endY = top + height;
  const inner = {
    x: left + strips.down.total,
    y: top + strips.across.total,
    width: endX - left - strips.down.total,
    height: endY - top - strips.across.total,
  };
  return [
    { kind: 'group', x: 0, y: 0, clip: inner, isCrisp: true, shapes: drawCells(parts) },
    { kind: 'group', x: 0, y: 0, clip: inner, shapes: drawNumbers(parts, inner) },
    ...drawSide(parts, true, top, inner.x, endX),
    ...drawSide(parts, false, left, inner.y, endY),
  ];
}

function drawCells({ heat, view, width, height, palette }: MatrixParts): Shape[] {
  if (typeof heat !== 'function')
    return [{ kind: 'image', x: 0, y: 0, width, height, pixels: heat, isSharp: true }];
  const cells: Shape[] = [];
  eachCell(view, (row, column, place) => {
    const cell = heat(row, column);
    if (cell !== null)
      cells.push({ kind: 'rect', ...place, fill: hexOf(paletteColour(palette, cell.share)) });
  });
  return cells;
}

function drawNumbers({ heat, numberAt, view, palette, measure }: MatrixParts, inner: Box): Shape[] {
  const cellAt = typeof heat === 'function' ? heat : numberAt;
  if (cellAt === null || view.level > 0 || view.cellPx < numberedCellPx) return [];
  const numbers: Shape[] = [];
  eachCell(view, (row, column, { x, y, width, height }) => {
    const cell = cellAt(row, column);
    // A cell cut by the edge of the picture has no room for its number.
    const isWhole =
      x >= inner.x - 1 &&
      y >= inner.y - 1 &&
      x + width <= inner.x + inner.width + 1 &&
      y + height <= inner.y + inner.height + 1;
    if (cell === null || !isWhole || measure(cell.text) > width - 2) return;
    const fill = readableOn(paletteColour(palette, cell.share));
    numbers.push({
      kind: 'text',
      x: x + width / 2,
      y: y + height / 2,
      text: cell.text,
      fill,
      anchor: 'middle',
    });
  });
  return numbers;
}

function eachCell(view: HeatView, meet: (row: number, column: number, place: Box) => void): void {
  for (let row = view.firstRow; row <= view.lastRow; row++) {
    for (let column = view.firstColumn; column <= view.lastColumn; column++) {
      meet(row, column, {
        x: view.originX + column * view.cellPx,
        y: view.originY + row * view.cellPx,
        width: view.cellPx,
        height: view.cellPx,
      });
    }
  }
}

/** What stands beside one side: above the matrix, or left of it. */
function drawSide(
  parts: MatrixParts,
  isAcross: boolean,
  startPx: number,
  least: number,
  end: number,
): Shape[] {
  const { view, isDark, theme, measure } = parts;
  const marks = isAcross ? parts.across : parts.down;
  const strip = isAcross ? parts.strips.across : parts.strips.down;
  const originPx = isAcross ? view.originX : view.originY;
  const first = isAcross ? view.firstColumn : view.firstRow;
  const last = isAcross ? view.lastColumn : view.lastRow;
  const { cellPx } = view;
  const length = end - least;
  const namesAt = startPx + strip.text + strip.tree;
  const barAt = namesAt + strip.names;
  const drawn: Shape[] = [];
  if (strip.tree > 0 && marks.tree !== null) {
    const d = treePath(
      marks.tree,
      { originPx: originPx - least, cellPx, lengthPx: length },
      (along, height) => {
        const away = startPx + strip.text + (strip.tree - 2) * (1 - height) + 1;
        const at = Math.min(length, Math.max(0, along)) + least;
        return isAcross ? `${round(at)},${round(away)}` : `${round(away)},${round(at)}`;
      },
    );
    drawn.push({ kind: 'path', d, stroke: theme.line });
  }
  if (strip.text > 0) {
    for (let index = first; index <= last; index++) {
      const middle = originPx + (index + 0.5) * cellPx;
      if (middle < least || middle > end) continue;
      const edge = startPx + strip.text - 6;
      const text = cutText(marks.textAt(index).replace(/\s+/g, ' '), strip.text - 12, measure);
      drawn.push(
        isAcross
          ? { kind: 'text', x: middle, y: edge, text, fill: theme.text, isTurned: true }
          : { kind: 'text', x: edge, y: middle, text, fill: theme.text, anchor: 'end' },
      );
    }
  }
  for (const { group, startPx: at, lengthPx } of placeSpans(marks.spans, { first, last, originPx, cellPx })) {
    const from = Math.max(least, at);
    const size = Math.min(end, at + lengthPx) - from;
    if (size <= 0 || marks.groups === null) continue;
    const place = isAcross
      ? { x: from, y: barAt, width: size, height: strip.bar }
      : { x: barAt, y: from, width: strip.bar, height: size };
    drawn.push({ kind: 'rect', ...place, fill: groupColour(group, isDark, marks.own) });
    if (strip.names === 0 || size < namedPx) continue;
    const text = cutText(group < 0 ? 'no value' : marks.groups.names[group]!, size, measure);
    const middle = namesAt + 7;
    drawn.push(
      isAcross
        ? { kind: 'text', x: from, y: middle, text, fill: theme.text }
        : { kind: 'text', x: middle, y: from + size, text, fill: theme.text, isTurned: true },
    );
  }
  return drawn;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function hexOf(rgb: readonly [number, number, number]): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
