import { seededGaussian } from '@/core/random';
import type { Work } from '@/core/work';
import { rowsPerYield, type UnitRows } from './unit-rows';

const iterations = 8;
const seed = 1;

/**
 * Splits rows into parts of at most `most`, alike ones together: a part that is too large is cut in two at the median along its main
 * direction (after Boley 1998, principal direction divisive partitioning), found by a few steps of power iteration. Parts are in
 * the order of these cuts. The same rows give the same parts.
 */
export function* splitRows(rows: UnitRows, members: Uint32Array, most: number): Work<Uint32Array[]> {
  const parts: Uint32Array[] = [];
  const open = [members];
  const total = members.length;
  let done = 0;
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.length <= most) {
      parts.push(part);
      done += part.length;
      continue;
    }
    const along = new Map<number, number>();
    const places = yield* placesAlong(rows, part, done, total);
    part.forEach((row, i) => {
      along.set(row, places[i]!);
    });
    const sorted = Uint32Array.from(part).sort((a, b) => along.get(a)! - along.get(b)! || a - b);
    const half = sorted.length >> 1;
    open.push(sorted.slice(half), sorted.slice(0, half));
  }
  return parts;
}

/** Each row's place along the main direction of the rows about their mean. */
function* placesAlong(rows: UnitRows, members: Uint32Array, done: number, total: number): Work<Float64Array> {
  const { values, dims } = rows;
  const pause = rowsPerYield(dims);
  const mean = new Float64Array(dims);
  for (let i = 0; i < members.length; i++) {
    const start = members[i]! * dims;
    for (let k = 0; k < dims; k++) mean[k]! += values[start + k]! / members.length;
    if (i % pause === 0) yield { done, total };
  }
  const next = seededGaussian(seed);
  let direction = Float64Array.from({ length: dims }, next);
  const places = new Float64Array(members.length);
  for (let round = 0; round < iterations; round++) {
    const length = Math.hypot(...direction) || 1;
    for (let k = 0; k < dims; k++) direction[k]! /= length;
    let offset = 0;
    for (let k = 0; k < dims; k++) offset += mean[k]! * direction[k]!;
    const sum = new Float64Array(dims);
    for (let i = 0; i < members.length; i++) {
      const start = members[i]! * dims;
      let place = -offset;
      for (let k = 0; k < dims; k++) place += values[start + k]! * direction[k]!;
      places[i] = place;
      for (let k = 0; k < dims; k++) sum[k]! += place * (values[start + k]! - mean[k]!);
      if (i % pause === 0) yield { done, total };
    }
    direction = sum;
  }
  return places;
}
