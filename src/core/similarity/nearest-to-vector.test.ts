import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { nearestToVector } from './nearest-to-vector';

/** By definition: all cosines in float64, sorted. */
function reference(
  values: Float32Array,
  dims: number,
  members: Uint32Array,
  vector: Float32Array,
  k: number,
) {
  const norm = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return [...members]
    .map((row) => {
      const own = values.subarray(row * dims, (row + 1) * dims);
      return { row, cosine: own.reduce((sum, x, i) => sum + x * vector[i]!, 0) / norm };
    })
    .sort((a, b) => b.cosine - a.cosine || a.row - b.row)
    .slice(0, k);
}

describe('nearestToVector', () => {
  it('finds what a full sort finds', () => {
    const numbers = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 });
    const rows = fc.array(numbers, { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(rows, numbers, fc.integer({ min: 1, max: 12 }), fc.nat(), (all, asked, k, drop) => {
        fc.pre(asked.some((x) => x !== 0));
        const values = Float32Array.from(
          all.flatMap((row) => {
            const norm = Math.hypot(...row) || 1;
            return row.map((x) => x / norm);
          }),
        );
        const members = Uint32Array.from(all.keys()).filter(
          (row) => all.length === 1 || row !== drop % all.length,
        );
        const vector = Float32Array.from(asked);
        const found = finishWork(nearestToVector({ rows: { values, dims: 4 }, members, vector, k }));
        const expected = reference(values, 4, members, vector, k);
        expect([...found.ids]).toEqual([
          ...expected.map(({ row }) => row),
          ...Array.from({ length: k - expected.length }, () => -1),
        ]);
        expected.forEach(({ cosine }, i) => {
          expect(found.similarities[i]).toBeCloseTo(Math.max(-1, Math.min(1, cosine)), 6);
        });
        for (let i = expected.length; i < k; i++) expect(found.similarities[i]).toBeNaN();
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });

  it('does not depend on the length of the vector, and goes on over many steps', () => {
    const count = 5000;
    const values = Float32Array.from({ length: 2 * count }, (_, i) => {
      const angle = ((i >> 1) / count) * Math.PI;
      return i % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
    const members = Uint32Array.from({ length: count }, (_, i) => i);
    const find = (scale: number) =>
      finishWork(
        nearestToVector({
          rows: { values, dims: 2 },
          members,
          vector: Float32Array.of(Math.cos(2) * scale, Math.sin(2) * scale),
          k: 3,
        }),
      );
    const nearest = Math.round((2 / Math.PI) * count);
    expect(find(1).ids[0]).toBe(nearest);
    expect([...find(1).ids].sort()).toEqual([nearest - 1, nearest, nearest + 1]);
    expect([...find(250).ids]).toEqual([...find(1).ids]);
  });

  it('refuses a vector of another width', () => {
    const work = nearestToVector({
      rows: { values: new Float32Array(4), dims: 2 },
      members: Uint32Array.of(0, 1),
      vector: Float32Array.of(1, 0, 0),
      k: 1,
    });
    expect(() => finishWork(work)).toThrow(RangeError);
  });
});
