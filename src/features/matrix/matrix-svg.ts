import type { HeatView } from '@/gl/heat-scene';
import { paletteColour } from '@/gl/palettes';
import { groupColour } from '@/gl/row-colours';
import type { EdgeMarks, EdgeStrip } from './edge-strips';
import { placeSpans } from './matrix-order';
import { treePath } from './tree-path';

/** What a picture of the matrix holds. */
export interface PictureParts {
  readonly width: number;
  readonly height: number;
  readonly view: HeatView;
  readonly down: EdgeMarks;
  readonly across: EdgeMarks;
  readonly strips: { readonly down: EdgeStrip; readonly across: EdgeStrip };
  /** The drawn matrix as a data URL, or each cell's place on the palette, null where it is empty. */
  readonly heat: string | ((row: number, column: number) => number | null);
  readonly palette: readonly string[];
  /** Words at the low end, the middle and the high end of the colours. */
  readonly ticks: readonly [string, string, string];
  readonly title: string;
  readonly caption: string;
  readonly theme: { readonly canvas: string; readonly text: string; readonly line: string };
  readonly isDark: boolean;
}

const legendPx = 44;
const groupLinePx = 18;
const namedPx = 40;
const font = 'Inter, system-ui, sans-serif';
/** Mean width of a letter of 11 px in a wide typeface, to know what fits: a picture brings no typeface along. */
const letterPx = 6.8;

/** The matrix with its sides and the legend of its colours and groups, as an SVG document. */
export function matrixSvg(parts: PictureParts): string {
  const { width, height, theme, strips, view } = parts;
  const groups = listGroups(parts);
  const all = height + legendPx + groups.length * groupLinePx + 8;
  const left = Math.max(0, view.originX - strips.down.total);
  const top = Math.max(0, view.originY - strips.across.total);
  const endX = Math.min(width, view.originX + parts.across.count * view.cellPx);
  const endY = Math.min(height, view.originY + parts.down.count * view.cellPx);
  const inner = {
    x: left + strips.down.total,
    y: top + strips.across.total,
    width: endX - left - strips.down.total,
    height: endY - top - strips.across.total,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${all}" viewBox="0 0 ${width} ${all}" font-family="${font}" font-size="11">`,
    `<rect width="${width}" height="${all}" fill="${theme.canvas}"/>`,
    `<clipPath id="inner"><rect ${box(inner)}/></clipPath>`,
    `<g clip-path="url(#inner)">${drawHeat(parts)}</g>`,
    drawSide(parts, true, top, inner.x, endX),
    drawSide(parts, false, left, inner.y, endY),
    drawLegend(parts, height),
    ...groups.map(
      (line, i) => `<g transform="translate(12 ${height + legendPx + i * groupLinePx})">${line}</g>`,
    ),
    '</svg>',
  ].join('\n');
}

function drawHeat({ heat, view, width, height, palette }: PictureParts): string {
  if (typeof heat === 'string')
    return `<image href="${heat}" width="${width}" height="${height}" style="image-rendering:pixelated"/>`;
  const cells: string[] = [];
  for (let row = view.firstRow; row <= view.lastRow; row++) {
    for (let column = view.firstColumn; column <= view.lastColumn; column++) {
      const share = heat(row, column);
      if (share === null) continue;
      const place = {
        x: view.originX + column * view.cellPx,
        y: view.originY + row * view.cellPx,
        width: view.cellPx,
        height: view.cellPx,
      };
      cells.push(`<rect ${box(place)} fill="${hexOf(paletteColour(palette, share))}"/>`);
    }
  }
  return `<g shape-rendering="crispEdges">${cells.join('')}</g>`;
}

