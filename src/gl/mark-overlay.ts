import type { Point } from './camera';

/** What the marks above one map show. */
export interface MarkSet {
  pinned: readonly number[];
  ringed: readonly number[];
  links: readonly { from: number; to: number }[];
  /** Rows whose place elsewhere has a dashed ring. */
  ghosts: readonly number[];
  /** Rows with a line from their place elsewhere. */
  trails: readonly number[];
}

/** Where marks go, in CSS pixels of the map; null for a row without a place. */
export interface MarkPlaces {
  locate(row: number): Point | null;
  /** The row's place elsewhere. */
  locateOrigin(row: number): Point | null;
  /** CSS colour of the dot inside a ring. */
  colourOf(row: number): string;
}

/** How marks look; colours are CSS colours, lengths CSS pixels. */
export interface MarkStyle {
  canvas: string;
  text: string;
  accent: string;
  line: string;
  radiusPx: number;
}

const svgSpace = 'http://www.w3.org/2000/svg';

const leastDotPx = 2.7;

type MarkKind = 'ring' | 'pin' | 'hover' | 'ghost';

interface Mark {
  row: number;
  element: SVGElement;
  dot: SVGElement | null;
}

/** Rings and lines in an SVG element above one map. They are moved by hand, never by React. */
export class MarkOverlay {
  private lines: { from: number; to: number; element: SVGElement }[] = [];
  private trails: { row: number; element: SVGElement }[] = [];
  private ghosts: Mark[] = [];
  private marks: Mark[] = [];
  private hover: Mark | null = null;
  private readonly lineGroup = createSvg('g');
  private readonly markGroup = createSvg('g');
  private readonly hoverGroup = createSvg('g');
  private style: MarkStyle | null = null;

  constructor(svg: SVGSVGElement) {
    svg.replaceChildren(this.lineGroup, this.markGroup, this.hoverGroup);
  }

  /** Draws the lines, rings and pins anew; their places come with `place`. */
  setMarks(marks: MarkSet, style: MarkStyle): void {
    this.style = style;
    this.lines = marks.links.map(({ from, to }) => ({
      from,
      to,
      element: createSvg('line', { stroke: style.line, 'stroke-width': '1', 'data-mark': 'link' }),
    }));
    this.trails = marks.trails.map((row) => ({
      row,
      element: createSvg('line', {
        stroke: style.text,
        'stroke-width': '1',
        'stroke-opacity': '0.4',
        'data-mark': 'trail',
        'data-row': String(row),
      }),
    }));
    this.ghosts = marks.ghosts.map((row) => createMark('ghost', row, style));
    const pins = new Set(marks.pinned);
    this.marks = [
      ...marks.ringed.filter((row) => !pins.has(row)).map((row) => createMark('ring', row, style)),
      ...marks.pinned.map((row) => createMark('pin', row, style)),
    ];
    this.lineGroup.replaceChildren(...[...this.trails, ...this.lines].map(({ element }) => element));
    this.markGroup.replaceChildren(...[...this.ghosts, ...this.marks].map(({ element }) => element));
    const row = this.hover?.row ?? null;
    this.hover = null;
    this.setHover(row);
  }

  /** Rings the hovered row, or none. */
  setHover(row: number | null): void {
    if (row === (this.hover?.row ?? null)) return;
    this.hover = row === null || this.style === null ? null : createMark('hover', row, this.style);
    this.hoverGroup.replaceChildren(...(this.hover === null ? [] : [this.hover.element]));
  }

  /** Moves every mark to where its row is; rows without a place are not shown. */
  place({ locate, locateOrigin, colourOf }: MarkPlaces): void {
    for (const { from, to, element } of this.lines) placeLine(element, locate(from), locate(to));
    for (const { row, element } of this.trails) placeLine(element, locateOrigin(row), locate(row));
    for (const { row, element } of this.ghosts) placeMark(element, locateOrigin(row));
    for (const mark of this.hover === null ? this.marks : [...this.marks, this.hover]) {
      placeMark(mark.element, locate(mark.row));
      mark.dot?.setAttribute('fill', colourOf(mark.row));
    }
  }
}

/** Shows a line between two places; one that is too short to be seen is hidden. */
function placeLine(element: SVGElement, start: Point | null, end: Point | null): void {
  const isShown = start !== null && end !== null && Math.hypot(start.x - end.x, start.y - end.y) > 0.5;
  setShown(element, isShown);
  if (isShown) setAttributes(element, { x1: start.x, y1: start.y, x2: end.x, y2: end.y });
}

function placeMark(element: SVGElement, point: Point | null): void {
  setShown(element, point !== null);
  if (point === null) return;
  element.setAttribute('transform', `translate(${point.x.toFixed(2)} ${point.y.toFixed(2)})`);
}

function createMark(kind: MarkKind, row: number, style: MarkStyle): Mark {
  const element = createSvg('g', { 'data-mark': kind, 'data-row': String(row) });
  // Marks stay large enough to be seen where points are tiny.
  const radiusPx = Math.max(style.radiusPx, leastDotPx);
  const ring = {
    ring: { r: radiusPx + 2.8, stroke: style.line, width: 1 },
    pin: { r: radiusPx + 4.6, stroke: style.text, width: 2 },
    hover: { r: radiusPx + 3.8, stroke: style.accent, width: 2 },
    ghost: { r: radiusPx + 4.6, stroke: style.text, width: 1.5 },
  }[kind];
  const isOpen = kind === 'ring' || kind === 'ghost';
  const dot = isOpen ? null : createSvg('circle', { r: String(radiusPx) });
  element.append(
    // Sets the ring off from points of a like colour.
    createSvg('circle', {
      r: String(ring.r),
      fill: 'none',
      stroke: style.canvas,
      'stroke-width': String(ring.width + 3),
    }),
    createSvg('circle', {
      r: String(ring.r),
      fill: isOpen ? 'none' : style.canvas,
      stroke: ring.stroke,
      'stroke-width': String(ring.width),
      ...(kind === 'ghost' ? { 'stroke-dasharray': '3 2.5' } : {}),
    }),
    ...(dot === null ? [] : [dot]),
  );
  return { row, element, dot };
}

function createSvg(name: string, attributes: Record<string, string> = {}): SVGElement {
  const element = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function setAttributes(element: SVGElement, values: Record<string, number>): void {
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, value.toFixed(2));
}

function setShown(element: SVGElement, isShown: boolean): void {
  element.style.display = isShown ? '' : 'none';
}
