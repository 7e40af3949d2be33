import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { UMAP } from 'umap-js';
import { describe, expect, it } from 'vitest';
import type { FuzzyGraph, UmapKernels, UmapProblem, UmapSession } from '@/core/projection/umap-kernels';
import { loadUmapKernels, plainUmapKernels } from './umap-kernels';
import {
  type ReferenceLists,
  referenceEdges,
  referenceEpoch,
  referenceStrengths,
  referenceUnion,
} from './umap-reference';

const wasm = await loadUmapKernels(readFileSync(new URL('./umap.wasm', import.meta.url)));
const plain = plainUmapKernels();
const seed = 20261122;

/** Uniform numbers of the tests' own (Park & Miller 1988). */
function parkMiller(start: number): () => number {
  let state = (start % 2147483646) + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

interface Recipe {
  readonly count: number;
  readonly k: number;
  readonly neighbours: number;
  readonly seed: number;
  /** Points take this many different values an axis; few values give equal distances and duplicates. */
  readonly values: number;
  /** Entries missing at the end of some lists. */
  readonly missing: number;
}

const recipes: fc.Arbitrary<Recipe> = fc
  .record({
    count: fc.integer({ min: 2, max: 90 }),
    wanted: fc.integer({ min: 1, max: 40 }),
    spare: fc.integer({ min: 0, max: 3 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    values: fc.constantFrom(2, 3, 10, 1e6),
    missing: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ count, wanted, spare, ...rest }) => {
    const width = Math.min(wanted, count - 1);
    return { count, k: width + spare, neighbours: width + 1, ...rest };
  });

/** Exact neighbours of points of three coordinates by cosine; the lists are shortened in every third row. */
function makeLists({ count, k, neighbours, seed: start, values, missing }: Recipe): ReferenceLists {
  const random = parkMiller(start);
  const points = Array.from({ length: count }, () => {
    const point = Array.from({ length: 3 }, () => Math.floor(random() * values) / values + 0.1);
    return point.map((value) => value / Math.hypot(...point));
  });
  const ids = new Int32Array(count * k).fill(-1);
  const similarities = new Float32Array(count * k).fill(Number.NaN);
  points.forEach((point, row) => {
    points
      .map((other, id) => ({ id, cosine: point.reduce((sum, value, i) => sum + value * other[i]!, 0) }))
      .filter(({ id }) => id !== row)
      .sort((a, b) => b.cosine - a.cosine || a.id - b.id)
      .slice(0, Math.max(1, k - (row % 3 === 0 ? missing : 0)))
      .forEach(({ id, cosine }, j) => {
        ids[row * k + j] = id;
        similarities[row * k + j] = cosine;
      });
  });
  return { ids, similarities, count, k, neighbours };
}

function makeProblem(lists: ReferenceLists, more: Partial<UmapProblem> = {}): UmapProblem {
  const random = parkMiller(lists.count * 31 + lists.k);
  return {
    ...lists,
    minDist: 0.1,
    epochs: 20,
    places: Float32Array.from({ length: lists.count * 2 }, () => random() * 20 - 10),
    random: Uint32Array.of(123456789, 362436069, 521288629, 88675123),
    ...more,
  };
}

function buildGraph(kernels: UmapKernels, problem: UmapProblem, rowsPerCall = problem.count): UmapSession {
  const session = kernels.open(problem);
  for (const work of [session.weighRows, session.uniteRows]) {
    for (let from = 0; from < problem.count; from += rowsPerCall) {
      work(from, Math.min(problem.count, from + rowsPerCall));
    }
  }
  expect(session.arrangeEdges()).toBe(1);
  return session;
}

function entriesOf({
  starts,
  columns,
  weights,
}: FuzzyGraph): [row: number, column: number, weight: number][] {
  return Array.from({ length: starts.length - 1 }, (_, row) =>
    Array.from(columns.subarray(starts[row], starts[row + 1]), (column, j): [number, number, number] => [
      row,
      column,
      weights[starts[row]! + j]!,
    ]),
  ).flat();
}

/** Bits, so that signs of zero count. */
function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.slice().buffer);
}

describe('loadUmapKernels', () => {
  it('uses SIMD where the engine accepts it and plain code where it does not', async () => {
    expect(wasm.kind).toBe('wasm-simd');
    expect((await loadUmapKernels(new Uint8Array([0, 97, 115, 109, 9, 9, 9, 9]))).kind).toBe('plain');
  });
});

