import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertySeed } from '@/core/similarity/reference-similarity';
import { loadKernels, plainKernels } from './kernels';

const wasm = await loadKernels(readFileSync(new URL('./kernels.wasm', import.meta.url)));
const plain = plainKernels();

const edges = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 31, max: 33 }));
const depths = fc.oneof(edges, fc.constantFrom(64, 65, 384, 768, 1024));

function randomValues(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, at) => Math.sin(at * 78.233 + seed * 3.7) * (1 + (at % 5)));
}

function dot64(a: Float32Array, i: number, b: Float32Array, j: number, dims: number): [number, number] {
  let sum = 0;
  let magnitude = 0;
  for (let k = dims - 1; k >= 0; k--) {
    const term = a[i * dims + k]! * b[j * dims + k]!;
    sum += term;
    magnitude += Math.abs(term);
  }
  return [sum, magnitude];
}

/** Bits, so that signs of zero count and NaN equals itself. */
function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.slice().buffer);
}

describe('loadKernels', () => {
  it('uses SIMD where the engine accepts it and plain code where it does not', async () => {
    expect(wasm.kind).toBe('wasm-simd');
    expect((await loadKernels(new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]))).kind).toBe('plain');
  });
});

describe.each([wasm, plain])('tileProduct ($kind)', ({ tileProduct }) => {
  it('equals float64 sums for any shape, leaving the rest of the output alone', () => {
    fc.assert(
      fc.property(edges, edges, depths, fc.integer({ min: 1, max: 1000 }), (aRows, bRows, dims, seed) => {
        const a = randomValues(aRows * dims + 5, seed);
        const b = randomValues(bRows * dims + 5, seed + 1);
        const out = new Float32Array(aRows * bRows + 3).fill(77);
        tileProduct(a, aRows, b, bRows, dims, out);
        for (let i = 0; i < aRows; i++) {
          for (let j = 0; j < bRows; j++) {
            const [expected, magnitude] = dot64(a, i, b, j, dims);
            expect(Math.abs(out[i * bRows + j]! - expected)).toBeLessThanOrEqual(1e-6 * magnitude);
          }
        }
        expect([...out.subarray(aRows * bRows)]).toEqual([77, 77, 77]);
      }),
      { seed: propertySeed, numRuns: 60 },
    );
  });

  it('keeps cosines within 1e-6, also where every rounding error has the same sign', () => {
    for (const dims of [3, 33, 384, 768, 1024, 1536, 2048]) {
      const row = new Float32Array(dims).fill(1 / Math.sqrt(dims));
      const out = new Float32Array(1);
      tileProduct(row, 1, row, 1, dims, out);
      expect(Math.abs(out[0]! - dot64(row, 0, row, 0, dims)[0])).toBeLessThan(1e-6);
    }
  });

  it('gives a pair the same bits wherever it falls and whichever comes first', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        depths,
        fc.integer({ min: 0, max: 39 }),
        fc.integer({ min: 1, max: 1000 }),
        (count, dims, cut, seed) => {
          const rows = randomValues(count * dims, seed);
          const whole = new Float32Array(count * count);
          tileProduct(rows, count, rows, count, dims, whole);
          const start = Math.min(cut, count - 1);
          const part = new Float32Array((count - start) * count);
          tileProduct(rows.subarray(start * dims), count - start, rows, count, dims, part);
          expect(bitsOf(part)).toEqual(bitsOf(whole.subarray(start * count)));
          for (let i = 0; i < count; i++) {
            for (let j = 0; j < i; j++) expect(whole[i * count + j]).toBe(whole[j * count + i]);
          }
        },
      ),
      { seed: propertySeed, numRuns: 40 },
    );
  });

  it('multiplies rows with themselves as with a copy of them, beyond its chunks too', () => {
    for (const [count, dims] of [
      [1, 5],
      [13, 64],
      [1030, 9],
    ] as const) {
      const rows = randomValues(count * dims, 6);
      const own = new Float32Array(count * count);
      const other = new Float32Array(count * count);
      tileProduct(rows, count, rows.subarray(0, count * dims), count, dims, own);
      tileProduct(rows, count, rows.slice(), count, dims, other);
      expect(bitsOf(own)).toEqual(bitsOf(other));
    }
  });

  it('goes beyond its chunks and its first memory', () => {
    const [aRows, bRows, dims] = [517, 1030, 40];
    const a = randomValues(aRows * dims, 3);
    const b = randomValues(bRows * dims, 4);
    const out = new Float32Array(aRows * bRows);
    tileProduct(a, aRows, b, bRows, dims, out);
    for (const [i, j] of [
      [0, 0],
      [511, 511],
      [512, 512],
      [516, 1029],
      [0, 1029],
      [516, 0],
      [300, 1024],
    ] as const) {
      const [expected, magnitude] = dot64(a, i, b, j, dims);
      expect(Math.abs(out[i * bRows + j]! - expected)).toBeLessThan(1e-6 * magnitude);
    }
  });

  it('reads views on shared memory', () => {
    const shared = new Float32Array(new SharedArrayBuffer(64), 8, 6);
    shared.set([1, 2, 3, 4, 5, 6]);
    const out = new Float32Array(4);
    tileProduct(shared, 2, shared, 2, 3, out);
    expect([...out]).toEqual([14, 32, 32, 77]);
  });
});

