import KDBush from 'kdbush';
import { absentX } from './world-points';

/** Rows a tree: building one takes about 20 ms, so that the page stays awake between two. */
const rowsPerTree = 20_000;

/** Finds the row nearest to a place among the rows of one map. It is built in steps, so that no step holds the page up. */
export class PointIndex {
  private readonly trees: { tree: KDBush; rows: Uint32Array }[] = [];
  private indexed = 0;

  /** `world` (rows × 2, absent rows marked by `absentX`) must not change afterwards. */
  constructor(private readonly world: Float32Array) {}

  /** Whether all rows are in. */
  get isComplete(): boolean {
    return 2 * this.indexed + 1 >= this.world.length;
  }

  /** Takes the next rows in; without more to do it does nothing. */
  advance(): void {
    if (this.isComplete) return;
    const end = Math.min(this.indexed + rowsPerTree, Math.floor(this.world.length / 2));
    const rows = new Uint32Array(end - this.indexed);
    let placed = 0;
    for (let row = this.indexed; row < end; row++) {
      if (this.xOf(row) < absentX / 2) rows[placed++] = row;
    }
    this.indexed = end;
    if (placed === 0) return;
    const tree = new KDBush(placed, 64, Float32Array);
    for (const row of rows.subarray(0, placed)) tree.add(this.xOf(row), this.yOf(row));
    tree.finish();
    this.trees.push({ tree, rows });
  }

  /** Takes all rows in. */
  complete(): void {
    while (!this.isComplete) this.advance();
  }

  /** The nearest accepted row within `radius` world units among those taken in, the later drawn one on a tie, or null. */
  findNearest(x: number, y: number, radius: number, accepts: (row: number) => boolean): number | null {
    let nearest: number | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const { tree, rows } of this.trees) {
      for (const index of tree.within(x, y, radius)) {
        const row = rows[index] as number;
        if (!accepts(row)) continue;
        const distance = (this.xOf(row) - x) ** 2 + (this.yOf(row) - y) ** 2;
        if (distance < least || (distance === least && row > (nearest ?? -1))) {
          least = distance;
          nearest = row;
        }
      }
    }
    return nearest;
  }

  private xOf(row: number): number {
    return this.world[2 * row] as number;
  }

  private yOf(row: number): number {
    return this.world[2 * row + 1] as number;
  }
}
