import { describe, expect, it } from 'vitest';
import { findMovingGroups } from '@/core/comparison/moving-groups';
import { alongWeightedSum, squaredLengths } from '@/core/comparison/space-products';
import { seededRandom } from '@/core/random';
import { makeUnitRows, referenceProduct } from '@/core/similarity/reference-similarity';
import { averageRanksOf, sortOrder } from '@/core/similarity/sort-order';
import { finishWork, type Work } from '@/core/work';
import { binaryRows, cutRows, int8Rows } from './reduced-vectors';
import { separationAuc } from './separation-auc';
import { silhouettes } from './silhouettes';

/** How often work gives way before it ends: between two of these it can neither be stopped nor let others in. */
function stepsOf(work: Work<unknown>): number {
  let steps = 0;
  while (!work.next().done) steps++;
  return steps;
}

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
const random = seededRandom(1);
const values = Float32Array.from({ length: 2 ** 19 }, random);

describe('work that compares runs gives way', () => {
  it('while it sorts and ranks, at least every 131,072 values of each pass', () => {
    expect(stepsOf(sortOrder(values))).toBeGreaterThanOrEqual(7 * 4);
    expect(stepsOf(averageRanksOf(values))).toBeGreaterThanOrEqual(8 * 4 - 1);
  });

  it('while it counts pairs by label, at least every 65,536', () => {
    const count = 800;
    const pairs = (count * (count - 1)) / 2;
    const rows = makeUnitRows({ count, dims: 4, seed: 2, pull: 0.2, copies: 0 });
    const members = all(count);
    const classOf = Int32Array.from(members, (row) => row % 3);
    const counted = stepsOf(separationAuc({ rows, members, classOf, product: referenceProduct }));
    expect(counted).toBeGreaterThanOrEqual((7 * pairs) / 2 ** 17 + (2 * pairs) / 2 ** 16 - 2);
  });

  it('while it looks for rows that move together, at least every 64 rows of each step', () => {
    const [count, listLength] = [640, 20];
    const lists = () => Int32Array.from({ length: count * listLength }, () => Math.floor(random() * count));
    const steps = stepsOf(findMovingGroups({ a: lists(), b: lists(), count, k: 10, listLength }));
    // What changed, twice; both ways two places and what is alike to them, and the rows themselves.
    expect(steps).toBeGreaterThanOrEqual((2 + 2 * (2 + 2 + 1)) * (count / 64));
  });

  it('while it goes through vectors, at least every 2¹⁹ numbers', () => {
    const [count, dims] = [512, 2048];
    const rows = { values: new Float32Array(count * dims).fill(1 / Math.sqrt(dims)), dims };
    const members = all(count);
    const mean = new Float64Array(dims);
    const least = Math.floor((count * dims) / 2 ** 19);
    const side = { rows, indices: members };
    expect(stepsOf(squaredLengths(side, mean))).toBeGreaterThanOrEqual(least);
    expect(stepsOf(alongWeightedSum(side, mean, new Float64Array(count)))).toBeGreaterThanOrEqual(2 * least);
    const cut = finishWork(cutRows(rows, members, dims));
    expect(stepsOf(cutRows(rows, members, dims))).toBeGreaterThanOrEqual(least);
    expect(stepsOf(int8Rows(cut))).toBeGreaterThanOrEqual(2 * least);
    expect(stepsOf(binaryRows(cut))).toBeGreaterThanOrEqual(least);
    const classOf = Int32Array.from(members, (row) => row % 2);
    const work = silhouettes({ rows, members, classOf, classCount: 2 });
    expect(stepsOf(work)).toBeGreaterThanOrEqual(3 * least);
  });
});
