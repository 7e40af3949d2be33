import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CandidateLists,
  candidatesKept,
  type OpenCandidateScan,
  scanCandidates,
} from '@/core/similarity/candidate-scan';
import { mergeLists } from '@/core/similarity/merge-lists';
import {
  makeUnitRows,
  pickMembers,
  propertySeed,
  type RowRecipe,
} from '@/core/similarity/reference-similarity';
import { chooseRounding, type Rounding } from '@/core/similarity/rounding';
import { type SharedSketches, sketchDims } from '@/core/similarity/row-sketch';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { UnitRows } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { loadKernels, plainKernels } from './kernels';

const wasm = await loadKernels(readFileSync(new URL('./kernels.wasm', import.meta.url)));
const plain = plainKernels();

const counts = fc.oneof(
  fc.integer({ min: 0, max: 9 }),
  fc.integer({ min: 15, max: 17 }),
  fc.integer({ min: 31, max: 33 }),
  fc.integer({ min: 60, max: 130 }),
);
const recipes: fc.Arbitrary<RowRecipe> = fc.record({
  count: counts,
  dims: fc.constantFrom(1, 2, 3, 4, 5, 31, 33, 384, 768, 1024),
  seed: fc.integer({ min: 1, max: 1e6 }),
  pull: fc.constantFrom(0, 0.5, 5),
  copies: fc.constantFrom(0, 0.3, 1),
});

function countUp(): () => number {
  let next = 0;
  return () => next++;
}

interface Request {
  rows: UnitRows;
  members: Uint32Array;
  keep: number;
  bandRows?: number | undefined;
  heldBytes?: number;
  /** Makes sketches, however small the search is. */
  product?: TileProduct;
  leastSketched?: number;
  bars?: Int32Array;
  sharedSketches?: SharedSketches;
}

function scanAll(open: OpenCandidateScan, request: Request): CandidateLists {
  return finishWork(scanCandidates({ ...request, open, takeTile: countUp() }));
}

/** Rounds to a whole number, ties to even, without the arithmetic of the code under test. */
function roundEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** All pairs, sorted: what the lists have to be. */
function expectedLists({ rows, members, keep }: Request, { mean, biases, scale, unit, offset }: Rounding) {
  const { values, dims } = rows;
  const rounded = Array.from(members, (row) =>
    Array.from({ length: dims }, (_, k) =>
      roundEven(Math.fround(Math.fround(values[row * dims + k]! - mean[k]!) * scale)),
    ),
  );
  const lists = rounded.map((own, position) =>
    rounded
      .map((other, at) => ({
        at,
        score: own.reduce((sum, value, k) => sum + value * other[k]!, 0) + biases[position]! + biases[at]!,
      }))
      .filter(({ at }) => at !== position)
      .sort((a, b) => b.score - a.score || a.at - b.at)
      .slice(0, keep),
  );
  const spread = (pick: (entry: { at: number; score: number }) => number, none: number) =>
    lists.flatMap((list) => Array.from({ length: keep }, (_, i) => (list[i] ? pick(list[i]) : none)));
  let worst = 0;
  lists.forEach((list, position) => {
    for (const { at, score } of list) {
      let cosine = 0;
      for (let k = 0; k < dims; k++)
        cosine += values[members[position]! * dims + k]! * values[members[at]! * dims + k]!;
      worst = Math.max(worst, Math.abs(cosine - (score * unit + offset)));
    }
  });
  return { positions: spread(({ at }) => at, -1), scores: spread(({ score }) => score, -(2 ** 31)), worst };
}

