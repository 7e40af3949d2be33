import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { axis, cosine, gaussianPoints, principalScores, requestFor } from '@/core/projection/layout-samples';
import { placeByNeighbours } from '@/core/projection/place-by-neighbours';
import { umapLayout } from '@/core/projection/umap';
import { finishWork } from '@/core/work';
import { loadUmapKernels } from './umap-kernels';

const kernels = await loadUmapKernels(readFileSync(new URL('./umap.wasm', import.meta.url)));

const groups = 6;
const each = 80;
const newEach = 70;
const k = 15;

/** Groups that overlap, so that no way of telling them apart is right every time. */
function sampleGroups(seed: number) {
  const centres = Array.from({ length: groups }, (_, group) => axis(group, 16));
  const all = gaussianPoints(centres, each + newEach, 0.34, seed);
  const known = all.filter((_, i) => i % (each + newEach) < each);
  const fresh = all.filter((_, i) => i % (each + newEach) >= each);
  return { known, fresh };
}

/** Share of new points whose label is that of most of their 10 nearest by `distance`; ties to the nearest. */
function labelAccuracy(distance: (point: number, row: number) => number): number {
  let right = 0;
  for (let point = 0; point < groups * newEach; point++) {
    const near = Array.from({ length: groups * each }, (_, row) => ({ row, apart: distance(point, row) }))
      .sort((a, b) => a.apart - b.apart || a.row - b.row)
      .slice(0, 10)
      .map(({ row }) => Math.floor(row / each));
    const votes = (label: number) => near.filter((other) => other === label).length;
    const [winner] = [...new Set(near)].sort((a, b) => votes(b) - votes(a));
    if (winner === Math.floor(point / newEach)) right++;
  }
  return right / (groups * newEach);
}

function nearestOf(known: number[][], fresh: number[][]): Int32Array {
  return Int32Array.from(
    fresh.flatMap((point) =>
      known
        .map((other, row) => ({ row, similarity: cosine(point, other) }))
        .sort((x, y) => y.similarity - x.similarity || x.row - y.row)
        .slice(0, k)
        .map(({ row }) => row),
    ),
  );
}

describe('placeByNeighbours', () => {
  it('places new points so that the map tells their groups apart as well as the vectors do', () => {
    const accuracies = [5, 23, 7].map((seed) => {
      const { known, fresh } = sampleGroups(seed);
      const start = principalScores(known);
      const { layout } = finishWork(
        umapLayout(requestFor(known, k - 1, { neighbours: k, start, epochs: 200 }), kernels),
      );
      const before = layout.slice();
      const request = { ids: nearestOf(known, fresh), k, positions: layout, curve: kernels.fitCurve(0.1) };
      const places = finishWork(placeByNeighbours(request));
      expect(layout).toEqual(before);
      return {
        inSpace: labelAccuracy((point, row) => 1 - cosine(fresh[point]!, known[row]!)),
        onMap: labelAccuracy((point, row) =>
          Math.hypot(places[2 * point]! - layout[2 * row]!, places[2 * point + 1]! - layout[2 * row + 1]!),
        ),
      };
    });
    const mean = (of: 'inSpace' | 'onMap') =>
      accuracies.reduce((sum, accuracy) => sum + accuracy[of], 0) / accuracies.length;
    // Where nothing could go wrong, nothing would be shown.
    expect(mean('inSpace')).toBeLessThan(0.97);
    expect(mean('inSpace')).toBeGreaterThan(0.7);
    expect(mean('onMap')).toBeGreaterThanOrEqual(mean('inSpace') - 0.01);
  });

  it('does not put a point between the groups of its neighbours', () => {
    const positions = Float32Array.of(0, 0, 0.2, 0.1, 0.1, 0.3, 20, 20, 20.1, 20.2);
    const request = { ids: Int32Array.of(3, 0, 1, 4, 2), k: 5, positions, curve: kernels.fitCurve(0.1) };
    const [x, y] = finishWork(placeByNeighbours(request));
    expect(Math.hypot(x!, y!)).toBeLessThan(1);
  });

  it('leaves out neighbours without a place, and points without any', () => {
    const positions = Float32Array.of(1, 2, Number.NaN, Number.NaN, 5, 5);
    const request = { ids: Int32Array.of(0, 1, 1, -1), k: 2, positions, curve: kernels.fitCurve(0.1) };
    expect([...finishWork(placeByNeighbours(request))]).toEqual([1, 2, Number.NaN, Number.NaN]);
  });
});
