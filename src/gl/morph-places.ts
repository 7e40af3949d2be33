import { absentX, mixRow } from './world-points';

/** Two maps of the same rows in one coordinate system (world arrays, rows × 2) and what is drawn between them. */
export class MorphPlaces {
  private readonly start: Float32Array;
  private readonly end: Float32Array;

  constructor(
    private readonly first: Float32Array,
    private readonly second: Float32Array,
  ) {
    this.start = first.slice();
    this.end = second.slice();
    for (let i = 0; i < first.length; i += 2) {
      if (first[i]! < absentX / 2 && (second[i] ?? absentX) < absentX / 2) continue;
      this.start[i] = absentX;
      this.end[i] = absentX;
    }
  }

  /** Places that the points come from and go to, and how far they are. At either end the whole map; between, only rows that both have. */
  at(share: number): { start: Float32Array; end: Float32Array; progress: number } {
    if (share <= 0) return { start: this.first, end: this.first, progress: 1 };
    if (share >= 1) return { start: this.second, end: this.second, progress: 1 };
    return { start: this.start, end: this.end, progress: share };
  }
}

/** The nearest accepted row within `radius` of a place while rows are on their way: each is looked at, as an index would be out of date at the next frame. */
export function findNearestOnWay(
  { start, end, progress }: { start: Float32Array; end: Float32Array; progress: number },
  { x, y }: { x: number; y: number },
  radius: number,
  accepts: (row: number) => boolean,
): number | null {
  let nearest: number | null = null;
  let least = radius * radius;
  for (let row = 0; 2 * row + 1 < end.length; row++) {
    if (end[2 * row]! >= absentX / 2) continue;
    const place = mixRow(start, end, row, progress);
    if (place === null) continue;
    const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (distance > least || !accepts(row)) continue;
    least = distance;
    nearest = row;
  }
  return nearest;
}