describe.each([wasm, plain])('fitCurve ($kind)', ({ fitCurve }) => {
  const cost = (minDist: number, a: number, b: number) =>
    Array.from({ length: 300 }, (_, i) => (3 * i) / 299).reduce(
      (sum, x) => sum + ((x < minDist ? 1 : Math.exp(minDist - x)) - 1 / (1 + a * x ** (2 * b))) ** 2,
      0,
    );

  it('is a least-squares minimum: no other curve nearby is closer', () => {
    for (const minDist of [0, 0.001, 0.05, 0.1, 0.25, 0.5, 0.8, 0.99, 1]) {
      const { a, b } = fitCurve(minDist);
      const least = cost(minDist, a, b);
      for (const [da, db] of [
        [1e-4, 0],
        [-1e-4, 0],
        [0, 1e-4],
        [0, -1e-4],
        [1e-4, 1e-4],
        [1e-4, -1e-4],
        [0.2, 0],
        [-0.05, 0.3],
      ] as const) {
        expect(cost(minDist, a + da, b + db)).toBeGreaterThan(least);
      }
    }
  });

  it('gives the published values for min_dist 0.1', () => {
    const { a, b } = fitCurve(0.1);
    expect(a).toBeCloseTo(1.57694, 4);
    expect(b).toBeCloseTo(0.89506, 4);
  });
});

describe.each([wasm, plain])('the fuzzy graph ($kind)', (kernels) => {
  it('holds the strengths of a float64 reference, both ways, and nothing else', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const lists = makeLists(recipe);
        const expected = referenceUnion(referenceStrengths(lists));
        const entries = entriesOf(buildGraph(kernels, makeProblem(lists)).readGraph());
        const seen = new Set(entries.map(([row, column]) => row * lists.count + column));
        expect(seen.size).toBe(entries.length);
        for (const [row, column, weight] of entries) {
          expect(Math.abs(weight - expected[row]![column]!)).toBeLessThan(2e-5);
        }
        expected.forEach((row, i) => {
          row.forEach((weight, j) => {
            if (!seen.has(i * lists.count + j)) expect(weight).toBeLessThan(1e-30);
          });
        });
      }),
      { seed, numRuns: 80 },
    );
  });

  it('equals that of umap-js to 1e-5 on the same neighbours', () => {
    const lists = makeLists({ count: 400, k: 14, neighbours: 15, seed: 5, values: 1e6, missing: 0 });
    const rows = Array.from({ length: 400 }, (_, row) => row);
    const umap = new UMAP({ nNeighbors: 15, random: parkMiller(1) });
    umap.setPrecomputedKNN(
      rows.map((row) => [row, ...lists.ids.subarray(row * 14, row * 14 + 14)]),
      rows.map((row) => [
        0,
        ...Array.from(lists.similarities.subarray(row * 14, row * 14 + 14), (cosine) =>
          Math.max(0, 1 - cosine),
        ),
      ]),
    );
    umap.initializeFit(rows.map(() => []));
    const theirs = (
      umap as unknown as { graph: { getAll(): { row: number; col: number; value: number }[] } }
    ).graph
      .getAll()
      .filter(({ value }) => value > 0);
    const ours = new Map(
      entriesOf(buildGraph(kernels, makeProblem(lists)).readGraph()).map(([row, column, weight]) => [
        row * 400 + column,
        weight,
      ]),
    );
    expect(ours.size).toBe(theirs.length);
    for (const { row, col, value } of theirs) {
      expect(Math.abs(ours.get(row * 400 + col)! - value)).toBeLessThan(1e-5);
    }
  });

  it('does not depend on how rows are shared out between calls', () => {
    const problem = makeProblem(
      makeLists({ count: 50, k: 9, neighbours: 10, seed: 3, values: 10, missing: 2 }),
    );
    expect(buildGraph(kernels, problem, 7).readGraph()).toEqual(buildGraph(kernels, problem).readGraph());
  });
});

/** The generator of the kernels in big integers: xorshift with 13, 17, 5, and the high half of a product. */
function drawFrom(words: Uint32Array, count: number): (lane: number) => number {
  const states = Array.from(words, BigInt);
  const mask = 0xffffffffn;
  return (lane) => {
    let state = states[lane]!;
    state ^= (state << 13n) & mask;
    state ^= state >> 17n;
    state ^= (state << 5n) & mask;
    states[lane] = state;
    return Number((state * BigInt(count)) >> 32n);
  };
}