function drawSide(
  parts: PictureParts,
  isAcross: boolean,
  startPx: number,
  least: number,
  end: number,
): string {
  const { view, isDark, theme } = parts;
  const marks = isAcross ? parts.across : parts.down;
  const strip = isAcross ? parts.strips.across : parts.strips.down;
  const originPx = isAcross ? view.originX : view.originY;
  const first = isAcross ? view.firstColumn : view.firstRow;
  const last = isAcross ? view.lastColumn : view.lastRow;
  const { cellPx } = view;
  const length = end - least;
  const namesAt = startPx + strip.text + strip.tree;
  const barAt = namesAt + strip.names;
  const drawn: string[] = [];
  if (strip.tree > 0 && marks.tree !== null) {
    const path = treePath(
      marks.tree,
      { originPx: originPx - least, cellPx, lengthPx: length },
      (along, height) => {
        const away = startPx + strip.text + (strip.tree - 2) * (1 - height) + 1;
        const at = Math.min(length, Math.max(0, along)) + least;
        return isAcross ? `${round(at)},${round(away)}` : `${round(away)},${round(at)}`;
      },
    );
    drawn.push(`<path d="${path}" fill="none" stroke="${theme.line}"/>`);
  }
  if (strip.text > 0) {
    for (let index = first; index <= last; index++) {
      const middle = originPx + (index + 0.5) * cellPx;
      if (middle < least) continue;
      drawn.push(
        writeSide(
          marks.textAt(index),
          isAcross,
          middle,
          startPx + strip.text - 6,
          strip.text - 12,
          theme.text,
        ),
      );
    }
  }
  for (const { group, startPx: at, lengthPx } of placeSpans(marks.spans, { first, last, originPx, cellPx })) {
    const from = Math.max(least, at);
    const size = at + lengthPx - from;
    if (size <= 0 || marks.groups === null) continue;
    const place = isAcross
      ? { x: from, y: barAt, width: size, height: strip.bar }
      : { x: barAt, y: from, width: strip.bar, height: size };
    drawn.push(`<rect ${box(place)} fill="${groupColour(group, isDark)}"/>`);
    if (strip.names === 0 || size < namedPx) continue;
    const name = cut(group < 0 ? 'no value' : marks.groups.names[group]!, size);
    drawn.push(
      isAcross
        ? `<text x="${round(from)}" y="${round(namesAt + 12)}" fill="${theme.text}">${escapeXml(name)}</text>`
        : `<text transform="translate(${round(namesAt + 12)} ${round(from + size)}) rotate(-90)" fill="${theme.text}">${escapeXml(name)}</text>`,
    );
  }
  return `<g>${drawn.join('')}</g>`;
}

function writeSide(
  text: string,
  isAcross: boolean,
  middle: number,
  edge: number,
  room: number,
  fill: string,
): string {
  const words = escapeXml(cut(text.replace(/\s+/g, ' '), room));
  return isAcross
    ? `<text transform="translate(${round(middle)} ${round(edge)}) rotate(-90)" dominant-baseline="central" fill="${fill}">${words}</text>`
    : `<text x="${round(edge)}" y="${round(middle)}" text-anchor="end" dominant-baseline="central" fill="${fill}">${words}</text>`;
}

function drawLegend({ palette, ticks, title, caption, theme }: PictureParts, top: number): string {
  const stops = palette.map(
    (colour, i) => `<stop offset="${i / Math.max(1, palette.length - 1)}" stop-color="${colour}"/>`,
  );
  const [low, middle, high] = ticks.map(escapeXml);
  return [
    `<linearGradient id="colours">${stops.join('')}</linearGradient>`,
    `<g transform="translate(12 ${top + 8})" fill="${theme.text}">`,
    '<rect width="200" height="10" fill="url(#colours)"/>',
    `<text y="24">${low}</text><text x="100" y="24" text-anchor="middle">${middle}</text><text x="200" y="24" text-anchor="end">${high}</text>`,
    `<text x="220" y="9" font-weight="600">${escapeXml(title)}</text><text x="220" y="24">${escapeXml(caption)}</text>`,
    '</g>',
  ].join('');
}

/** Lines of the groups' names with their colours, as many as the width takes a line. */
function listGroups({ down, isDark, width, theme }: PictureParts): string[] {
  const { groups } = down;
  if (groups === null) return [];
  const shown = new Set(down.spans.map(({ group }) => group));
  const lines: string[] = [];
  let line = '';
  let x = 0;
  const named = [...groups.names.keys()].slice(0, 10).filter((group) => shown.has(group));
  for (const group of named) {
    const name = `${groups.names[group]!} ${groups.counts[group]!.toLocaleString('en')}`;
    const wide = 24 + name.length * letterPx;
    if (x + wide > width - 24 && line !== '') {
      lines.push(line);
      line = '';
      x = 0;
    }
    line += `<rect x="${round(x)}" y="0" width="8" height="8" rx="2" fill="${groupColour(group, isDark)}"/><text x="${round(x + 14)}" y="8" fill="${theme.text}">${escapeXml(name)}</text>`;
    x += wide;
  }
  if (line !== '') lines.push(line);
  return lines;
}

function cut(text: string, roomPx: number): string {
  const most = Math.max(1, Math.floor(roomPx / letterPx));
  const letters = [...text];
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join('')}…`;
}

function escapeXml(text: string): string {
  return (
    text
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      // What XML does not allow at all.
      .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
  );
}

function box({ x, y, width, height }: { x: number; y: number; width: number; height: number }): string {
  return `x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}"`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function hexOf(rgb: readonly [number, number, number]): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The document as a PNG of twice its size. Rejects where the browser cannot draw it. */
export async function rasterise(svg: string, scale = 2): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('This browser gave no canvas to draw on.');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob === null ? reject(new Error('The picture could not be written.')) : resolve(blob)),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
