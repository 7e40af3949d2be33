import { UMAP } from 'umap-js';
import { seededRandom } from '@/core/random';
import type { NeighbourBlock } from '@/core/similarity/neighbours';
import { neighbourCount } from './task';

/** Name of the peer in results. */
export const umapJsName = 'umap-js';

/** Rows as umap-js takes them. */
export function listsOf(rows: Float32Array, n: number, d: number): number[][] {
  return Array.from({ length: n }, (_, row) => Array.from(rows.subarray(row * d, (row + 1) * d)));
}

/** The cheapest way to say it of rows of length 1. */
function cosineDistance(a: number[], b: number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return Math.max(0, 1 - sum);
}

export function createUmapJs(epochs?: number): UMAP {
  return new UMAP({
    nNeighbors: neighbourCount,
    minDist: 0.1,
    random: seededRandom(1),
    distanceFn: cosineDistance,
    ...(epochs === undefined ? {} : { nEpochs: epochs }),
  });
}

/** Given neighbours as umap-js takes them: each row itself first, at distance 0. */
export function giveNeighbours(umap: UMAP, { ids, similarities }: NeighbourBlock, n: number): void {
  const k = ids.length / n;
  const rows = Array.from({ length: n }, (_, row) => row);
  umap.setPrecomputedKNN(
    rows.map((row) => [row, ...ids.subarray(row * k, (row + 1) * k)]),
    rows.map((row) => [
      0,
      ...Array.from(similarities.subarray(row * k, (row + 1) * k), (cosine) => Math.max(0, 1 - cosine)),
    ]),
  );
}

/** Its search alone, which has no public door. */
export class UmapJsSearch {
  #lists: number[][] = [];
  #found: number[][] = [];

  take(lists: number[][]): void {
    this.#lists = lists;
  }

  run(): void {
    const umap = createUmapJs() as unknown as {
      nearestNeighbors(rows: number[][]): { knnIndices: number[][] };
    };
    this.#found = umap.nearestNeighbors(this.#lists).knnIndices;
  }

  /** Ids of the last run, the row itself among them. */
  found(): readonly (readonly number[])[] {
    return this.#found;
  }
}
