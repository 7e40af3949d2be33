import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { gaussianPoints } from './layout-samples';
import { layoutStability } from './layout-stability';
import { nearestOnMap } from './nearest-on-map';

function nearestByHand(layout: Float32Array, row: number, k: number): number[] {
  return Array.from({ length: layout.length / 2 }, (_, other) => other)
    .filter((other) => other !== row)
    .map((other) => ({
      other,
      distance:
        (layout[2 * other]! - layout[2 * row]!) ** 2 + (layout[2 * other + 1]! - layout[2 * row + 1]!) ** 2,
    }))
    .sort((a, b) => a.distance - b.distance || a.other - b.other)
    .slice(0, k)
    .map(({ other }) => other);
}

it('finds the nearest places, ties by row', () => {
  const place = fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }));
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      (places, k) => {
        const layout = Float32Array.from(places.flat());
        const found = finishWork(nearestOnMap(layout, k));
        places.forEach((_, row) => {
          const expected = nearestByHand(layout, row, k);
          while (expected.length < k) expected.push(-1);
          expect([...found.subarray(row * k, (row + 1) * k)]).toEqual(expected);
        });
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});

describe('layoutStability', () => {
  const groups = [
    [0, 0],
    [20, 0],
    [0, 20],
  ];
  const layout = Float32Array.from(gaussianPoints(groups, 40, 1, 9).flat());

  it('keeps all where maps are turned, mirrored or larger, and little where they are shuffled', () => {
    const swapped = layout.map((_, i) => 3 * layout[i ^ 1]!);
    const same = finishWork(layoutStability({ layout, others: [swapped, layout.slice()], k: 10 }));
    expect(Math.min(...same.kept)).toBe(1);
    expect(same.wandering).toHaveLength(0);
    const shuffled = Float32Array.from({ length: layout.length }, (_, i) => {
      const row = ((i >> 1) * 47) % 120;
      return layout[2 * row + (i & 1)]!;
    });
    const other = finishWork(layoutStability({ layout, others: [shuffled], k: 10 }));
    const mean = other.kept.reduce((sum, share) => sum + share, 0) / 120;
    expect(mean).toBeLessThan(0.25);
  });

  it('tells the rows that wander', () => {
    const moved = layout.slice();
    moved.set([20, 1], 2 * 7);
    const found = finishWork(layoutStability({ layout, others: [moved, moved, layout.slice()], k: 10 }));
    expect([...found.wandering]).toEqual([7]);
    expect(found.kept[7]).toBeCloseTo(1 / 3, 5);
  });

  it('has an answer for one row, and for none', () => {
    expect(finishWork(layoutStability({ layout: Float32Array.of(1, 2), others: [], k: 15 }))).toMatchObject({
      k: 0,
    });
    expect(finishWork(layoutStability({ layout: new Float32Array(0), others: [], k: 15 })).kept).toHaveLength(
      0,
    );
  });
});
