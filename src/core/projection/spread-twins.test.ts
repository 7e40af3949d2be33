import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctMembers, expandTwins } from './spread-twins';

describe('distinctMembers and expandTwins', () => {
  it('lays twins where the first of them lies', () => {
    const members = Uint32Array.of(1, 2, 4, 5, 6);
    const twinOf = Int32Array.of(1, 2, 1, 5, 2);
    expect(Array.from(distinctMembers(members, twinOf))).toEqual([1, 2, 5]);
    const layout = Float32Array.of(10, 11, 20, 21, 50, 51);
    const nan = Number.NaN;
    expect(Array.from(expandTwins({ layout, members, twinOf, rowCount: 8 }))).toEqual([
      nan,
      nan,
      10,
      11,
      20,
      21,
      nan,
      nan,
      10,
      11,
      50,
      51,
      20,
      21,
      nan,
      nan,
    ]);
  });

  it('gives NaN only for rows without a vector and equal places exactly for twins', () => {
    const rows = fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { maxLength: 40 });
    fc.assert(
      fc.property(rows, (vectorNames) => {
        const memberRows = vectorNames.flatMap((name, row) => (name === null ? [] : [row]));
        const members = Uint32Array.from(memberRows);
        const twinOf = Int32Array.from(memberRows, (row) => vectorNames.indexOf(vectorNames[row]!));
        const distinct = distinctMembers(members, twinOf);
        expect(distinct.length).toBe(new Set(vectorNames.filter((name) => name !== null)).size);
        const layout = Float32Array.from({ length: distinct.length * 2 }, (_, i) => i + 1);
        const positions = expandTwins({ layout, members, twinOf, rowCount: vectorNames.length });
        expect(positions.length).toBe(vectorNames.length * 2);
        vectorNames.forEach((name, row) => {
          expect(Number.isNaN(positions[row * 2]!)).toBe(name === null);
          expect(Number.isNaN(positions[row * 2 + 1]!)).toBe(name === null);
          vectorNames.forEach((other, otherRow) => {
            if (name === null || other === null) return;
            expect(positions[row * 2] === positions[otherRow * 2]).toBe(name === other);
            expect(positions[row * 2 + 1] === positions[otherRow * 2 + 1]).toBe(name === other);
          });
        });
      }),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it('refuses arrays that do not fit', () => {
    const members = Uint32Array.of(0, 1);
    expect(() => distinctMembers(members, Int32Array.of(0))).toThrow(RangeError);
    const twinOf = Int32Array.of(0, 0);
    expect(() => expandTwins({ layout: new Float32Array(4), members, twinOf, rowCount: 2 })).toThrow(
      RangeError,
    );
  });
});
