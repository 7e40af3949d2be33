import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededGaussian, seededRandom, shuffle } from '@/core/random';
import { finishWork } from '@/core/work';
import { findMovingGroups } from './moving-groups';

const k = 10;
const listLength = 50;

/** The 50 nearest by cosine, equal ones by row. */
function listsOf(vectors: readonly Float64Array[]): Int32Array {
  const unit = vectors.map((vector) => {
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    return vector.map((value) => value / norm);
  });
  const lists = new Int32Array(vectors.length * listLength).fill(-1);
  unit.forEach((vector, row) => {
    const cosines = unit.map((other) => {
      let dot = 0;
      for (let i = 0; i < other.length; i++) dot += vector[i]! * other[i]!;
      return dot;
    });
    const order = [...cosines.keys()].filter((other) => other !== row);
    order.sort((one, other) => cosines[other]! - cosines[one]! || one - other);
    lists.set(order.slice(0, listLength), row * listLength);
  });
  return lists;
}

/** Rows around topics: row i belongs to topic i % topics, unless `topicOf` says otherwise. */
function vectorsOf(
  count: number,
  topics: number,
  seed: number,
  topicOf = (row: number) => row % topics,
  noise = 0.6,
): Float64Array[] {
  const gaussian = seededGaussian(seed);
  const dims = 16;
  const centres = Array.from({ length: topics }, () => Float64Array.from({ length: dims }, () => gaussian()));
  return Array.from({ length: count }, (_, row) =>
    centres[topicOf(row)]!.map((value) => value + noise * gaussian()),
  );
}

/** The same space, each vector a little elsewhere. */
function disturb(vectors: readonly Float64Array[], seed: number, noise: number): Float64Array[] {
  const gaussian = seededGaussian(seed);
  return vectors.map((vector) => vector.map((value) => value + noise * gaussian()));
}

const find = (a: Int32Array, b: Int32Array) =>
  finishWork(findMovingGroups({ a, b, count: a.length / listLength, k, listLength }));

const shuffled = (vectors: readonly Float64Array[], seed: number) => {
  const order = Uint32Array.from(vectors.keys());
  shuffle(order, seededRandom(seed));
  return [...order].map((row) => vectors[row]!);
};

describe('findMovingGroups', () => {
  it('finds a planted group, where it leaves and what it joins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        // 24 rows of topic 0 lie with topic 3 in the second run.
        const planted = Array.from({ length: 24 }, (_, i) => 6 * i);
        const topics = 6;
        const before = vectorsOf(300, topics, seed);
        const after = vectorsOf(300, topics, seed, (row) => (planted.includes(row) ? 3 : row % topics));
        const groups = find(listsOf(before), listsOf(disturb(after, seed + 50, 0.1)));
        const rows = new Set(groups.flatMap((group) => [...group.rows]));
        expect(planted.filter((row) => rows.has(row)).length).toBeGreaterThanOrEqual(18);
        const main = groups.find((group) => group.rows.some((row) => planted.includes(row)))!;
        expect([...main.rows].filter((row) => !planted.includes(row)).length).toBeLessThanOrEqual(4);
        expect(main.joined.slice(0, 10).every(({ row }) => row % topics === 3)).toBe(true);
        expect(main.left.slice(0, 10).every(({ row }) => row % topics === 0)).toBe(true);
      }),
      { seed: 3, numRuns: 4 },
    );
  });

  it('finds nothing where nothing has changed, or only a little', () => {
    const vectors = vectorsOf(300, 5, 3);
    const lists = listsOf(vectors);
    expect(find(lists, lists)).toEqual([]);
    expect(find(lists, listsOf(disturb(vectors, 9, 0.15)))).toEqual([]);
    // One topic of 400 rows, in which many change seats.
    const ball = vectorsOf(400, 1, 5);
    expect(find(listsOf(ball), listsOf(disturb(ball, 6, 0.4)))).toEqual([]);
  });

  it('finds nothing on shuffled vectors, whatever their structure', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(2, 4, 8, 25),
        fc.constantFrom(0.2, 0.6, 1.5),
        (seed, topics, noise) => {
          const vectors = vectorsOf(220, topics, seed, undefined, noise);
          const groups = find(listsOf(vectors), listsOf(shuffled(vectors, seed)));
          expect(groups.map((group) => [...group.rows])).toEqual([]);
        },
      ),
      { seed: 7, numRuns: 10 },
    );
  });

  it('finds nothing between unrelated vectors without structure', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const one = listsOf(vectorsOf(200, 1, seed));
      expect(find(one, listsOf(vectorsOf(200, 1, seed + 20)))).toEqual([]);
    }
  });

  it('finds topics that are told apart in one run only', () => {
    // Topics 0 and 1 lie together in the second run.
    const before = vectorsOf(360, 6, 4);
    const after = vectorsOf(360, 6, 4, (row) => (row % 6 === 1 ? 0 : row % 6));
    const groups = find(listsOf(before), listsOf(after));
    expect(groups.length).toBeGreaterThan(0);
    for (const { rows } of groups) expect([...rows].every((row) => row % 6 <= 1)).toBe(true);
    // The other way round they leave each other.
    const back = find(listsOf(after), listsOf(before));
    expect(back.length).toBeGreaterThan(0);
    for (const { rows } of back) expect([...rows].every((row) => row % 6 <= 1)).toBe(true);
  });

  it('has no groups of a handful of rows, and refuses lists that do not fit', () => {
    const lists = listsOf(vectorsOf(12, 2, 1));
    expect(find(lists, lists)).toEqual([]);
    expect(() => finishWork(findMovingGroups({ a: lists, b: lists, count: 11, k, listLength }))).toThrow(
      RangeError,
    );
  });
});
