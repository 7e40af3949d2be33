import { umapLayout } from '@/core/projection/umap';
import { type CandidateLists, candidatesKept, scanCandidates } from '@/core/similarity/candidate-scan';
import { smallerGram } from '@/core/similarity/gram';
import { type NeighbourBlock, nearestNeighbours } from '@/core/similarity/neighbours';
import { principalPlane } from '@/core/similarity/principal-plane';
import { rankCandidates } from '@/core/similarity/rank-candidates';
import type { TileProduct } from '@/core/similarity/tile-product';
import { tileRowsFor } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import type { Kernels } from '@/kernels/kernels';
import type { Engines } from './task';

const everyRow = (n: number) => Uint32Array.from({ length: n }, (_, row) => row);

/**
 * All cosines of unit rows: tiles of the upper triangle, each written on both sides of the diagonal. Without `out` (n × n)
 * the tiles are made and dropped, as the page does where n × n is too large to hold.
 */
export function ourCosines(
  product: TileProduct,
  rows: Float32Array,
  n: number,
  d: number,
  out: Float32Array | null,
): void {
  const edge = tileRowsFor(d);
  const tile = new Float32Array(edge * edge);
  for (let i = 0; i < n; i += edge) {
    const height = Math.min(edge, n - i);
    for (let j = i; j < n; j += edge) {
      const width = Math.min(edge, n - j);
      product(rows.subarray(i * d), height, rows.subarray(j * d), width, d, tile);
      if (out === null) continue;
      for (let row = 0; row < height; row++)
        out.set(tile.subarray(row * width, (row + 1) * width), (i + row) * n + j);
      if (i === j) continue;
      for (let column = 0; column < width; column++) {
        const line = (j + column) * n + i;
        for (let row = 0; row < height; row++) out[line + row] = tile[row * width + column]!;
      }
    }
  }
}

/** The candidates of every row, out of all pairs: products and the lists of the best. */
export function ourCandidates(
  kernels: Kernels,
  values: Float32Array,
  n: number,
  d: number,
  k: number,
): CandidateLists {
  let next = 0;
  return finishWork(
    scanCandidates({
      rows: { values, dims: d },
      members: everyRow(n),
      keep: candidatesKept(k, n),
      open: kernels.openCandidateScan,
      product: kernels.tileProduct,
      takeTile: () => next++,
    }),
  );
}

/** The way of the page on one thread: candidates from integers, ranked in float64, rows in doubt found anew. */
export function ourNeighbours(
  kernels: Kernels,
  values: Float32Array,
  n: number,
  d: number,
  k: number,
): NeighbourBlock {
  const { openRowProducts, tileProduct: product } = kernels;
  const rows = { values, dims: d };
  const members = everyRow(n);
  const lists = [ourCandidates(kernels, values, n, d, k)];
  const found = finishWork(rankCandidates({ rows, members, wanted: members, k, lists, openRowProducts }));
  const { unsettled: positions } = found;
  const anew = finishWork(nearestNeighbours({ rows, members, positions, k, product, openRowProducts }));
  positions.forEach((position, i) => {
    found.ids.set(anew.ids.subarray(i * k, (i + 1) * k), position * k);
    found.similarities.set(anew.similarities.subarray(i * k, (i + 1) * k), position * k);
  });
  return found;
}

/** The first two principal components. */
export function ourPlane(kernels: Kernels, values: Float32Array, n: number, d: number): Float32Array {
  const rows = { values, dims: d };
  const members = everyRow(n);
  const gram = finishWork(smallerGram({ rows, members, product: kernels.tileProduct }));
  return finishWork(principalPlane({ rows, members, gram })).coordinates;
}

/** From vectors to the finished map, all by one thread. */
export function ourMap(
  { kernels, umapKernels }: Engines,
  values: Float32Array,
  n: number,
  d: number,
  k: number,
): Float32Array {
  const start = ourPlane(kernels, values, n, d);
  const found = ourNeighbours(kernels, values, n, d, k - 1);
  const request = { ...found, count: n, k: k - 1, start, neighbours: k, minDist: 0.1, seed: 42 };
  return finishWork(umapLayout(request, umapKernels)).layout;
}
