import fc from 'fast-check';
import { expect, it } from 'vitest';

import { packTexts, textAt, textsOf } from './text-column';

const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud83d', '\ude00', '言う', 'سامي'));

it('gives back the cells it packed, all, some or one', () => {
  fc.assert(
    fc.property(fc.array(cell), (cells) => {
      const column = packTexts(cells);
      expect(textsOf(column)).toEqual(cells);
      const odd = cells.map((_, i) => i).filter((i) => i % 2 === 1);
      expect(textsOf(column, odd)).toEqual(odd.map((i) => cells[i]));
      expect(textAt(column, cells.length)).toBe('');
    }),
    { seed: 20261122, numRuns: 300 },
  );
});
