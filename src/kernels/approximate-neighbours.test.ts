import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidatesKept } from '@/core/similarity/candidate-scan';
import { nearestNeighbours } from '@/core/similarity/neighbours';
import { rankCandidates } from '@/core/similarity/rank-candidates';
import { makeUnitRows, pickMembers, propertySeed, rowRecipes } from '@/core/similarity/reference-similarity';
import { refineNeighbours } from '@/core/similarity/refine-neighbours';
import { scanPartitions } from '@/core/similarity/scan-partitions';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { type Kernels, loadKernels, plainKernels } from './kernels';

const wasm = await loadKernels(await readFile(fileURLToPath(new URL('kernels.wasm', import.meta.url))));
const plain = plainKernels();

/** What `workers` find that take the cuts in turn, each beginning after so many that others took. */
function scan(kernels: Kernels, rows: UnitRows, members: Uint32Array, keep: number, workers: number) {
  const partitioning = { cuts: 4, bandRows: 32, seed: 7 };
  return Array.from({ length: workers }, (_, worker) => {
    let next = worker;
    const takeCut = () => {
      const cut = next;
      next += workers;
      return cut;
    };
    const request = { rows, members, keep, partitioning, open: kernels.openCandidateScan, takeCut };
    return finishWork(scanPartitions(request));
  }).filter((lists) => lists !== null);
}

function rank(kernels: Kernels, rows: UnitRows, members: Uint32Array, k: number, workers: number) {
  const lists = scan(kernels, rows, members, candidatesKept(k, members.length), workers);
  const { openRowProducts } = kernels;
  const { ids, similarities } = finishWork(
    rankCandidates({ rows, members, wanted: Uint32Array.from(members.keys()), k, lists, openRowProducts }),
  );
  return { ids, similarities };
}

it('finds the same whoever takes which cut, and with either kind of kernels', () => {
  fc.assert(
    fc.property(rowRecipes(150, [1, 9, 32]), (recipe) => {
      const rows = makeUnitRows(recipe);
      const members = pickMembers(recipe.count, 0.8, recipe.seed);
      const k = Math.min(6, Math.max(0, members.length - 1));
      const alone = rank(wasm, rows, members, k, 1);
      for (const workers of [2, 3, 5]) expect(rank(wasm, rows, members, k, workers)).toEqual(alone);
      expect(rank(plain, rows, members, k, 2)).toEqual(alone);
    }),
    { seed: propertySeed, numRuns: 40 },
  );
});

it('finds nearly all true neighbours of rows with structure, more with each round', () => {
  const count = 1500;
  const dims = 24;
  const rows = makeUnitRows({ count, dims, seed: 12, pull: 0, copies: 0 });
  // Groups of rows round 40 of them, in no order.
  for (let row = 40; row < count; row++) {
    const centre = rows.values.subarray((row % 40) * dims, ((row % 40) + 1) * dims);
    let squares = 0;
    for (let i = 0; i < dims; i++) {
      const value = centre[i]! + 0.7 * rows.values[row * dims + i]!;
      (rows.values as Float32Array)[row * dims + i] = value;
      squares += value * value;
    }
    for (let i = 0; i < dims; i++) (rows.values as Float32Array)[row * dims + i]! /= Math.sqrt(squares);
  }
  const members = pickMembers(count, 1, 1);
  const k = 10;
  const { openRowProducts, tileProduct: product } = wasm;
  const exact = finishWork(
    nearestNeighbours({ rows, members, positions: members, k, product, openRowProducts }),
  );
  const share = (ids: Int32Array) => {
    let found = 0;
    for (let at = 0; at < ids.length; at++) {
      const start = Math.floor(at / k) * k;
      if (exact.ids.subarray(start, start + k).includes(ids[at]!)) found++;
    }
    return found / ids.length;
  };
  const start = rank(wasm, rows, members, k, 1);
  let lists = { ...start, fresh: new Uint8Array(start.ids.length).fill(1) };
  const shares = [share(lists.ids)];
  for (let round = 0; round < 3; round++) {
    lists = finishWork(refineNeighbours({ rows, members, from: 0, to: count, k, lists, openRowProducts }));
    shares.push(share(lists.ids));
  }
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeLessThan(0.95);
  expect(shares[3]).toBeGreaterThan(0.97);
});
