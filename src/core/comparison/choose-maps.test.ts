import { describe, expect, it } from 'vitest';
import { chooseMaps, toggleMap } from './choose-maps';

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id })) as [
  { id: string },
  { id: string },
  { id: string },
  { id: string },
  { id: string },
];
const runs = [a, b, c, d, e];

describe('chooseMaps', () => {
  it('shows the pair until something is chosen', () => {
    expect(chooseMaps(runs, b, d, null)).toEqual([b, d]);
  });

  it('shows the reference first, then what is chosen and there, four at most', () => {
    expect(chooseMaps(runs, c, a, ['a', 'b', 'c', 'gone'])).toEqual([c, a, b]);
    expect(chooseMaps(runs, e, a, ['a', 'b', 'c', 'd'])).toEqual([e, a, b, c]);
    expect(chooseMaps(runs, e, a, [])).toEqual([e]);
  });
});

describe('toggleMap', () => {
  it('puts a map on or takes it off, never the reference', () => {
    expect(toggleMap([a, b], 'c')).toEqual(['b', 'c']);
    expect(toggleMap([a, b, c], 'b')).toEqual(['c']);
    expect(toggleMap([a, b, c, d], 'e')).toEqual(['b', 'c', 'd']);
  });
});
