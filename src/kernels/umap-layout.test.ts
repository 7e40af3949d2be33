import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LayoutQuality, measureLayout } from '@/core/projection/layout-quality';
import type { LayoutRequest, LayoutResult, LayoutStep } from '@/core/projection/layout-request';
import {
  axis,
  cosine,
  gaussianPoints,
  hashBytes,
  interleave,
  isFiniteLayout,
  parkMiller,
  portableChecksum,
  portableRequest,
  principalScores,
  requestFor,
  shareOfSameCluster,
  threeClusters,
} from '@/core/projection/layout-samples';
import { referenceLayout } from '@/core/projection/reference-umap';
import { umapLayout, whyTooLarge } from '@/core/projection/umap';
import { finishWork } from '@/core/work';
import { loadUmapKernels, plainUmapKernels } from './umap-kernels';

const kernels = await loadUmapKernels(readFileSync(new URL('./umap.wasm', import.meta.url)));

function lay(request: LayoutRequest): LayoutResult {
  return finishWork(umapLayout(request, kernels));
}

describe('umapLayout', () => {
  it('brings three clusters apart that the start does not show', () => {
    const request = requestFor(threeClusters, 14);
    const { layout, method, epochs, reason } = lay(request);
    expect({ method, epochs, reason }).toEqual({ method: 'umap', epochs: 500, reason: null });
    expect(shareOfSameCluster(request.start, 3, 10)).toBeLessThan(0.6);
    expect(shareOfSameCluster(layout, 3, 10)).toBeGreaterThan(0.95);
  });

  it('weighs neighbours by nearness: groups smaller than the lists stay together', () => {
    const centres = Array.from({ length: 24 }, (_, group) => axis(group + 2, 26));
    const points = interleave(gaussianPoints(centres, 5, 0.04, 13), 24);
    expect(shareOfSameCluster(lay(requestFor(points, 14)).layout, 24, 4)).toBeGreaterThan(0.95);
  });

  it('gives the same bytes for the same seed and with either kind of kernels, others for another seed', () => {
    const request = requestFor(threeClusters, 14, { epochs: 60 });
    const first = lay(request).layout;
    expect(lay(request).layout).toEqual(first);
    expect(finishWork(umapLayout(request, plainUmapKernels())).layout).toEqual(first);
    expect(lay({ ...request, seed: 43 }).layout).not.toEqual(first);
  });

  it('gives these bytes in every engine', () => {
    expect(hashBytes(lay(portableRequest()).layout)).toBe(portableChecksum);
  });

  it('follows its settings', () => {
    const request = requestFor(threeClusters, 14, { epochs: 60 });
    const first = lay(request).layout;
    expect(lay({ ...request, neighbours: 5 }).layout).not.toEqual(first);
    expect(lay({ ...request, minDist: 0.8 }).layout).not.toEqual(first);
    expect(lay({ ...request, start: request.start.map((value) => -value) }).layout).not.toEqual(first);
  });

  it('runs 500 epochs up to 10,000 rows and 200 above', () => {
    const ring = (count: number) => {
      const ids = Int32Array.from({ length: count }, (_, row) => (row + 1) % count);
      const start = Float32Array.from({ length: count * 2 }, (_, i) => Math.sin(i));
      const similarities = new Float32Array(count).fill(0.5);
      const request = { ids, similarities, count, k: 1, start, neighbours: 2, minDist: 0.1, seed: 1 };
      const steps = umapLayout(request, kernels);
      for (const { phase, total } of steps) if (phase === 'layout') return total;
      return null;
    };
    expect([ring(10_000), ring(10_001)]).toEqual([500, 200]);
  });

  it('starts from the given plane scaled to 10 and shows the places after every epoch', () => {
    const request = requestFor(threeClusters, 14, { epochs: 10 });
    const largest = Math.max(...request.start.map(Math.abs));
    const epochs: number[] = [];
    const seen = new Set<string>();
    let rows = 0;
    for (const { phase, done, total, copyPlaces } of umapLayout(request, kernels)) {
      if (phase === 'graph') {
        expect(done).toBeGreaterThan(rows);
        expect(total).toBe(240);
        rows = done;
        copyPlaces().forEach((place, i) => {
          expect(Math.abs(place - (request.start[i]! / largest) * 10)).toBeLessThan(1.1e-3);
        });
        continue;
      }
      expect(total).toBe(10);
      epochs.push(done);
      seen.add(copyPlaces().join());
    }
    expect(rows).toBe(240);
    expect(epochs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(seen.size).toBe(10);
  });

  it('leaves the latest places to whoever stops between epochs', () => {
    const work = umapLayout(requestFor(threeClusters, 14), kernels);
    let step: LayoutStep | null = null;
    for (const latest of work) {
      step = latest;
      if (latest.phase === 'layout' && latest.done === 100) break;
    }
    expect(shareOfSameCluster(step!.copyPlaces(), 3, 10)).toBeGreaterThan(0.9);
    expect(work.next().done).toBe(true);
  });

  it('does not write to what it is given', () => {
    const request = requestFor(threeClusters, 14, { epochs: 3 });
    const arrays = [request.ids, request.similarities, request.start];
    const copies = arrays.map((values) => Array.from(values));
    lay(request);
    expect(arrays.map((values) => Array.from(values))).toEqual(copies);
  });

  it.each([0, 1, 2, 3, 4])('shows the scaled start for %i rows and says so', (count) => {
    const request = requestFor(threeClusters.slice(0, count), 14);
    const { layout, method, epochs, reason } = lay(request);
    expect({ method, epochs }).toEqual({ method: 'pca', epochs: 0 });
    expect(reason).toContain('at least 5');
    const largest = Math.max(0, ...request.start.map(Math.abs));
    expect(layout.length).toBe(count * 2);
    request.start.forEach((value, i) => {
      expect(layout[i]).toBeCloseTo((value / largest) * 10, 4);
    });
  });

  it.each([5, 6, 14, 15])('lays out %i rows with as many neighbours as there are, and says so', (count) => {
    for (const k of [count - 1, count + 10]) {
      const result = lay(requestFor(threeClusters.slice(0, count), k));
      expect(result.method).toBe('umap');
      expect(isFiniteLayout(result, count)).toBe(true);
      expect(new Set(result.layout).size).toBe(count * 2);
      if (count < 15) expect(result.reason).toContain(`to ${count}`);
      else expect(result.reason).toBe(null);
    }
  });

  it('keeps the start when all rows are the same', () => {
    const points = Array.from({ length: 30 }, () => axis(2));
    const result = lay(requestFor(points, 14, { start: new Float32Array(60).fill(1e-9) }));
    expect(result.method).toBe('pca');
    expect(result.reason).toContain('same vector');
    expect(result.layout.every((value) => value === 0)).toBe(true);
  });

  it('lays out rows whose neighbours are all equally far, also from a start without spread', () => {
    const random = parkMiller(3);
    const points = Array.from({ length: 40 }, (_, row) => axis(row, 40));
    for (const start of [new Float32Array(80), Float32Array.from({ length: 80 }, () => random() - 0.5)]) {
      const result = lay(requestFor(points, 14, { start, epochs: 50 }));
      expect(result.method).toBe('umap');
      expect(isFiniteLayout(result, 40)).toBe(true);
      expect(new Set(result.layout).size).toBeGreaterThan(70);
    }
  });

  it('lays out a graph in pieces, some of them of one place only', () => {
    const heap = Array.from({ length: 20 }, () => axis(9).map((value) => value * 3));
    const points = interleave([...gaussianPoints([axis(3), axis(7)], 20, 0.02, 11), ...heap], 3);
    const result = lay(requestFor(points, 6, { neighbours: 7, start: principalScores(points) }));
    expect(result.method).toBe('umap');
    expect(isFiniteLayout(result, 60)).toBe(true);
    expect(shareOfSameCluster(result.layout, 3, 6)).toBeGreaterThan(0.95);
  });

  it('holds together a row that is the neighbour of all others', () => {
    const count = 200;
    const ids = Int32Array.from({ length: count }, (_, row) => (row === 0 ? 1 : 0));
    const similarities = Float32Array.from({ length: count }, (_, row) => 0.3 + row / 1000);
    const start = Float32Array.from({ length: count * 2 }, (_, i) => Math.sin(i * 7));
    const result = lay({ ids, similarities, count, k: 1, start, neighbours: 2, minDist: 0.1, seed: 1 });
    expect(isFiniteLayout(result, count)).toBe(true);
    expect(Math.max(...result.layout.map(Math.abs))).toBeLessThan(100);
  });

  it('is finite for any rows and settings', () => {
    const vector = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 3, maxLength: 3 });
    const points = fc.array(
      vector.filter((values) => values.some((value) => value !== 0)),
      { maxLength: 24 },
    );
    const settings = fc.record({
      k: fc.integer({ min: 1, max: 30 }),
      neighbours: fc.integer({ min: 2, max: 200 }),
      minDist: fc.integer({ min: 0, max: 99 }).map((value) => value / 100),
      seed: fc.integer({ min: 0, max: 2147483647 }),
    });
    fc.assert(
      fc.property(points, settings, (rows, { k, ...rest }) => {
        const unit = rows.map((row) => row.map((value) => value / Math.hypot(...row)));
        expect(isFiniteLayout(lay(requestFor(unit, k, rest)), rows.length)).toBe(true);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('refuses input that does not fit or is not finite', () => {
    const request = requestFor(threeClusters.slice(0, 20), 5);
    expect(() => lay({ ...request, count: 19 })).toThrow(RangeError);
    expect(() => lay({ ...request, start: request.start.with(3, Number.NaN) })).toThrow(RangeError);
    expect(() => lay({ ...request, similarities: request.similarities.with(3, Number.NaN) })).toThrow(
      RangeError,
    );
    expect(() => lay({ ...request, ids: request.ids.with(3, 20) })).toThrow(RangeError);
  });

  it('says what a layout beyond all memory would need, and foresees what one does', () => {
    expect(whyTooLarge(100_000, 200)).toBe(null);
    expect(whyTooLarge(1_000_000, 50)).toBe(null);
    expect(whyTooLarge(1_000_000, 200)).toMatch(/1,000,000 rows with 200 neighbours needs up to \d+\.\d GB/);
  });
});

interface Sample {
  readonly name: string;
  readonly points: number[][];
  readonly labels: number[];
}

/** Twelve clusters in thirty dimensions: two coordinates cannot hold them apart. */
function clusters(): Sample {
  const random = parkMiller(29);
  const centres = Array.from({ length: 12 }, () => Array.from({ length: 30 }, () => (random() - 0.5) * 2));
  const points = interleave(gaussianPoints(centres, 30, 0.25, 31), 12);
  return { name: 'clusters', points, labels: points.map((_, row) => row % 12) };
}

/** Five groups of three clusters each in twenty-four dimensions. A cluster holds more rows than are asked for as neighbours. */
function nestedClusters(): Sample {
  const groups = gaussianPoints([new Array<number>(24).fill(0)], 5, 1, 43);
  const centres = groups.flatMap((group, i) => gaussianPoints([group], 3, 0.55, 47 + i));
  const points = interleave(gaussianPoints(centres, 22, 0.3, 53), 15);
  return { name: 'nested clusters', points, labels: points.map((_, row) => row % 15) };
}

describe('quality', () => {
  it.each([clusters(), nestedClusters()])(
    'is not below that of umap-js, far above PCA: $name',
    ({ points, labels }) => {
      const start = principalScores(points);
      const apart = points.map((point) => points.map((other) => 1 - cosine(point, other)));
      // Layouts differ by a few thousandths from seed to seed, so seeds are averaged.
      const judge = (layout: Float32Array) =>
        measureLayout({ layout, distance: (i, j) => apart[i]![j]!, labels, k: 15 });
      const average = (layouts: Float32Array[]): LayoutQuality => {
        const all = layouts.map(judge);
        const mean = (name: keyof LayoutQuality) => all.reduce((sum, one) => sum + one[name], 0) / all.length;
        return { trust: mean('trust'), kept: mean('kept'), labels: mean('labels') };
      };
      const requests = [1, 2, 3].map((seed) => requestFor(points, 14, { start, seed, epochs: 200 }));
      const ours = average(requests.map((request) => lay(request).layout));
      const theirs = average(requests.map((request) => finishWork(referenceLayout(request)).layout));
      const plane = judge(start);
      for (const name of ['trust', 'kept', 'labels'] as const) {
        expect(ours[name]).toBeGreaterThan(theirs[name] - 0.001);
      }
      expect(plane.trust).toBeLessThan(ours.trust - 0.02);
      expect(plane.kept).toBeLessThan(ours.kept - 0.1);
      expect(plane.labels).toBeLessThan(ours.labels - 0.05);
    },
  );
});
