import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesKept, scanCandidates } from '@/core/similarity/candidate-scan';
import { type NeighbourBlock, nearestNeighbours } from '@/core/similarity/neighbours';
import { rankCandidates } from '@/core/similarity/rank-candidates';
import { makeUnitRows, pickMembers, propertySeed, rowRecipes } from '@/core/similarity/reference-similarity';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { type Kernels, loadKernels, plainKernels } from './kernels';

const wasm = await loadKernels(readFileSync(new URL('./kernels.wasm', import.meta.url)));
const plain = plainKernels();

interface Search {
  rows: UnitRows;
  members: Uint32Array;
  k: number;
  /** Scans that take turns. */
  workers?: number;
  bandRows?: number;
  /** Goes by sketches, however small the search is. */
  isSketched?: boolean;
}

/** The three steps of a search, as the workers do them. */
function search(kernels: Kernels, { rows, members, k, workers = 1, bandRows, isSketched = false }: Search) {
  const keep = candidatesKept(k, members.length);
  let taken = 0;
  const takeTile = () => taken++;
  const scans = Array.from({ length: workers }, () =>
    scanCandidates({
      rows,
      members,
      keep,
      bandRows,
      open: kernels.openCandidateScan,
      takeTile,
      ...(isSketched ? { product: kernels.tileProduct, leastSketched: 0 } : {}),
    }),
  );
  // A tile each, or so, then the first takes what is left.
  const started = scans.map((scan) => scan.next());
  const lists = scans.map((scan, i) => {
    const step = started[i]!;
    return step.done ? step.value : finishWork(scan);
  });
  const { openRowProducts, tileProduct: product } = kernels;
  const ranked = finishWork(
    rankCandidates({ rows, members, wanted: Uint32Array.from(members.keys()), k, lists, openRowProducts }),
  );
  const positions = ranked.unsettled;
  const anew = finishWork(nearestNeighbours({ rows, members, positions, k, product, openRowProducts }));
  positions.forEach((position, i) => {
    ranked.ids.set(anew.ids.subarray(i * k, (i + 1) * k), position * k);
    ranked.similarities.set(anew.similarities.subarray(i * k, (i + 1) * k), position * k);
  });
  return ranked;
}

/** Compares with all cosines in float64: every neighbour as near as the one it stands for, to 1e-6, and none twice. */
function expectExact({ rows, members, k }: Search, { ids, similarities }: NeighbourBlock, every = 1): void {
  const { values, dims } = rows;
  for (let position = 0; position < members.length; position += every) {
    const row = members[position]!;
    const cosines = Float64Array.from(members, (other) => {
      let sum = 0;
      for (let i = dims - 1; i >= 0; i--) sum += values[row * dims + i]! * values[other * dims + i]!;
      return sum;
    });
    const sorted = cosines
      .filter((_, other) => other !== position)
      .sort()
      .reverse();
    const own = [...ids.subarray(position * k, (position + 1) * k)];
    const present = own.filter((id) => id >= 0);
    expect(present.length).toBe(Math.min(k, members.length - 1));
    expect(new Set(present).size).toBe(present.length);
    expect(present).not.toContain(row);
    present.forEach((id, rank) => {
      const at = members.indexOf(id);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(Math.abs(cosines[at]! - sorted[rank]!)).toBeLessThan(1e-6);
      expect(Math.abs(similarities[position * k + rank]! - cosines[at]!)).toBeLessThan(1e-6);
      const after = similarities[position * k + rank + 1];
      if (rank + 1 < present.length && after === similarities[position * k + rank])
        expect(id).toBeLessThan(present[rank + 1]!);
    });
  }
}

describe.each([wasm, plain])('the search for neighbours ($kind)', (kernels) => {
  it('is exact, for any shape', () => {
    fc.assert(
      fc.property(
        rowRecipes(90, [1, 2, 3, 33, 384]),
        fc.constantFrom(0.7, 1),
        fc.integer({ min: 1, max: 30 }),
        (recipe, share, k) => {
          const members = pickMembers(recipe.count, share, recipe.seed);
          const request = { rows: makeUnitRows(recipe), members, k };
          expectExact(request, search(kernels, request));
        },
      ),
      { seed: propertySeed, numRuns: 40 },
    );
  });

  it('is exact where rounding errors all point the same way', () => {
    // Every entry of 768 equal ones is rounded by .39 units: far more than errors that cancel.
    const dims = 768;
    const count = 120;
    const rows = makeUnitRows({ count, dims, seed: 4, pull: 0, copies: 0 });
    for (let row = 0; row < count; row++) {
      const own = rows.values.subarray(row * dims, (row + 1) * dims);
      const share = row % 3 === 0 ? 0 : 1e-3;
      for (let i = 0; i < dims; i++) own[i] = 1 + share * own[i]!;
      const length = Math.hypot(...own);
      for (let i = 0; i < dims; i++) own[i]! /= length;
    }
    const request = { rows, members: pickMembers(count, 1, 1), k: 10 };
    expectExact(request, search(kernels, request));
  });

  it('gives the lowest rows first where all rows are equal', () => {
    const rows = makeUnitRows({ count: 80, dims: 33, seed: 4, pull: 0, copies: 1 });
    const request = { rows, members: pickMembers(80, 1, 1), k: 3 };
    const { ids } = search(kernels, request);
    expect([...ids.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect([...ids.subarray(3, 6)]).toEqual([0, 2, 3]);
    expect([...ids.subarray(79 * 3)]).toEqual([0, 1, 2]);
  });
});

it('has the same bytes in both implementations, from one worker and from several, for small tiles and large', () => {
  fc.assert(
    fc.property(
      rowRecipes(130, [3, 33, 384, 1024]),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(16, 64, undefined),
      (recipe, k, workers, bandRows) => {
        const request = {
          rows: makeUnitRows(recipe),
          members: pickMembers(recipe.count, 0.9, recipe.seed),
          k,
        };
        const alone = search(plain, request);
        expect(search(wasm, { ...request, workers, bandRows })).toEqual(alone);
        expect(search(plain, { ...request, workers, bandRows })).toEqual(alone);
        const { ids, similarities } = search(wasm, { ...request, workers, bandRows, isSketched: true });
        expect({ ids, similarities }).toEqual({ ids: alone.ids, similarities: alone.similarities });
      },
    ),
    { seed: propertySeed, numRuns: 20 },
  );
});

it.each([
  [0, true],
  [0.5, false],
  [5, true],
  [50, false],
])(
  'is exact over tiles of the usual size, and settles most rows, with %d in common, by sketches: %s',
  (pull, isSketched) => {
    const request = {
      rows: makeUnitRows({ count: 1300, dims: 1024, seed: 8, pull, copies: 0.1 }),
      members: pickMembers(1300, 0.95, 8),
      k: 30,
    };
    const found = search(wasm, { ...request, workers: 3, isSketched });
    expectExact(request, found, 31);
    expect(found.unsettled.length).toBeLessThan(request.members.length / 10);
  },
);
