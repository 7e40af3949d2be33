import { readFile } from 'node:fs/promises';
import { loadKernels } from '@/kernels/kernels';
import { type BenchmarkGroup, compareFigures, timeInTurns } from '../benchmark';
import { randomUnitRows } from '../random-rows';

const shapes = [
  { n: 1000, d: 384 },
  { n: 1000, d: 1024 },
];
const edge = 256;

/** What anyone writes first: every pair, one number after the other, in float64. */
function plainLoop(rows: Float32Array, n: number, d: number, out: Float32Array): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += rows[i * d + k]! * rows[j * d + k]!;
      out[i * n + j] = sum;
    }
  }
}

export const tileProduct: BenchmarkGroup = {
  name: 'tile-product',
  about: 'all cosines of unit rows: the SIMD kernel in tiles, a plain loop',
  where: 'node',
  async *run({ root, rounds }) {
    const kernels = await loadKernels(await readFile(`${root}src/kernels/kernels.wasm`));
    for (const { n, d } of shapes) {
      const rows = randomUnitRows(n, d, 1);
      const out = new Float32Array(n * n);
      const tile = new Float32Array(edge * edge);
      const inTiles = () => {
        for (let i = 0; i < n; i += edge) {
          for (let j = 0; j < n; j += edge) {
            const [aRows, bRows] = [Math.min(edge, n - i), Math.min(edge, n - j)];
            kernels.tileProduct(rows.subarray(i * d), aRows, rows.subarray(j * d), bRows, d, tile);
          }
        }
      };
      const times = await timeInTurns({ ours: inTiles, loop: () => plainLoop(rows, n, d, out) }, rounds);
      const rate = (durationMs: number) => (2 * n * n * d) / durationMs / 1e6;
      yield compareFigures({
        name: `cosine matrix, ${kernels.kind}`,
        n,
        d,
        unit: 'GFLOP/s',
        better: 'more',
        value: rate(times.ours),
        peer: { name: 'plain loop', value: rate(times.loop) },
      });
    }
  },
};
