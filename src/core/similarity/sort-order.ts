import type { Work } from '@/core/work';

const digitBits = 11;
const digitCount = 2 ** digitBits;
const valuesAYield = 2 ** 20;

/**
 * Positions of the values in ascending order, equal values by position; NaN is not allowed, −0 counts as 0. Three counting
 * passes over the bits (LSD radix sort), so it can be interrupted where a sort of the library cannot.
 */
export function* sortOrder(values: Float32Array): Work<Uint32Array<ArrayBuffer>> {
  const count = values.length;
  const bits = new Uint32Array(Float32Array.from(values, (value) => value + 0).buffer);
  // Bits of negative numbers fall as the number grows: turned round, all compare as whole numbers.
  for (let i = 0; i < count; i++) bits[i] = bits[i]! >>> 31 === 1 ? ~bits[i]! : bits[i]! | 0x8000_0000;
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  let next = new Uint32Array(count);
  const total = 3 * count;
  for (let pass = 0; pass < 3; pass++) {
    const shift = pass * digitBits;
    const starts = new Uint32Array(digitCount + 1);
    for (let i = 0; i < count; i++) starts[((bits[i]! >>> shift) & (digitCount - 1)) + 1]!++;
    for (let digit = 1; digit <= digitCount; digit++) starts[digit]! += starts[digit - 1]!;
    for (let i = 0; i < count; i++) {
      const at = order[i]!;
      const digit = (bits[at]! >>> shift) & (digitCount - 1);
      next[starts[digit]!++] = at;
      if (i % valuesAYield === valuesAYield - 1) yield { done: pass * count + i, total };
    }
    [order, next] = [next, order];
    yield { done: (pass + 1) * count, total };
  }
  return order;
}

/** Ranks from 1 on, equal values sharing the mean of theirs; exact to two million values. The caller owns the array. */
export function* averageRanksOf(values: Float32Array): Work<Float32Array<ArrayBuffer>> {
  const order = yield* sortOrder(values);
  const ranks = new Float32Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
