import type { Point, Rect, Size } from './camera';

/** A label that looks for a place: where it belongs, and the size of its words, in CSS pixels. */
export interface WantedLabel extends Size {
  readonly anchor: Point;
}

const cellPx = 4;
/** Free pixels around a label. */
const gapPx = 3;
/** Shifts tried, in label widths and heights. */
const shiftsX = [0, -0.25, 0.25, -0.5, 0.5];
const shiftsY = [0, -1, 1, -2, 2, -3, 3];

/** Counts points in rectangles of a view quickly: sums over a grid of 4 px cells. */
export class PointCover {
  readonly #columns: number;
  readonly #rows: number;
  readonly #counts: Uint32Array;
  #isSummed = false;

  constructor({ width, height }: Size) {
    this.#columns = Math.max(1, Math.ceil(width / cellPx));
    this.#rows = Math.max(1, Math.ceil(height / cellPx));
    this.#counts = new Uint32Array((this.#columns + 1) * (this.#rows + 1));
  }

  /** Adds a point of the view; not after the first count. */
  add(x: number, y: number): void {
    const column = Math.min(this.#columns - 1, Math.max(0, Math.floor(x / cellPx)));
    const row = Math.min(this.#rows - 1, Math.max(0, Math.floor(y / cellPx)));
    this.#counts[(row + 1) * (this.#columns + 1) + column + 1]! += 1;
  }

  /** Points in the cells that a rectangle touches. */
  count({ x, y, width, height }: Rect): number {
    if (!this.#isSummed) this.#sum();
    const left = clamp(Math.floor(x / cellPx), this.#columns);
    const right = clamp(Math.ceil((x + width) / cellPx), this.#columns);
    const top = clamp(Math.floor(y / cellPx), this.#rows);
    const bottom = clamp(Math.ceil((y + height) / cellPx), this.#rows);
    const at = (row: number, column: number) => this.#counts[row * (this.#columns + 1) + column]!;
    return at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left);
  }

  #sum(): void {
    this.#isSummed = true;
    const line = this.#columns + 1;
    for (let row = 1; row <= this.#rows; row++)
      for (let column = 1; column <= this.#columns; column++)
        this.#counts[row * line + column]! +=
          this.#counts[(row - 1) * line + column]! +
          this.#counts[row * line + column - 1]! -
          this.#counts[(row - 1) * line + column - 1]!;
  }
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

/**
 * Finds places for labels, the first wanted first: near the anchor, where they cover the fewest points, within the view, never over each
 * other or an obstacle. A label without such a place has none.
 *
 * @param obstacles are not changed
 * @returns for each label its rectangle, or null
 */
export function placeLabels(request: {
  readonly labels: readonly WantedLabel[];
  readonly size: Size;
  readonly obstacles: readonly Rect[];
  readonly cover: PointCover;
}): (Rect | null)[] {
  const { labels, size, cover } = request;
  const taken = [...request.obstacles];
  return labels.map(({ anchor, width, height }) => {
    let best: Rect | null = null;
    let leastCost = Number.POSITIVE_INFINITY;
    for (const shiftY of shiftsY) {
      for (const shiftX of shiftsX) {
        const rect = {
          x: anchor.x - width / 2 + shiftX * width,
          y: anchor.y - height / 2 + shiftY * height,
          width,
          height,
        };
        const isInside =
          rect.x >= gapPx &&
          rect.y >= gapPx &&
          rect.x + width <= size.width - gapPx &&
          rect.y + height <= size.height - gapPx;
        if (!isInside || taken.some((other) => doOverlap(rect, other))) continue;
        // A label's own height away weighs as much as covering two points.
        const distance = Math.hypot(shiftX * width, shiftY * height) / height;
        const cost = cover.count(rect) + 2 * distance;
        if (cost < leastCost) {
          leastCost = cost;
          best = rect;
        }
      }
    }
    if (best !== null) taken.push(best);
    return best;
  });
}

function doOverlap(a: Rect, b: Rect): boolean {
  return (
    a.x < b.x + b.width + gapPx &&
    b.x < a.x + a.width + gapPx &&
    a.y < b.y + b.height + gapPx &&
    b.y < a.y + a.height + gapPx
  );
}
