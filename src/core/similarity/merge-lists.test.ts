import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mergeLists } from './merge-lists';

const keep = 5;
const memberCount = 12;

it('has the best of all lists, each once, as sorting them all has', () => {
  // Scores of a row with every member: few different ones, so that many are equal.
  const row = fc.record({
    scores: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: memberCount, maxLength: memberCount }),
    met: fc.array(fc.uniqueArray(fc.nat(memberCount - 1), { maxLength: keep }), {
      minLength: 1,
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(row, fc.integer({ min: 1, max: 2 * keep }), ({ scores, met }, wanted) => {
      const better = (a: number, b: number) => scores[b]! - scores[a]! || a - b;
      const lists = met.map((positions) => {
        const sorted = [...positions].sort(better);
        // The lists of row 0 hold nothing.
        const list = [
          ...Array<number>(keep).fill(-1),
          ...sorted,
          ...Array<number>(keep - sorted.length).fill(-1),
        ];
        return {
          keep,
          unit: 1,
          offset: 0,
          error: 0,
          positions: Int32Array.from(list),
          scores: Int32Array.from(list, (position) => (position < 0 ? -(2 ** 31) : scores[position]!)),
        };
      });
      const positions = new Int32Array(wanted);
      const found = new Int32Array(wanted);
      const next = new Int32Array(lists.length);
      expect(mergeLists(lists, 0, positions, found, next)).toBe(0);
      const count = mergeLists(lists, 1, positions, found, next);
      const expected = [...new Set(met.flat())].sort(better).slice(0, wanted);
      expect([...positions.subarray(0, count)]).toEqual(expected);
      expect([...found.subarray(0, count)]).toEqual(expected.map((position) => scores[position]));
    }),
    { seed: 1, numRuns: 500 },
  );
});
