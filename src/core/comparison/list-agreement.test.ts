import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { deepestList, listAgreement } from './list-agreement';

/** Lists of distinct ids other than the row's own, in random order. */
function randomLists(count: number, listLength: number, seed: number): Int32Array {
  let state = seed;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const lists = new Int32Array(count * listLength);
  for (let row = 0; row < count; row++) {
    const others = Array.from({ length: count }, (_, id) => id).filter((id) => id !== row);
    for (let j = 0; j < listLength; j++) {
      const [id] = others.splice(Math.floor(random() * others.length), 1);
      lists[row * listLength + j] = id!;
    }
  }
  return lists;
}

const depthFor = (count: number) => Math.max(0, Math.min(deepestList, count - 1));

function measure(count: number, k: number, seedA = 1, seedB = 2) {
  const listLength = depthFor(count);
  const a = randomLists(count, listLength, seedA);
  const b = randomLists(count, listLength, seedB);
  return finishWork(listAgreement({ a, b, count, k, listLength }));
}

/** Rank-biased overlap by its definition, with sets at every depth. */
function referenceRbo(a: number[], b: number[], p = 0.9): number {
  let sum = 0;
  for (let d = a.length; d >= 1; d--) {
    const ofA = new Set(a.slice(0, d));
    sum += (p ** (d - 1) * b.slice(0, d).filter((id) => ofA.has(id)).length) / d;
  }
  return ((1 - p) * sum) / (1 - p ** a.length);
}

describe('listAgreement', () => {
  it('equals the definitions with sets', () => {
    const shape = fc
      .integer({ min: 3, max: 70 })
      .chain((count) =>
        fc.record({ count: fc.constant(count), k: fc.integer({ min: 1, max: Math.floor((count - 1) / 2) }) }),
      );
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 1e9 }), ({ count, k }, seed) => {
        const listLength = depthFor(count);
        const a = randomLists(count, listLength, seed);
        const b = randomLists(count, listLength, seed + 1);
        const result = finishWork(listAgreement({ a, b, count, k, listLength }));
        const listOf = (lists: Int32Array, row: number) =>
          Array.from(lists.subarray(row * listLength, (row + 1) * listLength));
        const shares = Array.from({ length: count }, (_, row) => {
          const ofB = new Set(listOf(b, row).slice(0, k));
          return (
            listOf(a, row)
              .slice(0, k)
              .filter((id) => ofB.has(id)).length / k
          );
        });
        const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
        const overlap = meanOf(shares);
        const chance = k / (count - 1);
        expect(Array.from(result.perRow)).toEqual(shares.map(Math.fround));
        expect(result.k).toBe(k);
        expect(result.overlap.value).toBeCloseTo(overlap, 12);
        expect(result.chance).toBeCloseTo(chance, 12);
        expect(result.overlapCorrected.value).toBeCloseTo((overlap - chance) / (1 - chance), 12);
        expect(result.jaccard.value).toBeCloseTo(meanOf(shares.map((share) => share / (2 - share))), 12);
        const rbo = meanOf(shares.map((_, row) => referenceRbo(listOf(a, row), listOf(b, row))));
        expect(result.rbo.value).toBeCloseTo(rbo, 12);
        for (const { value, low, high } of [result.overlap, result.jaccard, result.rbo]) {
          expect(low).toBeLessThanOrEqual(value! + 1e-12);
          expect(high).toBeGreaterThanOrEqual(value! - 1e-12);
        }
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });

  it('is 1 with no doubt for equal lists, and only rank-biased overlap minds their order', () => {
    const a = randomLists(200, 50, 5);
    const same = finishWork(listAgreement({ a, b: a, count: 200, k: 10, listLength: 50 }));
    const one = { value: 1, low: 1, high: 1 };
    expect(same.overlap).toEqual(one);
    expect(same.overlapCorrected).toEqual(one);
    expect(same.jaccard).toEqual(one);
    expect(same.rbo.value).toBeCloseTo(1, 12);
    const b = a.slice();
    for (let row = 0; row < 200; row++) b.subarray(row * 50, row * 50 + 10).reverse();
    const turned = finishWork(listAgreement({ a, b, count: 200, k: 10, listLength: 50 }));
    expect(turned.overlap).toEqual(one);
    expect(turned.rbo.value).toBeLessThan(0.8);
  });

  it('is near chance for lists drawn at random, with an interval that holds it', () => {
    const { overlap, chance, overlapCorrected } = measure(400, 40, 17, 18);
    expect(chance).toBeCloseTo(40 / 399, 12);
    // The standard error of the mean is about .0023.
    expect(Math.abs(overlap.value! - chance!)).toBeLessThan(0.01);
    expect(overlap.high! - overlap.low!).toBeGreaterThan(0.005);
    expect(overlap.high! - overlap.low!).toBeLessThan(0.015);
    expect(Math.abs(overlapCorrected.value!)).toBeLessThan(0.011);
  });

  it('does not change when both runs name their rows otherwise', () => {
    const a = randomLists(60, 50, 1);
    const b = randomLists(60, 50, 2);
    const rename = (lists: Int32Array) => lists.map((id) => id * 7 + 3);
    const of = (x: Int32Array, y: Int32Array) =>
      finishWork(listAgreement({ a: x, b: y, count: 60, k: 5, listLength: 50 }));
    expect(of(rename(a), rename(b))).toEqual(of(a, b));
  });

  it('reduces k to half of the other rows', () => {
    expect(measure(12, 10).k).toBe(5);
    expect(measure(12, 10).perRow).toEqual(measure(12, 5).perRow);
  });

  it.each([0, 1, 2])('has no number for %i rows', (count) => {
    const lists = new Int32Array(count * 3).fill(-1);
    const result = finishWork(listAgreement({ a: lists, b: lists, count, k: 3, listLength: 3 }));
    expect(result).toMatchObject({ k: 0, chance: null, overlap: { value: null }, rbo: { value: null } });
    expect(Array.from(result.perRow)).toEqual(new Array(count).fill(Number.NaN));
  });

  it('counts a missing neighbour as none in common', () => {
    const a = Int32Array.of(1, -1, 0, 2, 0, 1, 0, 1, 0, 1);
    const five = Int32Array.from({ length: 20 }, (_, at) =>
      at % 4 < 2 ? a[2 * Math.floor(at / 4) + (at % 4)]! : -1,
    );
    const result = finishWork(listAgreement({ a: five, b: five, count: 5, k: 2, listLength: 4 }));
    expect(Array.from(result.perRow)).toEqual([0.5, 1, 1, 1, 1]);
  });

  it('refuses lists that do not fit or are too short', () => {
    const lists = new Int32Array(20);
    const of = (count: number, listLength: number) =>
      finishWork(listAgreement({ a: lists, b: lists, count, k: 2, listLength }));
    expect(() => of(9, 2)).toThrow(RangeError);
    expect(() => of(10, 2)).toThrow(RangeError);
  });
});
