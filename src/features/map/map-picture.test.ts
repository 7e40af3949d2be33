import { expect, it } from 'vitest';
import { placeEntries } from './map-picture';

it('begins a line where an entry does not fit any more, and never overlaps', () => {
  const entries = ['short', 'a longer name', 'x', 'one that is too long for any line at all'].map((name) => ({
    name,
    colour: '#000000',
  }));
  const placed = placeEntries(entries, 160, (text) => 5 * text.length);
  expect(placed.map(({ line }) => line)).toEqual([0, 1, 1, 2]);
  expect(placed.map(({ x }) => x)).toEqual([12, 12, 105, 12]);
});
