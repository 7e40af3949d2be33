import { expect, test } from 'vitest';
import { seededGaussian } from '@/core/random';
import { loadKernels } from './kernels';
import kernelsUrl from './kernels.wasm?url';
import pictureUrl from './picture.wasm?url';

const bytesOf = (url: string) => fetch(url).then((response) => response.arrayBuffer());
const kernels = await loadKernels(await bytesOf(kernelsUrl), await bytesOf(pictureUrl));

/** Rows of length 1 with a copy and one of denormal numbers among them; zeros where there is nothing else. */
function makeRows(count: number, dims: number, seed: number): Float32Array {
  const next = seededGaussian(seed);
  const values = Float32Array.from({ length: count * dims }, next);
  for (let row = 0; row < count; row++) {
    const line = values.subarray(row * dims, (row + 1) * dims);
    const length = Math.hypot(...line) || 1;
    for (let k = 0; k < dims; k++) line[k]! /= row === 3 ? length * 1e40 : length;
  }
  if (count > 5) values.copyWithin(5 * dims, 0, dims);
  return values;
}

test('where the engine fuses products, pictures have products of their own, near those in float64 for all sizes', () => {
  expect(kernels.kind).toBe('wasm-simd');
  expect(kernels.pictureProduct).not.toBe(kernels.tileProduct);
  for (const dims of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 384, 768, 1024]) {
    for (const [aRows, bRows] of [
      [0, 3],
      [1, 1],
      [3, 9],
      [9, 4],
      [33, 17],
      [8, 530],
    ] as const) {
      const a = makeRows(aRows, dims, dims + 1);
      const b = makeRows(bRows, dims, dims + 2);
      const out = new Float32Array(aRows * bRows + 2).fill(7);
      kernels.pictureProduct(a, aRows, b, bRows, dims, out);
      let worst = 0;
      for (let i = 0; i < aRows; i++) {
        for (let j = 0; j < bRows; j++) {
          let sum = 0;
          for (let k = dims - 1; k >= 0; k--) sum += a[i * dims + k]! * b[j * dims + k]!;
          worst = Math.max(worst, Math.abs(sum - out[i * bRows + j]!));
        }
      }
      expect(worst, `${aRows} × ${bRows}, ${dims} numbers`).toBeLessThan(5e-7);
      // Nothing beyond the product is written.
      expect([...out.subarray(aRows * bRows)]).toEqual([7, 7]);
    }
  }
});

test('without that file, or where it is not accepted, pictures take the usual products', async () => {
  const without = await loadKernels(await bytesOf(kernelsUrl));
  expect(without.pictureProduct).toBe(without.tileProduct);
  const refused = await loadKernels(await bytesOf(kernelsUrl), new Uint8Array([0, 97, 115, 109, 9]));
  expect(refused.pictureProduct).toBe(refused.tileProduct);
});
