import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearTogether } from './near-together';

it('has every place once, whatever the lists hold', () => {
  const count = 41;
  const lists = fc.integer({ min: 0, max: 6 }).chain((keep) =>
    fc.record({
      keep: fc.constant(keep),
      positions: fc.array(fc.integer({ min: -1, max: count - 1 }), {
        minLength: count * keep,
        maxLength: count * keep,
      }),
    }),
  );
  const wanted = fc.uniqueArray(fc.nat(count - 1));
  fc.assert(
    fc.property(fc.array(lists, { maxLength: 3 }), wanted, (made, positions) => {
      const order = nearTogether(
        made.map((list) => ({ keep: list.keep, positions: Int32Array.from(list.positions) })),
        Uint32Array.from(positions),
        count,
      );
      expect([...order].sort((a, b) => a - b)).toEqual(positions.map((_, place) => place));
    }),
    { seed: 1 },
  );
});

it('goes through one group of near rows after the other', () => {
  const groups = 5;
  const size = 12;
  const count = groups * size;
  const keep = 4;
  // Rows of a group lie `groups` apart, and each lists the next ones of its group.
  const positions = Int32Array.from({ length: count * keep }, (_, at) => {
    const row = Math.floor(at / keep);
    return (row + groups * (1 + (at % keep))) % count;
  });
  const wanted = Uint32Array.from({ length: count }, (_, row) => row);
  const order = [...nearTogether([{ keep, positions }], wanted, count)].map((row) => row % groups);
  expect(order.filter((group, at) => at > 0 && group !== order[at - 1])).toHaveLength(groups - 1);
});
