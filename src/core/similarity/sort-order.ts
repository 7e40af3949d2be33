import type { Work } from '@/core/work';

const digitBits = 11;
const digitCount = 2 ** digitBits;
const valuesAYield = 2 ** 17;

/**
 * Positions of the values in ascending order, equal values by position; NaN is not allowed, −0 counts as 0. Three counting
 * passes over the bits (LSD radix sort), so it can be interrupted where a sort of the library cannot.
 */
export function* sortOrder(values: Float32Array): Work<Uint32Array<ArrayBuffer>> {
  const count = values.length;
  const numbers = values.slice();
  const bits = new Uint32Array(numbers.buffer);
  let order = new Uint32Array(count);
  let next = new Uint32Array(count);
  const total = 7 * count;
  let done = 0;
  const parts = function* (work: (from: number, to: number) => void): Work<void> {
    for (let from = 0; from < count; from += valuesAYield) {
      const to = Math.min(count, from + valuesAYield);
      work(from, to);
      done += to - from;
      yield { done, total };
    }
  };
  yield* parts((from, to) => {
    makeSortable(numbers, bits, from, to);
    for (let i = from; i < to; i++) order[i] = i;
  });
  for (let pass = 0; pass < 3; pass++) {
    const shift = pass * digitBits;
    const starts = new Uint32Array(digitCount + 1);
    yield* parts((from, to) => countDigits(bits, shift, starts, from, to));
    for (let digit = 1; digit <= digitCount; digit++) starts[digit]! += starts[digit - 1]!;
    yield* parts((from, to) => placeByDigit(bits, shift, starts, order, next, from, to));
    [order, next] = [next, order];
  }
  return order;
}

// Loops of their own: in the middle of a generator they take several times as long.

/** Turns numbers into bits that compare as whole numbers: those of negative ones fall as the number grows. */
function makeSortable(numbers: Float32Array, bits: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    numbers[i]! += 0;
    bits[i] = bits[i]! >>> 31 === 1 ? ~bits[i]! : bits[i]! | 0x8000_0000;
  }
}

function countDigits(bits: Uint32Array, shift: number, counts: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) counts[((bits[i]! >>> shift) & (digitCount - 1)) + 1]!++;
}

function placeByDigit(
  bits: Uint32Array,
  shift: number,
  starts: Uint32Array,
  order: Uint32Array,
  next: Uint32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const at = order[i]!;
    const digit = (bits[at]! >>> shift) & (digitCount - 1);
    next[starts[digit]!++] = at;
  }
}

/** Ranks from 1 on, equal values sharing the mean of theirs; exact to two million values. The caller owns the array. */
export function* averageRanksOf(values: Float32Array): Work<Float32Array<ArrayBuffer>> {
  const order = yield* sortOrder(values);
  const ranks = new Float32Array(values.length);
  let pause = valuesAYield;
  for (let start = 0; start < order.length; ) {
    const end = endOfEqual(values, order, start);
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
    if (start < pause) continue;
    pause = start + valuesAYield;
    yield { done: start, total: order.length };
  }
  return ranks;
}

/** One past the last place whose value is that at `start`; `order` sorts the values. */
export function endOfEqual(values: Float32Array, order: Uint32Array, start: number): number {
  const value = values[order[start]!];
  let end = start + 1;
  while (end < order.length && values[order[end]!] === value) end++;
  return end;
}
