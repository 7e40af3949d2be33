import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseHex } from './palettes';
import { groupColour, rowColours } from './row-colours';

const ownOf = fc.dictionary(fc.constantFrom('0', '5', '12', '40'), fc.constantFrom('#102030', '#FFFFFF'));

test('gives every row the colour of its group, a given one before the palette’s', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 60 })), fc.boolean(), ownOf, (groupOf, isDark, given) => {
      const own = new Map(Object.entries(given).map(([group, colour]) => [Number(group), colour]));
      const colours = rowColours(Int32Array.from(groupOf), groupOf.length, isDark, own);
      const expected = groupOf.flatMap((group) => [...parseHex(groupColour(group, isDark, own)), 255]);
      expect([...colours]).toEqual(expected);
    }),
    { seed: 20261126 },
  );
});

test('gives all rows the first colour where there are no groups', () => {
  expect([...rowColours(null, 2, false)]).toEqual([
    ...parseHex(groupColour(0, false)),
    255,
    ...parseHex(groupColour(0, false)),
    255,
  ]);
});
