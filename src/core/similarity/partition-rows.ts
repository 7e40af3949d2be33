import { seededRandom } from '@/core/random';
import type { Work } from '@/core/work';
import { addTimes, along } from './row-direction';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** Rows by which a group's two halves are told apart. */
const rowsSampled = 256;
const rounds = 4;
/**
 * Brings the members into an order in which near ones are mostly close together: bands of `bandRows` consecutive ones are found by
 * halving. In each group the rows that lie more along the difference of two means (2-means on a sample) go after the others, half
 * and half up to whole bands. Each seed cuts elsewhere. Float64 sums in a fixed order: equal input, equal result, in every
 * engine. The caller owns the result. Yields every few milliseconds.
 */
export function* partitionRows(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly bandRows: number;
  readonly seed: number;
}): Work<Uint32Array<ArrayBuffer>> {
  const { rows, members, bandRows, seed } = request;
  const order = Uint32Array.from(members);
  const random = seededRandom(seed);
  const keys = new Float64Array(order.length);
  const groups: [number, number][] = [[0, order.length]];
  let done = 0;
  for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
    const [from, to] = group;
    const bands = Math.ceil((to - from) / bandRows);
    if (bands < 2) {
      done += to - from;
      continue;
    }
    const direction = tellApart(rows, order, from, to, random);
    yield* projectRows(rows, order, from, to, direction, keys, { done, total: order.length });
    const middle = from + Math.floor(bands / 2) * bandRows;
    selectFirst(order, keys, from, to, middle);
    groups.push([middle, to], [from, middle]);
  }
  return order;
}

/** The difference of two means of a sample of order[from..to), each the mean of the rows nearer to it. */
function tellApart(
  rows: UnitRows,
  order: Uint32Array,
  from: number,
  to: number,
  random: () => number,
): Float64Array {
  const { values, dims } = rows;
  const sample = Array.from(
    { length: Math.min(rowsSampled, to - from) },
    () => order[from + Math.floor(random() * (to - from))]!,
  );
  const farthestFrom = (row: number) => {
    const direction = Float64Array.from(values.subarray(row * dims, (row + 1) * dims));
    let farthest = sample[0]!;
    let least = Number.POSITIVE_INFINITY;
    for (const other of sample) {
      const cosine = along(rows, other, direction);
      if (cosine < least) [least, farthest] = [cosine, other];
    }
    return farthest;
  };
  const first = farthestFrom(sample[0]!);
  const second = farthestFrom(first);
  const direction = Float64Array.from(
    { length: dims },
    (_, k) => values[first * dims + k]! - values[second * dims + k]!,
  );
  for (let round = 0; round < rounds; round++) {
    const sides = Float64Array.from(sample, (row) => along(rows, row, direction));
    // The middle of the sides parts the sample in equal halves, as the group will be.
    const middle = sides.slice().sort()[Math.floor(sides.length / 2)]!;
    direction.fill(0);
    for (let at = 0; at < sample.length; at++)
      addTimes(rows, sample[at]!, sides[at]! < middle ? -1 : 1, direction);
    let squares = 0;
    for (const value of direction) squares += value * value;
    const length = Math.sqrt(squares) || 1;
    for (let k = 0; k < dims; k++) direction[k]! /= length;
  }
  return direction;
}

function* projectRows(
  rows: UnitRows,
  order: Uint32Array,
  from: number,
  to: number,
  direction: Float64Array,
  keys: Float64Array,
  progress: { done: number; total: number },
): Work<void> {
  const rowsAYield = rowsPerYield(rows.dims);
  for (let at = from; at < to; at++) {
    keys[at] = along(rows, order[at]!, direction);
    if ((at + 1) % rowsAYield === 0) yield progress;
  }
}

/** Brings the entries of [from, to) with the smallest keys before `middle` (Hoare's selection), equal keys by row. */
function selectFirst(order: Uint32Array, keys: Float64Array, from: number, to: number, middle: number): void {
  let low = from;
  let high = to - 1;
  while (low < high) {
    const pivot = (low + high) >> 1;
    const key = keys[pivot]!;
    const row = order[pivot]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i]! < key || (keys[i] === key && order[i]! < row)) i++;
      while (keys[j]! > key || (keys[j] === key && order[j]! > row)) j--;
      if (i > j) break;
      [keys[i], keys[j]] = [keys[j]!, keys[i]!];
      [order[i], order[j]] = [order[j]!, order[i]!];
      i++;
      j--;
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}