describe.each([wasm, plain])('moveEpoch ($kind)', (kernels) => {
  it('moves the points as a float64 reference does, to the width of a table cell', () => {
    fc.assert(
      fc.property(
        recipes,
        fc.integer({ min: 991, max: 1000 }),
        fc.constantFrom(0, 0.1, 0.5, 0.99),
        fc.constantFrom(0.1, 1, 10),
        (recipe, epoch, minDist, size) => {
          const lists = makeLists(recipe);
          const random = parkMiller(recipe.seed);
          const places = Float32Array.from({ length: lists.count * 2 }, () => (random() * 2 - 1) * size);
          // Late epochs with small steps: a group sees the errors of those before it, and large steps magnify them.
          const problem = makeProblem(lists, { minDist, places, epochs: 1000 });
          const session = buildGraph(kernels, problem);
          session.moveEpoch(epoch, 0);

          const expected = Float64Array.from(places);
          const moved = referenceEpoch({
            places: expected,
            edges: referenceEdges(session.readGraph(), problem.epochs),
            epoch,
            alpha: 1 - (epoch - 1) / problem.epochs,
            ...kernels.fitCurve(minDist),
            draw: drawFrom(problem.random, lists.count),
          });
          const largest = Math.max(...moved);
          session.copyPlaces().forEach((place, i) => {
            expect(Math.abs(place - expected[i]!)).toBeLessThan(0.02 * largest + 1e-6);
          });
        },
      ),
      { seed, numRuns: 60 },
    );
  });

  it('moves two points by the whole learning rate as the reference does: first together, then away', () => {
    for (const minDist of [0, 0.1, 0.5, 0.99]) {
      for (const gap of [0.05, 0.3, 1, 2, 7, 30]) {
        const lists = {
          count: 2,
          k: 1,
          neighbours: 2,
          ids: Int32Array.of(1, 0),
          similarities: Float32Array.of(0.5, 0.5),
        };
        const places = Float32Array.of(1, -2, 1 + gap * 0.8, -2 - gap * 0.6);
        const problem = makeProblem(lists, { minDist, places });
        const session = buildGraph(kernels, problem);
        session.moveEpoch(1, 0);
        const expected = Float64Array.from(places);
        const moved = referenceEpoch({
          places: expected,
          edges: referenceEdges(session.readGraph(), problem.epochs),
          epoch: 1,
          alpha: 1,
          ...kernels.fitCurve(minDist),
          draw: drawFrom(problem.random, 2),
        });
        session.copyPlaces().forEach((place, i) => {
          expect(Math.abs(place - expected[i]!)).toBeLessThan(0.02 * Math.max(...moved));
        });
      }
    }
  });

  it('leaves the points of an epoch without due edges where they are', () => {
    const lists = makeLists({ count: 30, k: 5, neighbours: 6, seed: 8, values: 1e6, missing: 0 });
    const problem = makeProblem(lists, { epochs: 1 });
    const session = buildGraph(kernels, problem);
    const due = referenceEdges(session.readGraph(), 1);
    session.moveEpoch(1, 0);
    const before = problem.places;
    const after = session.copyPlaces();
    const inEdge = new Set(due.flatMap(({ head, tail }) => [head, tail]));
    for (let row = 0; row < 30; row++) {
      expect(after[row * 2] !== before[row * 2] || after[row * 2 + 1] !== before[row * 2 + 1]).toBe(
        inEdge.has(row),
      );
    }
  });
});

describe('the two implementations', () => {
  it('fit the same curve, bit by bit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (minDist) => {
        expect(wasm.fitCurve(minDist)).toEqual(plain.fitCurve(minDist));
      }),
      { seed, numRuns: 60 },
    );
  });

  it('give the same graph and the same places, bit by bit', () => {
    fc.assert(
      fc.property(recipes, fc.constantFrom(0, 0.1, 0.99), fc.boolean(), (recipe, minDist, isFlat) => {
        const lists = makeLists(recipe);
        const flat = isFlat ? { places: new Float32Array(lists.count * 2) } : {};
        const problem = makeProblem(lists, { minDist, ...flat });
        const fast = buildGraph(wasm, problem);
        const slow = buildGraph(plain, problem);
        expect(fast.readGraph()).toEqual(slow.readGraph());
        for (let epoch = 1; epoch <= problem.epochs; epoch++) {
          fast.moveEpoch(epoch, 0);
          slow.moveEpoch(epoch, 0);
        }
        expect(bitsOf(fast.copyPlaces())).toEqual(bitsOf(slow.copyPlaces()));
      }),
      { seed, numRuns: 80 },
    );
  });

  it('agree on more edges than an epoch has in one part', () => {
    // A ring in which every row is held to the forty rows after it.
    const [count, k] = [8000, 40];
    const ids = Int32Array.from(
      { length: count * k },
      (_, at) => (Math.floor(at / k) + (at % k) + 1) % count,
    );
    const similarities = Float32Array.from({ length: count * k }, (_, at) => 0.9 - (at % k) / 100);
    const problem = makeProblem({ ids, similarities, count, k, neighbours: k + 1 }, { epochs: 1000 });
    const [fast, slow] = [wasm, plain].map((kernels) => {
      const session = kernels.open(problem);
      session.weighRows(0, count);
      session.uniteRows(0, count);
      expect(session.arrangeEdges()).toBe(3);
      const before = session.copyPlaces();
      for (let part = 0; part < 3; part++) session.moveEpoch(1000, part);
      expect(session.copyPlaces()).not.toEqual(before);
      return session;
    });
    expect(bitsOf(fast!.copyPlaces())).toEqual(bitsOf(slow!.copyPlaces()));
  });

  it('agree on more edges than one call moves', () => {
    const lists = makeLists({ count: 1200, k: 14, neighbours: 15, seed: 2, values: 1e6, missing: 1 });
    const problem = makeProblem(lists, { epochs: 5 });
    const [fast, slow] = [wasm, plain].map((kernels) => {
      const session = buildGraph(kernels, problem, 500);
      for (let epoch = 1; epoch <= 5; epoch++) session.moveEpoch(epoch, 0);
      return session;
    });
    expect(fast!.readGraph().columns.length).toBeGreaterThan(1 << 14);
    expect(bitsOf(fast!.copyPlaces())).toEqual(bitsOf(slow!.copyPlaces()));
  });
});
