import { seededGaussian } from '@/core/random';
import type { Work } from '@/core/work';
import { addTimes, along } from './row-direction';
import { rowsPerYield, type UnitRows } from './unit-rows';

const iterations = 8;
const seed = 1;
/** Rows by which the main direction of a part is found; of more, every so manieth. */
const rowsForDirection = 2048;

/**
 * Splits rows into parts of at most `most`, alike ones together: a part that is too large is cut in two at the median along its main
 * direction (after Boley 1998, principal direction divisive partitioning), found by a few steps of power iteration on some two thousand
 * of its rows. Parts are in the order of these cuts. The same rows give the same parts. Progress counts rows, once for each cut of all.
 */
export function* splitRows(rows: UnitRows, members: Uint32Array, most: number): Work<Uint32Array[]> {
  const parts: Uint32Array[] = [];
  const open = [members];
  const total = members.length * Math.max(1, Math.ceil(Math.log2(members.length / most)));
  let done = 0;
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.length <= most) {
      parts.push(part);
      continue;
    }
    const places = yield* placesAlong(rows, part, done, total);
    const sorted = sortByPlace(part, places);
    const half = sorted.length >> 1;
    open.push(sorted.slice(half), sorted.slice(0, half));
    done = Math.min(total, done + part.length);
  }
  return parts;
}

/** The rows by their places, equal ones by index. */
function sortByPlace(members: Uint32Array, places: Float64Array): Uint32Array<ArrayBuffer> {
  const positions = Uint32Array.from(members.keys());
  positions.sort((a, b) => places[a]! - places[b]! || members[a]! - members[b]!);
  return positions.map((position) => members[position]!);
}

/** Each row's place along the main direction of the rows. */
function* placesAlong(
  rows: UnitRows,
  members: Uint32Array,
  done: number,
  total: number,
): Work<Float64Array<ArrayBuffer>> {
  const count = members.length;
  const pause = rowsPerYield(rows.dims);
  const stride = Math.ceil(count / rowsForDirection);
  const sample = members.filter((_, i) => i % stride === 0);
  const direction = yield* mainDirection(rows, sample, done, total);
  const places = new Float64Array(count);
  for (let from = 0; from < count; from += pause) {
    for (let i = from; i < Math.min(count, from + pause); i++)
      places[i] = along(rows, members[i]!, direction);
    yield { done, total };
  }
  return places;
}

/** The direction along which rows differ most from their mean, not of length 1. */
function* mainDirection(
  rows: UnitRows,
  members: Uint32Array,
  done: number,
  total: number,
): Work<Float64Array<ArrayBuffer>> {
  const { dims } = rows;
  const count = members.length;
  const pause = rowsPerYield(dims);
  const mean = new Float64Array(dims);
  for (let from = 0; from < count; from += pause) {
    for (let i = from; i < Math.min(count, from + pause); i++) addTimes(rows, members[i]!, 1 / count, mean);
    yield { done, total };
  }
  const next = seededGaussian(seed);
  let direction = Float64Array.from({ length: dims }, next);
  for (let round = 0; round < iterations; round++) {
    const length = Math.hypot(...direction) || 1;
    for (let k = 0; k < dims; k++) direction[k]! /= length;
    let middle = 0;
    for (let k = 0; k < dims; k++) middle += mean[k]! * direction[k]!;
    // Places about the middle add up to nothing, so the mean need not be taken off the rows.
    const sum = new Float64Array(dims);
    for (let from = 0; from < count; from += pause) {
      for (let i = from; i < Math.min(count, from + pause); i++)
        addTimes(rows, members[i]!, along(rows, members[i]!, direction) - middle, sum);
      yield { done, total };
    }
    direction = sum;
  }
  return direction;
}
