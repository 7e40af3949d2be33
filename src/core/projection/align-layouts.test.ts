import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededGaussian } from '@/core/random';
import { alignLayouts, applyAlignment } from './align-layouts';

function layoutOf(count: number, seed: number): Float32Array<ArrayBuffer> {
  const gaussian = seededGaussian(seed);
  return Float32Array.from({ length: 2 * count }, () => 5 * gaussian());
}

/** Turned by an angle, mirrored or not, scaled and moved. */
function transform(
  layout: Float32Array,
  {
    angle,
    mirrored,
    scale,
    dx,
    dy,
  }: { angle: number; mirrored: boolean; scale: number; dx: number; dy: number },
): Float32Array<ArrayBuffer> {
  const made = new Float32Array(layout.length);
  for (let i = 0; i < layout.length; i += 2) {
    const x = layout[i]! * (mirrored ? -1 : 1);
    const y = layout[i + 1]!;
    made[i] = scale * (Math.cos(angle) * x - Math.sin(angle) * y) + dx;
    made[i + 1] = scale * (Math.sin(angle) * x + Math.cos(angle) * y) + dy;
  }
  return made;
}

/** The least disparity over a fine grid of turns, plain and mirrored: no formula in common with the closed form. */
function disparityByTrying(fixed: Float32Array, moved: Float32Array): number {
  const unit = (layout: Float32Array) => {
    const count = layout.length / 2;
    const mean = [0, 1].map(
      (axis) => layout.reduce((sum, v, i) => sum + (i % 2 === axis ? v : 0), 0) / count,
    );
    const centred = Array.from(layout, (v, i) => v - mean[i % 2]!);
    const norm = Math.sqrt(centred.reduce((sum, v) => sum + v * v, 0));
    return centred.map((v) => v / norm);
  };
  const target = unit(fixed);
  const source = unit(moved);
  let most = 0;
  for (const sign of [1, -1]) {
    for (let step = 0; step < 20_000; step++) {
      const angle = (step / 20_000) * 2 * Math.PI;
      let kept = 0;
      for (let i = 0; i < source.length; i += 2) {
        const x = source[i]! * sign;
        const y = source[i + 1]!;
        kept += target[i]! * (Math.cos(angle) * x - Math.sin(angle) * y);
        kept += target[i + 1]! * (Math.sin(angle) * x + Math.cos(angle) * y);
      }
      most = Math.max(most, kept);
    }
  }
  return 1 - most * most;
}

describe('alignLayouts', () => {
  it('brings a turned, mirrored, scaled and moved copy back without anything left over', () => {
    fc.assert(
      fc.property(
        fc.record({
          angle: fc.double({ min: -7, max: 7, noNaN: true }),
          mirrored: fc.boolean(),
          scale: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
          dx: fc.double({ min: -50, max: 50, noNaN: true }),
          dy: fc.double({ min: -50, max: 50, noNaN: true }),
        }),
        fc.integer({ min: 3, max: 60 }),
        fc.integer({ min: 0, max: 1000 }),
        (change, count, seed) => {
          const layout = layoutOf(count, seed);
          const alignment = alignLayouts(layout, transform(layout, change));
          // Places moved far away in units of their spread have lost bits of it.
          const lost = 1e-6 * (1 + 50 / change.scale);
          expect(alignment.residual).toBeLessThan(lost);
          const back = applyAlignment(transform(layout, change), alignment);
          const furthest = back.reduce((most, value, i) => Math.max(most, Math.abs(value - layout[i]!)), 0);
          expect(furthest).toBeLessThan(20 * lost + 1e-4);
          if (lost < 1e-4) expect(alignment.isMirrored).toBe(change.mirrored);
        },
      ),
      { seed: 11, numRuns: 100 },
    );
  });

  it('finds what trying every turn finds', () => {
    for (let seed = 1; seed <= 8; seed++) {
      const fixed = layoutOf(12, seed);
      const other = layoutOf(12, seed + 100);
      const moved = fixed.map((value, i) => value + (seed / 4) * other[i]!);
      expect(alignLayouts(fixed, moved).residual).toBeCloseTo(disparityByTrying(fixed, moved), 5);
    }
  });

  it('leaves over what is left over: the squares between the two, in units of the first', () => {
    const fixed = layoutOf(40, 1);
    const moved = layoutOf(40, 2);
    const alignment = alignLayouts(fixed, moved);
    const placed = applyAlignment(moved, alignment);
    const mean = [0, 1].map((axis) => fixed.reduce((sum, v, i) => sum + (i % 2 === axis ? v : 0), 0) / 40);
    const spread = fixed.reduce((sum, value, i) => sum + (value - mean[i % 2]!) ** 2, 0);
    // The placed one has the same spread; scaled by their correlation it would leave the least.
    const placedSpread = placed.reduce((sum, value, i) => sum + (value - mean[i % 2]!) ** 2, 0);
    expect(placedSpread / spread).toBeCloseTo(1, 5);
    const product = placed.reduce(
      (sum, value, i) => sum + (value - mean[i % 2]!) * (fixed[i]! - mean[i % 2]!),
      0,
    );
    const left = placed.reduce((sum, value, i) => {
      const centre = mean[i % 2]!;
      return sum + (fixed[i]! - centre - (product / placedSpread) * (value - centre)) ** 2;
    }, 0);
    expect(alignment.residual).toBeCloseTo(left / spread, 5);
    // It is the same the other way round.
    expect(alignLayouts(moved, fixed).residual).toBeCloseTo(alignment.residual!, 6);
  });

  it('looks at common rows only, and places the others too', () => {
    const fixed = layoutOf(20, 5);
    const moved = transform(fixed, { angle: 1, mirrored: true, scale: 0.5, dx: 3, dy: -2 });
    const kept = moved.slice();
    fixed.fill(Number.NaN, 0, 4);
    moved.fill(Number.NaN, 36, 40);
    const alignment = alignLayouts(fixed, moved);
    expect(alignment.rows).toBe(16);
    expect(alignment.residual).toBeLessThan(1e-9);
    const placed = applyAlignment(moved, alignment);
    expect([...placed.subarray(0, 4)].every(Number.isFinite)).toBe(true);
    expect([...placed.subarray(36)].every(Number.isNaN)).toBe(true);
    expect(kept[0]).toBe(moved[0]);
  });

  it('has no residual where there is nothing to align', () => {
    const none = new Float32Array(6).fill(Number.NaN);
    expect(alignLayouts(none, layoutOf(3, 1))).toMatchObject({ rows: 0, residual: null });
    const two = Float32Array.from([0, 0, 1, 1, Number.NaN, Number.NaN]);
    expect(alignLayouts(two, layoutOf(3, 1)).residual).toBeNull();
    const heap = new Float32Array(6).fill(2);
    expect(alignLayouts(heap, layoutOf(3, 1)).residual).toBeNull();
    expect(() => alignLayouts(none, new Float32Array(4))).toThrow(RangeError);
  });
});