describe.each([wasm, plain])('the candidate scan ($kind)', ({ openCandidateScan }) => {
  it('keeps what sorting all products of rounded rows keeps, and bounds the rounding', () => {
    fc.assert(
      fc.property(
        recipes,
        fc.constantFrom(0.7, 1),
        fc.integer({ min: 0, max: 20 }),
        fc.constantFrom(16, 48, undefined),
        (recipe, share, keep, bandRows) => {
          const rows = makeUnitRows(recipe);
          const members = pickMembers(recipe.count, share, recipe.seed);
          const request = { rows, members, keep, bandRows };
          const lists = scanAll(openCandidateScan, request);
          const rounding = finishWork(chooseRounding(rows, members));
          const expected = expectedLists(request, rounding);
          expect([...lists.positions]).toEqual(expected.positions);
          expect([...lists.scores]).toEqual(expected.scores);
          expect([lists.unit, lists.offset]).toEqual([rounding.unit, rounding.offset]);
          expect(lists.error).toBeGreaterThanOrEqual(expected.worst);
          expect(lists.error).toBeLessThan(2e-4 * Math.sqrt(recipe.dims));
        },
      ),
      { seed: propertySeed, numRuns: 60 },
    );
  });

  it('keeps the same scores by sketches, from several workers and however little is held', () => {
    fc.assert(
      fc.property(
        recipes,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(16, 48, undefined),
        fc.constantFrom(0, 40_000),
        (recipe, keep, workers, bandRows, heldBytes) => {
          const rows = makeUnitRows(recipe);
          const members = pickMembers(recipe.count, 0.9, recipe.seed);
          const { tileProduct: product } = plain;
          const bars = new Int32Array(members.length).fill(-(2 ** 31));
          const counters = new Int32Array(new SharedArrayBuffer(12));
          const sharedSketches = { counters, values: new Int16Array(members.length * sketchDims) };
          const ways = { product, leastSketched: 0, bars, sharedSketches };
          const request = { rows, members, keep, bandRows, heldBytes, ...ways };
          const opens = Array.from({ length: workers }, () => openCandidateScan);
          const lists = scanTogether(opens, request, [1, 3, 2]);
          const expected = expectedLists(request, finishWork(chooseRounding(rows, members)));
          for (let position = 0; position < members.length; position++) {
            const positions = new Int32Array(keep).fill(-1);
            const scores = new Int32Array(keep).fill(-(2 ** 31));
            mergeLists(lists, position, positions, scores, new Int32Array(workers));
            const end = (position + 1) * keep;
            const wanted = expected.scores.slice(end - keep, end);
            expect([...scores]).toEqual(wanted);
            // Of those that are as good as the last any will do.
            positions.forEach((at, i) => {
              if (scores[i]! > wanted.at(-1)!) expect(at).toBe(expected.positions[end - keep + i]);
            });
          }
        },
      ),
      { seed: propertySeed, numRuns: 25 },
    );
  });

  it('takes entries of 1 and −1, and denormal ones', () => {
    const values = Float32Array.of(1, 0, 0, -1, 0, 0, 1e-40, 1, -1e-45, 1e-40, -1e-40, 1);
    const members = Uint32Array.of(0, 1, 2, 3);
    const { positions, scores } = scanAll(openCandidateScan, { rows: { values, dims: 3 }, members, keep: 3 });
    expect([...scores.subarray(0, 3)]).toEqual([0, 0, -(32767 ** 2)]);
    expect([...positions.subarray(0, 3)]).toEqual([2, 3, 1]);
  });
});

/** Runs scans that share their tiles, each in bursts of its own. */
function scanTogether(
  opens: OpenCandidateScan[],
  request: Request,
  bursts: readonly number[],
): CandidateLists[] {
  const takeTile = countUp();
  const works = opens.map((open) => scanCandidates({ ...request, open, takeTile }));
  const results: (CandidateLists | null)[] = works.map(() => null);
  for (let turn = 0; results.some((result) => result === null); turn++) {
    const at = turn % works.length;
    for (let step = 0; step < bursts[turn % bursts.length]! && results[at] === null; step++) {
      const { done, value } = works[at]!.next();
      if (done) results[at] = value;
    }
  }
  return results as CandidateLists[];
}

