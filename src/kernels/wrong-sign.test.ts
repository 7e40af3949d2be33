import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Rounding } from '@/core/similarity/rounding';
import { type Kernels, loadKernels, plainKernels } from './kernels';

const bytes = readFileSync(new URL('./kernels.wasm', import.meta.url));

/** SIMD additions and, of the same length, the subtractions that somebody might have written instead. */
const signs = [
  { name: 'f32x4', add: 0xe4, subtract: 0xe5 },
  { name: 'i32x4', add: 0xae, subtract: 0xb1 },
  { name: 'f64x2', add: 0xf0, subtract: 0xf1 },
];

/** Exported functions that are tried here. */
const tried = [
  'packPanel',
  'multiplyBlock',
  'packQuantisedPanel',
  'multiplyQuantisedPanels',
  'cutList',
  'appendFour',
  'offerLine',
  'offerPanel',
  'scanBands',
  'sortLists',
  'multiplyRows',
  'quantiseRow',
  'offerSome',
  'multiplyRowByFour',
  'normaliseRows',
];

/** Where the code of each exported function lies, by the module's export and code sections. */
function findBodies(): Map<string, { start: number; end: number }> {
  let at = 8;
  const readNumber = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const exported = new Map<number, string>();
  const bodies = new Map<string, { start: number; end: number }>();
  while (at < bytes.length) {
    const section = bytes[at++]!;
    const end = readNumber() + at;
    const entries = section === 7 || section === 10 ? readNumber() : 0;
    for (let entry = 0; entry < entries; entry++) {
      const length = readNumber();
      if (section === 10) {
        // The module imports nothing, so functions are counted from its own first one.
        const name = exported.get(entry);
        if (name !== undefined) bodies.set(name, { start: at, end: at + length });
        at += length;
        continue;
      }
      const name = new TextDecoder().decode(bytes.subarray(at, at + length));
      at += length;
      const kind = bytes[at++]!;
      const index = readNumber();
      if (kind === 0) exported.set(index, name);
    }
    at = end;
  }
  return bodies;
}

/** The kernels with one addition, or one subtraction, turned into the other, for each that there is. */
function mutants({
  add,
  subtract,
}: (typeof signs)[number]): { name: string; mutant: Uint8Array<ArrayBuffer> }[] {
  const bodies = findBodies();
  return tried.flatMap((name) => {
    const { start, end } = bodies.get(name)!;
    const made: { name: string; mutant: Uint8Array<ArrayBuffer> }[] = [];
    for (let at = start; at + 2 < end; at++) {
      if (bytes[at] !== 0xfd || bytes[at + 2] !== 0x01) continue;
      const isAddition = bytes[at + 1] === add;
      if (!isAddition && bytes[at + 1] !== subtract) continue;
      const mutant = new Uint8Array(bytes);
      mutant[at + 1] = isAddition ? subtract : add;
      if (WebAssembly.validate(mutant)) made.push({ name: `${name} + ${at - start}`, mutant });
    }
    return made;
  });
}

const dims = 296;
const count = 40;
/** Rows of length 1 without symmetry, the 17 first ones exact in the units of rounding but for one of them at a time. */
function makeRows(inexact: number): Float32Array {
  const values = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const own = values.subarray(row * dims, (row + 1) * dims);
    if (row < 17 && row !== inexact) {
      own[row] = 1;
      continue;
    }
    for (let k = 0; k < dims; k++) own[k] = Math.sin(k * 1.7 + row * row * 0.31 + 1) + (k % 3) - 0.6;
    const length = Math.hypot(...own);
    for (let k = 0; k < dims; k++) own[k] = own[k]! / length;
  }
  return values;
}

function product64(values: Float32Array, i: number, j: number): number {
  let sum = 0;
  for (let k = dims - 1; k >= 0; k--) sum += values[i * dims + k]! * values[j * dims + k]!;
  return sum;
}

/** Rounding about a wavy mean. */
function makeRounding(values: Float32Array, height: number, reach: number): Rounding {
  const mean = Float32Array.from({ length: dims }, (_, k) => height * Math.cos(k * 0.9));
  const scale = Math.fround(32767 / reach);
  const offset = mean.reduce((sum, value) => sum + value * value, 0);
  const biases = Int32Array.from({ length: count }, (_, row) => {
    let along = 0;
    for (let k = 0; k < dims; k++) along += values[row * dims + k]! * mean[k]!;
    return Math.round((along - offset) * scale ** 2);
  });
  return { mean, biases, scale, unit: 1 / scale ** 2, offset, reach, squares: new Float64Array(count) };
}

