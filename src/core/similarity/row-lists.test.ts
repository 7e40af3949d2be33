import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeNearest } from './row-lists';

test('the nearest are taken list by list, and rows become positions', () => {
  // Members are the dataset rows 2, 5 and 9.
  const positionOf = new Int32Array(10).fill(-1);
  positionOf.set([0], 2);
  positionOf.set([1], 5);
  positionOf.set([2], 9);
  const lists = {
    ids: Int32Array.of(5, 9, 9, 2, 2, -1),
    similarities: Float32Array.of(0.5, 0.25, 0.75, 0.5, 0.25, Number.NaN),
    listLength: 2,
    positionOf,
  };
  expect(takeNearest(lists, 1)).toEqual({
    ids: Int32Array.of(1, 2, 0),
    similarities: Float32Array.of(0.5, 0.75, 0.25),
    k: 1,
  });
  expect(takeNearest(lists, 7)).toEqual({
    ids: Int32Array.of(1, 2, 2, 0, 0, -1),
    similarities: lists.similarities,
    k: 2,
  });
  const none = { ids: new Int32Array(), similarities: new Float32Array(), listLength: 0, positionOf };
  expect(takeNearest(none, 14).ids).toHaveLength(0);
});

test('every entry is that of its list', () => {
  const shapes = fc.record({
    count: fc.integer({ min: 1, max: 12 }),
    listLength: fc.integer({ min: 1, max: 9 }),
    k: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(shapes, ({ count, listLength, k }) => {
      const positionOf = Int32Array.from({ length: count }, (_, row) => count - 1 - row);
      const ids = Int32Array.from({ length: count * listLength }, (_, i) => (7 * i) % count);
      const similarities = Float32Array.from(ids, (_, i) => i / 1000);
      const taken = takeNearest({ ids, similarities, listLength, positionOf }, k);
      expect(taken.k).toBe(Math.min(k, listLength));
      taken.ids.forEach((position, at) => {
        const source = Math.floor(at / taken.k) * listLength + (at % taken.k);
        expect(position).toBe(count - 1 - ids[source]!);
        expect(taken.similarities[at]).toBe(similarities[source]);
      });
    }),
    { seed: 4 },
  );
});
