import fc from 'fast-check';
import { UMAP } from 'umap-js';
import { describe, expect, it, vi } from 'vitest';
import { finishWork } from '@/core/work';
import type { LayoutRequest, LayoutResult, LayoutStep } from './layout-request';
import {
  axis,
  cosine,
  gaussianPoints,
  interleave,
  isFiniteLayout,
  parkMiller,
  requestFor,
  shareOfSameCluster,
  threeClusters,
} from './layout-samples';
import { referenceLayout } from './reference-umap';

function lay(request: LayoutRequest): LayoutResult {
  return finishWork(referenceLayout(request));
}

describe('referenceLayout', () => {
  it('brings three clusters apart that the start does not show', () => {
    const request = requestFor(threeClusters, 14);
    const { layout, method, epochs, reason } = lay(request);
    expect({ method, epochs, reason }).toEqual({ method: 'umap-js', epochs: 500, reason: null });
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
    const largest = Math.max(...request.start.map(Math.abs));
    const work = referenceLayout(request);
    for (const done of [0, 1]) {
      const step = work.next().value as LayoutStep;
      expect([step.phase, step.done, step.total]).toEqual(['graph', done, 1]);
      const places = step.copyPlaces();
      request.start.forEach((value, i) => {
        expect(Math.abs(places[i]! - (value / largest) * 10)).toBeLessThan(1.1e-3);
      });
    }
  });

  it('reports every epoch with the places it has come to', () => {
    const work = referenceLayout(requestFor(threeClusters, 14, { epochs: 10 }));
    const seen = new Set<string>();
    let steps = 0;
    for (const { phase, done, total, copyPlaces } of work) {
      if (phase === 'graph') continue;
      steps += 1;
      expect([done, total]).toEqual([steps, 10]);
      seen.add(copyPlaces().join());
    }
    // Nothing is due in umap-js's first epoch.
    expect([steps, seen.size]).toEqual([10, 10]);
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
      expect(result.method).toBe('umap-js');
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
      expect(result.method).toBe('umap-js');
      expect(isFiniteLayout(result, 40)).toBe(true);
      expect(new Set(result.layout).size).toBeGreaterThan(70);
    }
  });

  it('lays out a graph in pieces, some of them of one place only', () => {
    const heap = Array.from({ length: 20 }, () => axis(9).map((value) => value * 3));
    const points = [...gaussianPoints([axis(3), axis(7)], 20, 0.02, 11), ...heap];
    const result = lay(requestFor(points, 6, { neighbours: 7 }));
    expect(result.method).toBe('umap-js');
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
