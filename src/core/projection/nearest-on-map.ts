import KDBush from 'kdbush';
import type { Work } from '@/core/work';

const rowsPerYield = 512;

/**
 * The k nearest of each row on a map (count × 2, finite), nearest first, ties by index, the row itself left out: count × k
 * rows, −1 where there are fewer. Yields every few milliseconds.
 */
export function* nearestOnMap(layout: Float32Array, k: number): Work<Int32Array<ArrayBuffer>> {
  const count = layout.length / 2;
  const nearest = new Int32Array(count * k).fill(-1);
  if (count < 2 || k < 1) return nearest;
  const tree = new KDBush(count, 64, Float32Array);
  for (let row = 0; row < count; row++) tree.add(layout[2 * row]!, layout[2 * row + 1]!);
  tree.finish();
  let reach = 1e-6;
  const wanted = Math.min(k, count - 1);
  for (let row = 0; row < count; row++) {
    const x = layout[2 * row]!;
    const y = layout[2 * row + 1]!;
    const apart = (other: number) => (layout[2 * other]! - x) ** 2 + (layout[2 * other + 1]! - y) ** 2;
    // Rows that follow each other lie anywhere, so the reach is halved before it is widened again.
    reach /= 2;
    let found = tree.within(x, y, reach);
    while (found.length <= wanted) {
      reach *= 2;
      found = tree.within(x, y, reach);
    }
    found
      .filter((other) => other !== row)
      .map((other) => ({ other, distance: apart(other) }))
      .sort((a, b) => a.distance - b.distance || a.other - b.other)
      .slice(0, wanted)
      .forEach(({ other }, at) => {
        nearest[row * k + at] = other;
      });
    if ((row + 1) % rowsPerYield === 0) yield { done: row + 1, total: count };
  }
  return nearest;
}
