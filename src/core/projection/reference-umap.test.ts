import fc from 'fast-check';
import { UMAP } from 'umap-js';
import { describe, expect, it, vi } from 'vitest';
import { finishWork } from '@/core/work';
import { type UmapProgress, type UmapRequest, type UmapResult, umapLayout } from './umap';

/** Uniform numbers of the test's own (Park & Miller 1988), so that data does not come from the code under test. */
function parkMiller(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function gaussianPoints(centres: number[][], each: number, spread: number, seed: number): number[][] {
  const random = parkMiller(seed);
  const gaussian = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return centres.flatMap((centre) =>
    Array.from({ length: each }, () => centre.map((value) => value + spread * gaussian())),
  );
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Exact neighbours in float64, −1 and NaN where there are fewer than k, and the first two coordinates as the start. */
function requestFor(points: number[][], k: number, settings: Partial<UmapRequest> = {}): UmapRequest {
  const count = points.length;
  const ids = new Int32Array(count * k).fill(-1);
  const similarities = new Float32Array(count * k).fill(Number.NaN);
  points.forEach((point, row) => {
    points
      .map((other, id) => ({ id, similarity: cosine(point, other) }))
      .filter(({ id }) => id !== row)
      .sort((a, b) => b.similarity - a.similarity || a.id - b.id)
      .slice(0, k)
      .forEach(({ id, similarity }, j) => {
        ids[row * k + j] = id;
        similarities[row * k + j] = similarity;
      });
  });
  const start = Float32Array.from(points.flatMap((point) => [point[0]!, point[1]!]));
  return { ids, similarities, count, k, start, neighbours: 15, minDist: 0.1, seed: 42, ...settings };
}

function lay(request: UmapRequest): UmapResult {
  return finishWork(umapLayout(request));
}

function isFiniteLayout(result: UmapResult, count: number): boolean {
  return result.layout.length === count * 2 && result.layout.every(Number.isFinite);
}

const axis = (at: number, length = 12): number[] => Array.from({ length }, (_, i) => (i === at ? 1 : 0));
/**
 * Rows in turn from each cluster, so that neighbours by index are never neighbours. The start holds coordinates 0 and 1,
 * in which all clusters lie on top of each other.
 */
const threeClusters = interleave(gaussianPoints([axis(3), axis(5), axis(7)], 40, 0.08, 7), 3);

function interleave(points: number[][], clusters: number): number[][] {
  const each = points.length / clusters;
  return points.map((_, row) => points[(row % clusters) * each + Math.floor(row / clusters)]!);
}

/** Share of each row's nearest places that belong to its own cluster, when row r belongs to cluster r modulo `clusters`. */
function shareOfSameCluster(places: Float32Array, clusters: number, nearest: number): number {
  const count = places.length / 2;
  let same = 0;
  for (let row = 0; row < count; row++) {
    same += Array.from({ length: count }, (_, other) => other)
      .filter((other) => other !== row)
      .map((other) => ({
        other,
        distance: Math.hypot(
          places[row * 2]! - places[other * 2]!,
          places[row * 2 + 1]! - places[other * 2 + 1]!,
        ),
      }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, nearest)
      .filter(({ other }) => other % clusters === row % clusters).length;
  }
  return same / (count * nearest);
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

  it('hands umap-js each row itself first, then one less than n_neighbors at 1 − cosine', () => {
    const handOver = vi.spyOn(UMAP.prototype, 'setPrecomputedKNN');
    const request = requestFor(threeClusters.slice(0, 30), 14, { neighbours: 6, epochs: 1 });
    lay(request);
    const [ids, distances] = handOver.mock.calls[0]!;
    handOver.mockRestore();
    expect(ids).toEqual(
      Array.from({ length: 30 }, (_, row) => [row, ...request.ids.subarray(row * 14, row * 14 + 5)]),
    );
    distances.forEach((list, row) => {
      expect(list[0]).toBe(0);
      expect(list).toHaveLength(6);
      for (let j = 1; j < 6; j++) {
        const exact = 1 - cosine(threeClusters[row]!, threeClusters[ids[row]![j]!]!);
        expect(Math.abs(list[j]! - exact)).toBeLessThan(1e-6);
      }
    });
  });

  it('gives the same bytes for the same seed and others for another', () => {
    const request = requestFor(threeClusters, 14, { epochs: 60 });
    const first = lay(request).layout;
    expect(Array.from(lay(request).layout)).toEqual(Array.from(first));
    expect(Array.from(lay({ ...request, seed: 43 }).layout)).not.toEqual(Array.from(first));
  });

  it('follows its settings', () => {
    const request = requestFor(threeClusters, 14, { epochs: 60 });
    const first = Array.from(lay(request).layout);
    expect(Array.from(lay({ ...request, neighbours: 5 }).layout)).not.toEqual(first);
    expect(Array.from(lay({ ...request, minDist: 0.8 }).layout)).not.toEqual(first);
    const other = Float32Array.from(request.start, (value) => -value);
    expect(Array.from(lay({ ...request, start: other }).layout)).not.toEqual(first);
  });

  it('starts from the given plane scaled to 10', () => {
    const request = requestFor(threeClusters, 14, { epochs: 1 });
    const work = umapLayout(request);
    const before = work.next().value as UmapProgress;
    const after = work.next().value as UmapProgress;
    expect([before.phase, before.done, before.total]).toEqual(['graph', 0, 1]);
    expect([after.phase, after.done, after.total]).toEqual(['graph', 1, 1]);
    const largest = Math.max(...request.start.map(Math.abs));
    request.start.forEach((value, i) => {
      const scaled = (value / largest) * 10;
      expect(Math.abs(before.layout![i]! - scaled)).toBeLessThan(1e-5);
      expect(Math.abs(after.layout![i]! - scaled)).toBeLessThan(1.1e-3);
    });
  });

  it('reports every epoch, with a layout of its own as often as asked', () => {
    const request = requestFor(threeClusters, 14, { epochs: 10, layoutEvery: 4 });
    const seen = Array.from(umapLayout(request)).filter(({ phase }) => phase === 'layout');
    expect(seen.map(({ done, total }) => [done, total])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i + 1, 10]),
    );
    expect(seen.filter(({ layout }) => layout !== null).map(({ done }) => done)).toEqual([4, 8]);
    expect(Array.from(seen[3]!.layout!)).not.toEqual(Array.from(seen[7]!.layout!));

    const silent = Array.from(umapLayout({ ...request, layoutEvery: 0 }));
    expect(silent.every(({ layout }) => layout === null)).toBe(true);
    const loud = Array.from(umapLayout({ ...request, layoutEvery: undefined }));
    expect(loud.every(({ layout }) => layout !== null)).toBe(true);
  });

  it('does not write to what it is given', () => {
    const request = requestFor(threeClusters, 14, { epochs: 3 });
    const copies = [request.ids, request.similarities, request.start].map((values) => Array.from(values));
    lay(request);
    expect([request.ids, request.similarities, request.start].map((values) => Array.from(values))).toEqual(
      copies,
    );
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

  it.each([5, 6, 15, 16])('lays out %i rows with fewer neighbours than asked, and says so', (count) => {
    for (const k of [count - 1, count + 10]) {
      const result = lay(requestFor(threeClusters.slice(0, count), k, { epochs: 40 }));
      expect(result.method).toBe('umap');
      expect(isFiniteLayout(result, count)).toBe(true);
      if (count < 16) expect(result.reason).toContain(`to ${count - 1}`);
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
    const points = Array.from({ length: 40 }, (_, row) =>
      Array.from({ length: 40 }, (_, i) => (i === row ? 1 : 0)),
    );
    for (const start of [new Float32Array(80), Float32Array.from({ length: 80 }, () => random() - 0.5)]) {
      const result = lay(requestFor(points, 14, { start, epochs: 50 }));
      expect(result.method).toBe('umap');
      expect(isFiniteLayout(result, 40)).toBe(true);
      expect(new Set(result.layout).size).toBeGreaterThan(70);
    }
  });

  it('lays out a graph in pieces, some of them of one place only', () => {
    const heap = Array.from({ length: 20 }, () => axis(9).map((value) => value * 3));
    const points = [...gaussianPoints([axis(3), axis(7)], 20, 0.02, 11), ...heap];
    const result = lay(requestFor(points, 6, { neighbours: 7 }));
    expect(result.method).toBe('umap');
    expect(isFiniteLayout(result, 60)).toBe(true);
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
        const result = lay(requestFor(unit, k, { ...rest, epochs: 30 }));
        expect(isFiniteLayout(result, rows.length)).toBe(true);
      }),
      { seed: 20261122, numRuns: 120 },
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
});
