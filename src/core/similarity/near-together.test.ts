import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearTogether } from './near-together';

it('has every row once, whatever the lists hold', () => {
  const lists = fc.integer({ min: 0, max: 6 }).chain((keep) =>
    fc.record({
      keep: fc.constant(keep),
      positions: fc.array(fc.integer({ min: -1, max: 40 }), { minLength: 20 * keep, maxLength: 20 * keep }),
    }),
  );
  fc.assert(
    fc.property(fc.array(lists, { maxLength: 3 }), fc.nat(25), fc.nat(20), (made, from, total) => {
      const order = nearTogether(
        made.map(({ keep, positions }) => ({ keep, positions: Int32Array.from(positions) })),
        from,
        total,
      );
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, row) => row));
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
  const order = [...nearTogether([{ keep, positions }], 0, count)].map((row) => row % groups);
  expect(order.filter((group, at) => at > 0 && group !== order[at - 1])).toHaveLength(groups - 1);
});
