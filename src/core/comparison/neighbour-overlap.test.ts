import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighbourOverlap } from './neighbour-overlap';

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

describe('neighbourOverlap', () => {
  it('equals the definition with sets', () => {
    const shape = fc.integer({ min: 3, max: 40 }).chain((count) =>
      fc.integer({ min: 1, max: Math.floor((count - 1) / 2) }).chain((k) =>
        fc.record({
          count: fc.constant(count),
          k: fc.constant(k),
          listLength: fc.integer({ min: k, max: count - 1 }),
        }),
      ),
    );
    fc.assert(
      fc.property(shape, fc.integer({ min: 1, max: 1e9 }), ({ count, k, listLength }, seed) => {
        const a = randomLists(count, listLength, seed);
        const b = randomLists(count, listLength, seed + 1);
        const result = neighbourOverlap({ a, b, count, k, listLength });
        const shares = Array.from({ length: count }, (_, row) => {
          const ofB = new Set(b.subarray(row * listLength, row * listLength + k));
          return (
            Array.from(a.subarray(row * listLength, row * listLength + k)).filter((id) => ofB.has(id))
              .length / k
          );
        });
        const mean = shares.reduce((sum, share) => sum + share, 0) / count;
        const chance = k / (count - 1);
        expect(Array.from(result.perRow)).toEqual(shares.map(Math.fround));
        expect(result.k).toBe(k);
        expect(result.mean).toBeCloseTo(mean, 12);
        expect(result.chance).toBeCloseTo(chance, 12);
        expect(result.corrected).toBeCloseTo((mean - chance) / (1 - chance), 12);
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('is 1 for equal lists, whatever their order', () => {
    const a = randomLists(200, 10, 5);
    const b = a.slice();
    for (let row = 0; row < 200; row++) b.subarray(row * 10, row * 10 + 10).reverse();
    const { mean, corrected, perRow, notes } = neighbourOverlap({ a, b, count: 200, k: 10, listLength: 10 });
    expect({ mean, corrected, notes }).toEqual({ mean: 1, corrected: 1, notes: [] });
    expect(perRow.every((share) => share === 1)).toBe(true);
  });

  it('is near chance for lists drawn at random, and corrected near 0', () => {
    const a = randomLists(400, 40, 17);
    const b = randomLists(400, 40, 18);
    const { mean, chance, corrected } = neighbourOverlap({ a, b, count: 400, k: 40, listLength: 40 });
    expect(chance).toBeCloseTo(40 / 399, 12);
    // The standard error of the mean is about .0023.
    expect(Math.abs(mean! - chance!)).toBeLessThan(0.01);
    expect(Math.abs(corrected!)).toBeLessThan(0.011);
  });

  it('does not change when both runs name their rows otherwise', () => {
    const a = randomLists(50, 5, 1);
    const b = randomLists(50, 5, 2);
    const rename = (lists: Int32Array) => lists.map((id) => id * 7 + 3);
    const plain = neighbourOverlap({ a, b, count: 50, k: 5, listLength: 5 });
    expect(neighbourOverlap({ a: rename(a), b: rename(b), count: 50, k: 5, listLength: 5 })).toEqual(plain);
  });

  it('notes a k above n/10 and none at it', () => {
    const measure = (count: number, k: number) =>
      neighbourOverlap({
        a: randomLists(count, k, 1),
        b: randomLists(count, k, 2),
        count,
        k,
        listLength: k,
      }).notes;
    expect(measure(100, 10)).toEqual([]);
    expect(measure(99, 10)).toEqual(['k = 10 is large for 99 rows: even random lists share 10 %.']);
  });

  it('reduces k to half of the other rows and says so', () => {
    const a = randomLists(12, 11, 1);
    const b = randomLists(12, 11, 2);
    const reduced = neighbourOverlap({ a, b, count: 12, k: 10, listLength: 11 });
    expect(reduced.k).toBe(5);
    expect(reduced.notes[0]).toContain('from 10 to 5');
    expect(reduced.perRow).toEqual(neighbourOverlap({ a, b, count: 12, k: 5, listLength: 11 }).perRow);
  });

  it.each([0, 1, 2])('has no number for %i rows, and says why', (count) => {
    const lists = new Int32Array(count * 3).fill(-1);
    const result = neighbourOverlap({ a: lists, b: lists, count, k: 3, listLength: 3 });
    expect(result).toMatchObject({ k: 0, mean: null, chance: null, corrected: null });
    expect(result.notes).toHaveLength(1);
    expect(Array.from(result.perRow)).toEqual(new Array(count).fill(Number.NaN));
  });

  it('counts a missing neighbour as none in common', () => {
    const a = Int32Array.of(1, -1, 0, 2, 0, 1, 0, 1, 0, 1);
    const result = neighbourOverlap({ a, b: a, count: 5, k: 2, listLength: 2 });
    expect(Array.from(result.perRow)).toEqual([0.5, 1, 1, 1, 1]);
  });

  it('refuses lists that do not fit or are too short', () => {
    const lists = new Int32Array(20);
    expect(() => neighbourOverlap({ a: lists, b: lists, count: 9, k: 2, listLength: 2 })).toThrow(RangeError);
    expect(() => neighbourOverlap({ a: lists, b: lists, count: 10, k: 3, listLength: 2 })).toThrow(
      RangeError,
    );
  });
});
