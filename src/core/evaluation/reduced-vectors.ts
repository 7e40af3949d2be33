import type { UnitRows } from '@/core/similarity/unit-rows';

/** How each number of a vector is kept: four bytes, one byte, or one bit. */
type NumberCode = 'float32' | 'int8' | 'binary';

/** A smaller way to keep a run's vectors. */
export interface Reduction {
  readonly dims: number;
  readonly code: NumberCode;
}

const shorterLengths = [1024, 512, 256, 128, 64];
const codes: readonly NumberCode[] = ['float32', 'int8', 'binary'];

/** The full vectors first, then every length, code and combination that takes less. */
export function reductionsOf(width: number): Reduction[] {
  return [width, ...shorterLengths.filter((dims) => dims < width)].flatMap((dims) =>
    codes.map((code) => ({ dims, code })),
  );
}

/** Bytes that a million vectors take, without an index. */
export function bytesPerMillion({ dims, code }: Reduction): number {
  if (code === 'binary') return 1_000_000 * Math.ceil(dims / 8);
  return 1_000_000 * dims * (code === 'int8' ? 1 : 4);
}

/** The first `dims` numbers of each listed row, made length 1 again; a row without any stays zero. */
export function cutRows(rows: UnitRows, members: Uint32Array, dims: number): UnitRows {
  const values = new Float32Array(members.length * dims);
  members.forEach((row, i) => {
    const start = row * rows.dims;
    let square = 0;
    for (let k = 0; k < dims; k++) square += rows.values[start + k]! ** 2;
    const factor = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < dims; k++) values[i * dims + k] = rows.values[start + k]! * factor;
  });
  return { values, dims };
}

/** Most that the length of a row of whole numbers may be, so that every product of two is a whole number float32 holds. */
const longestRow = 4096;

/**
 * Rows as whole numbers −127 to 127 on one scale for all rows: the largest number becomes 127, or less where rows would grow
 * longer than 4,096. They come divided by 4,096, so a float32 product of two rows is the whole product of the integers
 * divided by 2²⁴, exactly.
 */
export function int8Rows({ values, dims }: UnitRows): UnitRows {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  // Rounding lengthens a row by half a unit a number at most.
  const scale = Math.min(127 / (largest || 1), longestRow - Math.sqrt(dims) / 2);
  return { values: values.map((value) => Math.round(value * scale) / longestRow), dims };
}

/** One bit a number, 1 where it is positive; `words` 32-bit words a row. */
export function binaryRows({ values, dims }: UnitRows): { bits: Uint32Array<ArrayBuffer>; words: number } {
  const words = Math.ceil(dims / 32);
  const count = values.length / dims;
  const bits = new Uint32Array(count * words);
  for (let row = 0; row < count; row++) {
    for (let k = 0; k < dims; k++)
      if (values[row * dims + k]! > 0) bits[row * words + (k >>> 5)]! |= 1 << (k & 31);
  }
  return { bits, words };
}

/**
 * The k rows at the least Hamming distance from one row, itself left out, equal distances by row. Writes ids and similarities
 * 1 − 2·distance/dims at `at`.
 */
export function nearestByBits(
  { bits, words }: { bits: Uint32Array; words: number },
  dims: number,
  row: number,
  k: number,
  at: number,
  ids: Int32Array,
  similarities: Float32Array,
): void {
  const count = bits.length / words;
  const distances = new Uint32Array(k);
  let found = 0;
  const own = row * words;
  for (let other = 0; other < count; other++) {
    if (other === row) continue;
    let distance = 0;
    const start = other * words;
    for (let word = 0; word < words; word++) distance += countBits(bits[own + word]! ^ bits[start + word]!);
    if (found === k && distance >= distances[k - 1]!) continue;
    let place = found < k ? found++ : k - 1;
    while (place > 0 && distances[place - 1]! > distance) {
      distances[place] = distances[place - 1]!;
      ids[at + place] = ids[at + place - 1]!;
      place--;
    }
    distances[place] = distance;
    ids[at + place] = other;
  }
  for (let i = 0; i < found; i++) similarities[at + i] = 1 - (2 * distances[i]!) / dims;
}

/** Ones among 32 bits (Warren, "Hacker's Delight", 5-1). */
function countBits(value: number): number {
  let sum = value - ((value >>> 1) & 0x5555_5555);
  sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
