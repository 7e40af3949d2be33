import { describe, expect, it } from 'vitest';
import { startFromLayout } from './start-from-layout';

const nan = Number.NaN;

describe('startFromLayout', () => {
  it('begins where the other layout has its rows, centred', () => {
    const start = startFromLayout({
      positions: Float32Array.from([2, 3, 4, 5, 6, 10]),
      members: Uint32Array.from([0, 1, 2]),
      ids: new Int32Array(0),
      k: 0,
    });
    expect([...start!]).toEqual([-2, -3, 0, -1, 2, 4]);
  });

  it('gives rows without a place the mean of their neighbours, however many steps away those are', () => {
    // Rows 1, 3, 5 and 7 are laid out; 5 and 7 have no place there. 5 is near 1 and 3, 7 only near 5.
    const positions = Float32Array.from([9, 9, 0, 0, 9, 9, 4, 8, 9, 9, nan, nan, 9, 9, nan, nan]);
    const start = startFromLayout({
      positions,
      members: Uint32Array.from([1, 3, 5, 7]),
      ids: Int32Array.from([1, -1, 0, -1, 0, 1, 2, -1]),
      k: 2,
    });
    // All but the last pass agree on (2, 4), which is also the middle.
    expect([...start!]).toEqual([-2, -4, 2, 4, 0, 0, 0, 0]);
  });

  it('puts what no neighbour leads to a place into the middle', () => {
    const start = startFromLayout({
      positions: Float32Array.from([1, 1, 3, 1, nan, nan, nan, nan]),
      members: Uint32Array.from([0, 1, 2, 3]),
      ids: Int32Array.from([1, 0, 3, 2]),
      k: 1,
    });
    expect([...start!]).toEqual([-1, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('does not depend on the order in which rows are looked at', () => {
    const positions = Float32Array.from([nan, nan, nan, nan, 6, 0]);
    const chain = { positions, members: Uint32Array.from([0, 1, 2]), k: 1 };
    const start = startFromLayout({ ...chain, ids: Int32Array.from([1, 2, 0]) });
    expect([...start!]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is null where the other layout has none of the rows', () => {
    const positions = new Float32Array(4).fill(nan);
    expect(
      startFromLayout({ positions, members: Uint32Array.from([0, 1]), ids: Int32Array.from([1, 0]), k: 1 }),
    ).toBeNull();
  });
});
