import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

const stepsASlice = 4000;

/**
 * All rows in the order of their numbers, those without one (NaN) last whichever way, equal ones by row.
 */
export function* orderByNumber(values: Float64Array, isDescending: boolean): Work<Uint32Array<ArrayBuffer>> {
  const filled: number[] = [];
  const blank: number[] = [];
  values.forEach((value, row) => {
    if (Number.isNaN(value)) blank.push(row);
    else filled.push(row);
  });
  const sign = isDescending ? -1 : 1;
  const compare = (a: number, b: number) => {
    const x = values[a]!;
    const y = values[b]!;
    return x === y ? a - b : x < y ? -sign : sign;
  };
  const sorted = yield* sortInSlices(Uint32Array.from(filled), compare);
  return join(sorted, blank);
}

/**
 * All rows in the order of their texts as people sort them (case and accents decide last, "lot 9" before "lot 10"), empty
 * ones last whichever way, equal ones by row.
 */
export function* orderByText(column: TextColumn, isDescending: boolean): Work<Uint32Array<ArrayBuffer>> {
  const total = column.ends.length;
  const places = new Map<string, number>();
  const names: string[] = [];
  const nameOf = new Int32Array(total);
  for (let row = 0; row < total; row++) {
    const text = textAt(column, row).trim();
    let name = places.get(text);
    if (name === undefined) {
      name = names.length;
      places.set(text, name);
      names.push(text);
    }
    nameOf[row] = name;
    if (row % stepsASlice === stepsASlice - 1) yield { done: row, total };
  }
  // One language for all, so that the same rows stand in the same order everywhere.
  const { compare } = new Intl.Collator('en', { numeric: true });
  const sign = isDescending ? -1 : 1;
  const order = yield* sortInSlices(
    Uint32Array.from(names.keys()),
    (a, b) => sign * compare(names[a]!, names[b]!) || a - b,
  );
  const rank = new Uint32Array(names.length);
  let before: string | null = null;
  let place = -1;
  for (const name of order) {
    const text = names[name]!;
    if (text === '') continue;
    // "lot 01" and "lot 1" are in the same place.
    if (before === null || compare(before, text) !== 0) place++;
    before = text;
    rank[name] = place;
  }
  const last = places.get('');
  if (last !== undefined) rank[last] = place + 1;
  return bucketByRank(nameOf, rank);
}

/** Rows by the rank of their name, equal ones by row: one pass to count, one to place. */
function bucketByRank(nameOf: Int32Array, rank: Uint32Array): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(rank.length + 1);
  for (const name of nameOf) starts[rank[name]! + 1]! += 1;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const rows = new Uint32Array(nameOf.length);
  nameOf.forEach((name, row) => {
    rows[starts[rank[name]!]!++] = row;
  });
  return rows;
}

/** Merge sort that gives way every few thousand steps; `compare` decides every pair (no two are equal). */
function* sortInSlices(
  items: Uint32Array<ArrayBuffer>,
  compare: (a: number, b: number) => number,
): Work<Uint32Array<ArrayBuffer>> {
  const { length: total } = items;
  let from = items;
  let to = new Uint32Array(total);
  let steps = 0;
  for (let width = 1; width < total; width *= 2) {
    for (let start = 0; start < total; start += 2 * width) {
      const middle = Math.min(start + width, total);
      const end = Math.min(start + 2 * width, total);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const takesLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0);
        to[at] = takesLeft ? from[left++]! : from[right++]!;
        if (++steps % stepsASlice === 0) yield { done: width, total };
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

function join(first: Uint32Array, rest: readonly number[]): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(first.length + rest.length);
  rows.set(first);
  rows.set(rest, first.length);
  return rows;
}
