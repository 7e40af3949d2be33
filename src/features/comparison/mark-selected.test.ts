import { expect, it } from 'vitest';
import { markSelected } from './mark-selected';

it('gives selected rows in grey a colour, and leaves all others', () => {
  const colours = Uint8Array.from({ length: 12 }, (_, i) => i);
  const marked = markSelected(colours, [0, 2], (row) => row === 0, [90, 91, 92]);
  expect([...marked]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 90, 91, 92, 11]);
  expect(colours[8]).toBe(8);
  expect(markSelected(colours, [], () => false, [0, 0, 0])).toBe(colours);
});
