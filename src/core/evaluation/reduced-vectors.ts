import { rowsPerYield, type UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

/** How each number of a vector is kept: four bytes, one byte, or one bit. */
type NumberCode = 'float32' | 'int8' | 'binary';

/** A smaller way to keep a run's vectors. */
export interface Reduction {
  readonly dims: number;
  readonly code: NumberCode;
}

const shorterLengths = [1024, 512, 256, 128, 64];
const numbersAYield = 2 ** 18;
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

/** The first `dims` numbers of each listed row, made length 1 again; a row without any stays zero. Yields every few milliseconds. */
export function* cutRows(rows: UnitRows, members: Uint32Array, dims: number): Work<UnitRows> {
  const values = new Float32Array(members.length * dims);
  const rowsAYield = rowsPerYield(dims);
  for (let i = 0; i < members.length; i++) {
    cutRow(rows, members[i]!, dims, values, i * dims);
    if ((i + 1) % rowsAYield === 0) yield { done: i, total: members.length };
  }
  return { values, dims };
}

/** Most that the length of a row of whole numbers may be, so that every product of two is a whole number float32 holds. */
const longestRow = 4096;

/**
 * Rows as whole numbers −127 to 127 on one scale for all rows: the largest number becomes 127, or less where rows would grow
 * longer than 4,096. They come divided by 4,096, so a float32 product of two rows is the whole product of the integers
 * divided by 2²⁴, exactly. Yields every few milliseconds.
 */
export function* int8Rows({ values, dims }: UnitRows): Work<UnitRows> {
  const total = 2 * values.length;
  let largest = 0;
  for (let from = 0; from < values.length; from += numbersAYield) {
    largest = Math.max(largest, largestOf(values.subarray(from, from + numbersAYield)));
    yield { done: from, total };
  }
  // Rounding lengthens a row by half a unit a number at most.
  const scale = Math.min(127 / (largest || 1), longestRow - Math.sqrt(dims) / 2);
  const whole = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += numbersAYield) {
    roundTo(values, scale, whole, from, Math.min(values.length, from + numbersAYield));
    yield { done: values.length + from, total };
  }
  return { values: whole, dims };
}

/** One bit a number, 1 where it is positive; `words` 32-bit words a row. Yields every few milliseconds. */
export function* binaryRows({
  values,
  dims,
}: UnitRows): Work<{ bits: Uint32Array<ArrayBuffer>; words: number }> {
  const words = Math.ceil(dims / 32);
  const count = values.length / dims;
  const bits = new Uint32Array(count * words);
  const rowsAYield = rowsPerYield(dims);
  for (let row = 0; row < count; row++) {
    packSigns(values, row * dims, dims, bits, row * words);
    if ((row + 1) % rowsAYield === 0) yield { done: row, total: count };
  }
  return { bits, words };
}

// Loops of their own: in the middle of a generator they take several times as long.

function cutRow(rows: UnitRows, row: number, dims: number, target: Float32Array, at: number): void {
  const start = row * rows.dims;
  let square = 0;
  for (let k = 0; k < dims; k++) square += rows.values[start + k]! ** 2;
  const factor = square > 0 ? 1 / Math.sqrt(square) : 0;
  for (let k = 0; k < dims; k++) target[at + k] = rows.values[start + k]! * factor;
}

function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  return largest;
}

function roundTo(values: Float32Array, scale: number, whole: Float32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) whole[i] = Math.round(values[i]! * scale) / longestRow;
}

function packSigns(values: Float32Array, start: number, dims: number, bits: Uint32Array, at: number): void {
  for (let k = 0; k < dims; k++) if (values[start + k]! > 0) bits[at + (k >>> 5)]! |= 1 << (k & 31);
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
