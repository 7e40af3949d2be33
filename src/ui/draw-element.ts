import { cutText, type Shape } from '@/core/export/drawing';
import { measureDrawnText } from './paint-drawing';

/** A part of the page as shapes, in CSS pixels from its upper left corner. */
export interface DrawnElement {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

/**
 * What an element of the page shows: grounds, lines above and below, texts where they stand, and the marks of SVG elements. What is
 * scrolled out of sight within it is drawn as well; what is hidden is not.
 */
export function drawElement(root: Element): DrawnElement {
  const { x, y, width, height } = root.getBoundingClientRect();
  const shapes: Shape[] = [];
  walk(root, { x, y }, shapes);
  return { width, height, shapes };
}

interface Origin {
  readonly x: number;
  readonly y: number;
}

function walk(element: Element, origin: Origin, shapes: Shape[]): void {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  // Words for screen readers alone are clipped to a pixel.
  const isUnseen = box.width <= 1 && box.height <= 1;
  if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0' || isUnseen) return;
  const place = { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height };
  const ground = colourOf(style.backgroundColor);
  if (ground !== null) shapes.push(drawGround(place, ground, style.borderTopLeftRadius));
  const above = lineOf(style.borderTopWidth, style.borderTopStyle, style.borderTopColor);
  if (above !== null) shapes.push({ kind: 'rect', ...place, ...above });
  const below = lineOf(style.borderBottomWidth, style.borderBottomStyle, style.borderBottomColor);
  if (below !== null)
    shapes.push({ kind: 'rect', ...place, ...below, y: place.y + place.height - below.height });
  if (element instanceof SVGSVGElement) {
    for (const mark of element.querySelectorAll('path, circle, line, rect, polygon'))
      if (mark instanceof SVGGraphicsElement) shapes.push(...drawMark(mark, origin));
    return;
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) walk(child, origin, shapes);
    else if (child instanceof Text) shapes.push(...drawText(child, element, style, origin));
  }
}

/** A rectangle, or a disc where the corners are round enough for one. */
function drawGround(
  place: { x: number; y: number; width: number; height: number },
  fill: string,
  corner: string,
): Shape {
  const { x, y, width, height } = place;
  const isRound = corner.endsWith('%')
    ? Number.parseFloat(corner) >= 50
    : Number.parseFloat(corner) >= width / 2;
  if (!isRound || Math.abs(width - height) > 1) return { kind: 'rect', ...place, fill };
  return { kind: 'circle', x: x + width / 2, y: y + height / 2, radius: width / 2, fill };
}

function lineOf(width: string, kind: string, colour: string): { height: number; fill: string } | null {
  const fill = colourOf(colour);
  const height = Number.parseFloat(width);
  return fill === null || kind === 'none' || !(height > 0) ? null : { height, fill };
}

function drawText(node: Text, parent: Element, style: CSSStyleDeclaration, origin: Origin): Shape[] {
  const fill = colourOf(style.color);
  if (fill === null) return [];
  const size = Number.parseFloat(style.fontSize);
  const weight = Number(style.fontWeight) >= 600 ? 600 : Number(style.fontWeight) >= 500 ? 500 : 400;
  const measure = (text: string) => measureDrawnText(text, size, weight);
  const isEnd = style.textAlign === 'right' || style.textAlign === 'end';
  return linesOf(node).map(({ text, box }) => {
    const room = roomOf(parent, box.left);
    const x = (isEnd ? box.right : box.left) - origin.x;
    return {
      kind: 'text',
      x,
      y: box.top + box.height / 2 - origin.y,
      text: room === null ? text : cutText(text, room, measure),
      fill,
      size,
      weight,
      ...(isEnd ? { anchor: 'end' } : {}),
    };
  });
}

/** The lines in which a text stands, with the box of each. */
function linesOf(node: Text): { text: string; box: DOMRect }[] {
  const lines: { text: string; box: DOMRect }[] = [];
  const range = document.createRange();
  for (const word of node.data.matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const box = range.getBoundingClientRect();
    const last = lines.at(-1);
    if (last !== undefined && Math.abs(last.box.top - box.top) < 2) {
      last.text += ` ${word[0]}`;
      last.box = new DOMRect(last.box.x, last.box.y, box.right - last.box.x, last.box.height);
    } else if (box.width > 0) lines.push({ text: word[0], box });
  }
  return lines;
}

/** How far a text may go where it is cut with an ellipsis; null where it is not. */
function roomOf(element: Element, left: number): number | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (getComputedStyle(at).textOverflow !== 'ellipsis') continue;
    return at.scrollWidth > at.clientWidth + 1 ? at.getBoundingClientRect().right - left : null;
  }
  return null;
}

function drawMark(mark: SVGGraphicsElement, origin: Origin): Shape[] {
  const matrix = mark.getScreenCTM();
  if (matrix === null) return [];
  const style = getComputedStyle(mark);
  const fill = colourOf(style.fill);
  const stroke = colourOf(style.stroke);
  const d = outlineOf(mark);
  if (d === '' || (fill === null && stroke === null)) return [];
  const scale = matrix.a;
  return [
    {
      kind: 'group',
      x: matrix.e - origin.x,
      y: matrix.f - origin.y,
      scale,
      shapes: [
        {
          kind: 'path',
          d,
          ...(fill === null ? {} : { fill }),
          ...(stroke === null ? {} : { stroke, strokeWidth: Number.parseFloat(style.strokeWidth) }),
          opacity: Number(style.opacity),
        },
      ],
    },
  ];
}

function outlineOf(mark: SVGGraphicsElement): string {
  const at = (name: string) => Number(mark.getAttribute(name) ?? 0);
  if (mark instanceof SVGPathElement) return mark.getAttribute('d') ?? '';
  if (mark instanceof SVGPolygonElement) return `M${mark.getAttribute('points') ?? ''}Z`;
  if (mark instanceof SVGLineElement) return `M${at('x1')} ${at('y1')}L${at('x2')} ${at('y2')}`;
  if (mark instanceof SVGRectElement)
    return `M${at('x')} ${at('y')}h${at('width')}v${at('height')}h${-at('width')}Z`;
  if (!(mark instanceof SVGCircleElement)) return '';
  const r = at('r');
  return `M${at('cx') - r} ${at('cy')}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

let swatch: CanvasRenderingContext2D | null = null;

/** Shares of clearness below which nothing is seen. */
const leastAlpha = 13;

/** A colour as the page computes it, in the form that every program reads; null for none. Half-clear ones are drawn whole. */
export function colourOf(colour: string): string | null {
  if (colour === 'none') return null;
  swatch ??= document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (swatch === null) return '#000000';
  swatch.clearRect(0, 0, 1, 1);
  swatch.fillStyle = colour;
  swatch.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = swatch.getImageData(0, 0, 1, 1).data;
  if (alpha < leastAlpha) return null;
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