/** What is wrong with some kernels, each held against sums in float64; null if nothing. */
function findFault({
  tileProduct,
  openRowProducts,
  openCandidateScan,
  normaliseRows,
}: Kernels): string | null {
  const members = Uint32Array.from({ length: count }, (_, row) => row);
  const others = Int32Array.from(members);
  const near = (a: number, b: number, tolerance: number) => Math.abs(a - b) <= tolerance;
  for (const inexact of [0, 1, 2, 3]) {
    const values = makeRows(inexact);
    const rows = { values, dims };
    const tile = new Float32Array(count * count);
    tileProduct(values, count, values, count, dims, tile);
    const line = new Float64Array(count);
    const rowProducts = openRowProducts(rows);
    const norms = new Float32Array(count);
    const units = new Float32Array(values.length);
    normaliseRows(
      values.map((value) => value * 3),
      count,
      dims,
      units,
      norms,
    );
    for (let i = 0; i < count; i++) {
      rowProducts.multiply(i, others, count, line);
      if (!near(norms[i]!, 3, 1e-5)) return 'a norm';
      for (let k = 0; k < dims; k++)
        if (!near(units[i * dims + k]!, values[i * dims + k]!, 1e-6)) return 'a normalised row';
      for (let j = 0; j < count; j++) {
        const expected = product64(values, i, j);
        if (!near(tile[i * count + j]!, expected, 1e-6)) return 'a tile';
        if (!near(line[j]!, expected, 1e-12)) return 'a product of rows';
      }
    }
    let error = 0;
    for (let row = 0; row < count; row++) {
      let squares = 0;
      for (let k = 0; k < dims; k++) {
        const value = values[row * dims + k]!;
        squares += (value - Math.round(value * 32767) / 32767) ** 2;
      }
      if (inexact === row) error = Math.sqrt(squares);
    }
    // Sketches that say nothing, so that every pair is multiplied, and by none.
    const blank = { dims: 4, values: new Int16Array(count * 4), slack: 2 ** 30 };
    for (const [keep, among, rounding, sketches] of [
      [6, count, makeRounding(values, 0.02, 1.5), null],
      [6, count, makeRounding(values, 0, 1), null],
      [3, 4, makeRounding(values, 0, 1), null],
      [6, 37, makeRounding(values, 0.02, 1.5), blank],
      [3, 4, makeRounding(values, 0, 1), blank],
    ] as const) {
      const request = { rows, members: members.subarray(0, among), rounding, keep, bandRows: 16, sketches };
      const scan = openCandidateScan(request);
      for (let tile = 0; tile < scan.tileCount; tile++) scan.scan(tile);
      const lists = scan.finish();
      if (among === 4 && !near(lists.error / error, 2.1, 0.1)) return 'the bound of the error';
      for (let row = 0; row < among; row++) {
        const expected = Array.from({ length: among }, (_, other) => product64(values, row, other))
          .filter((_, other) => other !== row)
          .sort((a, b) => b - a);
        for (let i = 0; i < keep; i++) {
          const other = lists.positions[row * keep + i]!;
          if (other < 0 || other >= among || other === row) return 'a candidate';
          const cosine = product64(values, row, other);
          const score = lists.scores[row * keep + i]!;
          if (!near(score * rounding.unit + rounding.offset, cosine, 1e-3)) return 'a score';
          if (!near(cosine, expected[i]!, 2e-3)) return 'a list';
        }
      }
    }
  }
  return null;
}

it('finds no fault with the kernels as they are', async () => {
  expect(findFault(await loadKernels(bytes))).toBeNull();
  expect(findFault(plainKernels())).toBeNull();
});

it.each(signs)('finds the fault wherever one sign of $name is wrong', async (sign) => {
  const wrong = mutants(sign);
  expect(wrong.length).toBeGreaterThan(5);
  const missed: string[] = [];
  for (const { name, mutant } of wrong) {
    const kernels = await loadKernels(mutant);
    expect(kernels.kind).toBe('wasm-simd');
    let fault: string | null;
    try {
      fault = findFault(kernels);
    } catch (error) {
      // Some run out of their memory.
      fault = String(error);
    }
    if (fault === null) missed.push(name);
  }
  expect(missed).toEqual([]);
});
