import type { Work } from '@/core/work';
import { nearestOnMap } from './nearest-on-map';

export interface LayoutStability {
  /** Of each row the mean share, over the other maps, of its k nearest on this one that are among its k nearest there; 0 to 1. */
  readonly kept: Float32Array<ArrayBuffer>;
  /**
   * Rows that wander, ascending: in more than half of the other maps most of their k nearest on this one lie farther from them
   * than half the root mean square distance of all places from their mean.
   */
  readonly wandering: Uint32Array<ArrayBuffer>;
  /** Neighbours looked at: the k asked for, or fewer where there are no more. */
  readonly k: number;
}

const farShare = 0.5;

/** How much of a map (count × 2, finite) stays in others of the same rows. Progress counts maps. */
export function* layoutStability(request: {
  readonly layout: Float32Array;
  readonly others: readonly Float32Array[];
  readonly k: number;
}): Work<LayoutStability> {
  const { layout, others } = request;
  const count = layout.length / 2;
  const k = Math.max(0, Math.min(request.k, count - 1));
  const kept = new Float32Array(count);
  const timesFar = new Uint16Array(count);
  if (k === 0 || others.length === 0) return { kept: kept.fill(1), wandering: new Uint32Array(), k };
  const total = others.length + 1;
  const here = yield* within(nearestOnMap(layout, k), 0, total);
  for (const [at, other] of others.entries()) {
    const there = yield* within(nearestOnMap(other, k), at + 1, total);
    const far = farShare * spreadOf(other);
    for (let row = 0; row < count; row++) {
      const mine = here.subarray(row * k, (row + 1) * k);
      const theirs = new Set(there.subarray(row * k, (row + 1) * k));
      let [shared, away] = [0, 0];
      for (const near of mine) {
        if (theirs.has(near)) shared++;
        if (distanceOn(other, row, near) > far) away++;
      }
      kept[row]! += shared / k / others.length;
      if (away > k / 2) timesFar[row]! += 1;
    }
  }
  const wandering = Uint32Array.from(timesFar.keys()).filter((row) => timesFar[row]! > others.length / 2);
  return { kept, wandering, k };
}

function distanceOn(layout: Float32Array, a: number, b: number): number {
  return Math.hypot(layout[2 * a]! - layout[2 * b]!, layout[2 * a + 1]! - layout[2 * b + 1]!);
}

/** Root mean square distance of the places from their mean. */
function spreadOf(layout: Float32Array): number {
  const count = layout.length / 2;
  let [sumX, sumY, squares] = [0, 0, 0];
  for (let i = 0; i < layout.length; i += 2) {
    sumX += layout[i]!;
    sumY += layout[i + 1]!;
    squares += layout[i]! ** 2 + layout[i + 1]! ** 2;
  }
  return Math.sqrt(Math.max(0, squares / count - (sumX / count) ** 2 - (sumY / count) ** 2));
}

/** Steps of one map as steps of all. */
function* within<Result>(work: Work<Result>, mapsDone: number, total: number): Work<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield { done: mapsDone, total };
  }
}
