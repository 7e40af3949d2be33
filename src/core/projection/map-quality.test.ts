import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededGaussian, seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import { measureMaps } from './map-quality';

/** Unit vectors around a few directions, and a map that sees the first two numbers only. */
function makeSpace(count: number, dims: number, seed: number): number[][] {
  const gaussian = seededGaussian(seed);
  const centres = Array.from({ length: 4 }, () => Array.from({ length: dims }, () => 2 * gaussian()));
  return Array.from({ length: count }, (_, i) => {
    const vector = centres[i % 4]!.map((centre) => centre + gaussian());
    const norm = Math.hypot(...vector);
    return vector.map((value) => value / norm);
  });
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function measure(vectors: number[][], layouts: Float32Array[], k: number, sample?: number[]) {
  const rows = sample ?? [...vectors.keys()];
  let next = 0;
  return finishWork(
    measureMaps({
      count: vectors.length,
      nextCosines: function* (out) {
        const member = vectors[rows[next++]!]!;
        vectors.forEach((vector, i) => {
          out[i] = dot(member, vector);
        });
      },
      layouts,
      k,
      sample: Uint32Array.from(rows),
      pairs: 5000,
      seed: 3,
    }),
  );
}

/** The definition, by sorting whole rows. */
function reference(vectors: number[][], layout: Float32Array, k: number, rows: number[]) {
  const n = vectors.length;
  const orderBy = (row: number, distance: (other: number) => number) =>
    Array.from({ length: n }, (_, i) => i)
      .filter((i) => i !== row)
      .sort((a, b) => distance(a) - distance(b) || a - b);
  const penalties = rows.map((row) => {
    const high = orderBy(row, (other) => 1 - dot(vectors[row]!, vectors[other]!));
    const low = orderBy(
      row,
      (other) =>
        (layout[2 * other]! - layout[2 * row]!) ** 2 + (layout[2 * other + 1]! - layout[2 * row + 1]!) ** 2,
    );
    const penalty = (near: number[], far: number[]) =>
      near
        .slice(0, k)
        .filter((other) => far.indexOf(other) >= k)
        .reduce((sum, other) => sum + far.indexOf(other) + 1 - k, 0);
    return { trust: penalty(low, high), continuity: penalty(high, low) };
  });
  const scale = 2 / (k * (2 * n - 3 * k - 1));
  const mean = (pick: (penalty: { trust: number; continuity: number }) => number) =>
    1 - (scale * penalties.reduce((sum, penalty) => sum + pick(penalty), 0)) / rows.length;
  return {
    trustworthiness: mean(({ trust }) => trust),
    continuity: mean(({ continuity }) => continuity),
    trust: penalties.map(({ trust }) => 1 - scale * trust),
  };
}

const planeOf = (vectors: number[][]) => Float32Array.from(vectors.flatMap((vector) => vector.slice(0, 2)));

function shuffled(layout: Float32Array, seed: number): Float32Array {
  const random = seededRandom(seed);
  const places = Array.from({ length: layout.length / 2 }, (_, i) => i);
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return Float32Array.from(places.flatMap((place) => [layout[2 * place]!, layout[2 * place + 1]!]));
}

describe('measureMaps', () => {
  it('is the definition among many rows, most of them in one place and a few far off', () => {
    const vectors = makeSpace(700, 4, 11).map((vector, i) => (i % 7 === 0 ? [1, 0, 0, 0] : vector));
    const layout = planeOf(vectors).map((value, i) =>
      i < 6 ? 1000 * value : i % 5 === 0 ? 0.5 : value / 1000,
    );
    const rows = [0, 1, 2, 7, 350, 699];
    const [found] = measure(vectors, [layout], 15, rows);
    const expected = reference(vectors, layout, 15, rows);
    expect(found?.trustworthiness).toBeCloseTo(expected.trustworthiness, 9);
    expect(found?.continuity).toBeCloseTo(expected.continuity, 9);
  });

  it('is the definition, for each row and over all, ties included', () => {
    const cases = fc.record({
      count: fc.integer({ min: 5, max: 40 }),
      seed: fc.integer({ min: 0, max: 1000 }),
      isCoarse: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ count, seed, isCoarse }) => {
        const vectors = makeSpace(count, 5, seed);
        const plane = planeOf(vectors);
        const layout = isCoarse ? plane.map((value) => Math.round(3 * value)) : plane;
        const k = 1 + (seed % Math.max(1, Math.ceil(count / 2) - 1));
        const rows = Array.from({ length: count }, (_, i) => i).filter((i) => i % 3 !== seed % 3);
        const [found] = measure(vectors, [layout], k, rows);
        const expected = reference(vectors, layout, k, rows);
        expect(found?.trustworthiness).toBeCloseTo(expected.trustworthiness, 9);
        expect(found?.continuity).toBeCloseTo(expected.continuity, 9);
        expected.trust.forEach((trust, i) => {
          expect(found?.trust[i]).toBeCloseTo(trust, 5);
        });
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it('is 1 for a map that is the space, about .5 for a shuffled one, and orders what lies between', () => {
    const random01 = seededRandom(8);
    const arc = Array.from({ length: 600 }, () => (random01() * Math.PI) / 2);
    const circle = arc.map((angle) => [Math.cos(angle), Math.sin(angle)]);
    const [perfect] = measure(circle, [planeOf(circle)], 15);
    expect(perfect).toMatchObject({ trustworthiness: 1, continuity: 1 });
    expect(perfect?.globalOrder).toBeCloseTo(1, 6);

    const vectors = makeSpace(800, 12, 5);
    const plane = planeOf(vectors);
    const [seen, random] = measure(vectors, [plane, shuffled(plane, 9)], 15);
    expect(random?.trustworthiness).toBeGreaterThan(0.46);
    expect(random?.trustworthiness).toBeLessThan(0.54);
    expect(Math.abs(random!.globalOrder!)).toBeLessThan(0.1);
    expect(seen?.trustworthiness).toBeGreaterThan(0.7);
    expect(seen?.globalOrder).toBeGreaterThan(0.3);
  });

  it('says nothing where there are too few rows, and the same for the same seed', () => {
    const vectors = makeSpace(20, 4, 1);
    const [few] = measure(vectors, [planeOf(vectors)], 10);
    expect(few).toMatchObject({ trustworthiness: null, continuity: null });
    expect(few?.trust.every(Number.isNaN)).toBe(true);
    expect(few?.globalOrder).not.toBeNull();
    expect(measure([[1, 0]], [Float32Array.of(0, 0)], 15)).toMatchObject([
      { trustworthiness: null, continuity: null, globalOrder: null },
    ]);
    expect(measure(vectors, [planeOf(vectors)], 5)).toEqual(measure(vectors, [planeOf(vectors)], 5));
  });
});