describe('both implementations of the candidate scan', () => {
  it('keep the same, whichever tiles they are given and however little is held', () => {
    fc.assert(
      fc.property(
        recipes,
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0, 40_000),
        (recipe, keep, bursts, heldBytes) => {
          const rows = makeUnitRows(recipe);
          const members = pickMembers(recipe.count, 0.9, recipe.seed);
          const request = { rows, members, keep, bandRows: 16, heldBytes };
          const three = (open: OpenCandidateScan) => scanTogether([open, open, open], request, bursts);
          const fast = three(wasm.openCandidateScan);
          const slow = three(plain.openCandidateScan);
          const listsOf = ({ positions, scores }: CandidateLists) => ({ positions, scores });
          expect(fast.map(listsOf)).toEqual(slow.map(listsOf));
          // Together they hold what one alone would.
          const whole = scanAll(plain.openCandidateScan, request);
          for (let position = 0; position < members.length; position++) {
            const merged = fast
              .flatMap(({ positions, scores }) =>
                Array.from({ length: keep }, (_, i) => ({
                  at: positions[position * keep + i]!,
                  score: scores[position * keep + i]!,
                })),
              )
              .filter(({ at }) => at >= 0)
              .sort((a, b) => b.score - a.score || a.at - b.at)
              .slice(0, keep)
              .map(({ at }) => at);
            const alone = [...whole.positions.subarray(position * keep, (position + 1) * keep)];
            expect(merged).toEqual(alone.filter((at) => at >= 0));
          }
          expect(Math.max(...fast.map(({ error }) => error))).toBe(whole.error);
        },
      ),
      { seed: propertySeed, numRuns: 40 },
    );
  });

  it('goes through every tile of the triangle once', () => {
    const rows = makeUnitRows({ count: 100, dims: 3, seed: 2, pull: 0, copies: 0 });
    const members = pickMembers(100, 1, 2);
    const request = { rows, members, keep: 5, bandRows: 32 };
    const steps = [...scanCandidates({ ...request, open: plain.openCandidateScan, takeTile: countUp() })];
    expect(steps).toEqual(Array.from({ length: 10 }, (_, i) => ({ done: i + 1, total: 10 })));
  });
});

describe.each([wasm, plain])('the row products ($kind)', ({ openRowProducts }) => {
  it('equals float64 sums, the same for both orders of a pair', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const rows = makeUnitRows(recipe);
        const others = Int32Array.from({ length: recipe.count }, (_, row) => row);
        const out = new Float64Array(recipe.count + 1).fill(77);
        const rowProducts = openRowProducts(rows);
        const table = Array.from(others, (row) => {
          rowProducts.multiply(row, others, recipe.count, out);
          return [...out.subarray(0, recipe.count)];
        });
        for (let i = 0; i < recipe.count; i += 7) {
          for (let j = 0; j < recipe.count; j++) {
            let expected = 0;
            for (let k = recipe.dims - 1; k >= 0; k--)
              expected += rows.values[i * recipe.dims + k]! * rows.values[j * recipe.dims + k]!;
            expect(Math.abs(table[i]![j]! - expected)).toBeLessThan(1e-13);
            expect(table[j]![i]).toBe(table[i]![j]);
          }
        }
        expect(out[recipe.count]).toBe(77);
      }),
      { seed: propertySeed, numRuns: 40 },
    );
  });
});

it('the row products have the same bits in both implementations, denormals included', () => {
  fc.assert(
    fc.property(recipes, fc.constantFrom(1, 1e-38, 1e-42), (recipe, scale) => {
      const { values, dims } = makeUnitRows(recipe);
      const rows = { values: values.map((value) => value * scale), dims };
      const others = Int32Array.from({ length: recipe.count }, (_, row) => row);
      const fast = new Float64Array(recipe.count);
      const slow = new Float64Array(recipe.count);
      const ways = [undefined, 0, 3 * 4 * rows.dims].map((held) => wasm.openRowProducts(rows, held));
      for (let row = 0; row < Math.min(recipe.count, 3); row++) {
        plain.openRowProducts(rows).multiply(row, others, recipe.count, slow);
        for (const way of ways) {
          way.multiply(row, others, recipe.count, fast);
          expect(new BigInt64Array(fast.buffer)).toEqual(new BigInt64Array(slow.buffer));
        }
      }
    }),
    { seed: propertySeed, numRuns: 40 },
  );
});

it('keeps enough candidates for a row, and no more than there are', () => {
  expect([candidatesKept(0, 100), candidatesKept(15, 1000), candidatesKept(30, 1000)]).toEqual([12, 27, 45]);
  expect([candidatesKept(15, 10), candidatesKept(15, 1), candidatesKept(15, 0)]).toEqual([9, 0, 0]);
});