describe('the two implementations', () => {
  it('agree bit by bit', () => {
    fc.assert(
      fc.property(edges, edges, depths, fc.integer({ min: 1, max: 1000 }), (aRows, bRows, dims, seed) => {
        const a = randomValues(aRows * dims, seed);
        const b = randomValues(bRows * dims, seed + 1);
        const fast = new Float32Array(aRows * bRows);
        const slow = new Float32Array(aRows * bRows);
        wasm.tileProduct(a, aRows, b, bRows, dims, fast);
        plain.tileProduct(a, aRows, b, bRows, dims, slow);
        expect(bitsOf(fast)).toEqual(bitsOf(slow));
      }),
      { seed: propertySeed, numRuns: 80 },
    );
  });
});

it('normaliseRows has the same bits in both implementations, over several chunks, denormals included', () => {
  fc.assert(
    fc.property(
      fc.oneof(edges, fc.integer({ min: 60, max: 200 })),
      fc.oneof(edges, fc.constantFrom(384, 768, 1024)),
      fc.constantFrom(1e-42, 1e-30, 1, 1e38),
      (count, dims, scale) => {
        const source = randomValues(count * dims, dims).map((value, at) =>
          at % 97 === 0 ? 0 : value * scale,
        );
        const [fast, slow] = [wasm, plain].map(({ normaliseRows }) => {
          const target = new Float32Array(count * dims);
          const norms = new Float32Array(count);
          normaliseRows(source, count, dims, target, norms);
          return Buffer.concat([Buffer.from(target.buffer), Buffer.from(norms.buffer)]);
        });
        expect(fast!.equals(slow!)).toBe(true);
      },
    ),
    { seed: propertySeed, numRuns: 40 },
  );
});

describe.each([wasm, plain])('normaliseRows ($kind)', ({ normaliseRows }) => {
  it('makes rows of length 1 and tells their lengths, from 1e-30 to 1e30', () => {
    fc.assert(
      fc.property(
        edges,
        fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(384, 768, 1024)),
        fc.constantFrom(1e-30, 1e-3, 1, 1e3, 1e30),
        fc.boolean(),
        (count, dims, scale, inPlace) => {
          const source = randomValues(count * dims, dims).map((value) => value * scale);
          const before = source.slice();
          const target = inPlace ? source : new Float32Array(count * dims);
          const norms = new Float32Array(count);
          normaliseRows(source, count, dims, target, norms);
          for (let row = 0; row < count; row++) {
            const length = Math.hypot(...before.subarray(row * dims, (row + 1) * dims));
            expect(Math.abs(norms[row]! / length - 1)).toBeLessThan(1e-6);
            let worst = 0;
            for (let at = row * dims; at < (row + 1) * dims; at++)
              worst = Math.max(worst, Math.abs(target[at]! - before[at]! / length));
            expect(worst).toBeLessThan(1e-7);
          }
        },
      ),
      { seed: propertySeed, numRuns: 60 },
    );
  });

  it('empties rows that have no direction', () => {
    const source = Float32Array.of(0, 0, 1, Number.NaN, 3, 4, Number.POSITIVE_INFINITY, 1);
    const target = new Float32Array(8).fill(9);
    const norms = new Float32Array(4);
    normaliseRows(source, 4, 2, target, norms);
    expect([...norms]).toEqual([0, Number.NaN, 5, Number.NaN]);
    expect([...target]).toEqual([0, 0, 0, 0, Math.fround(0.6), Math.fround(0.8), 0, 0]);
  });
});
