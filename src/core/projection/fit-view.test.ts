import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBounds } from './fit-view';

const nan = Number.NaN;

describe('fitBounds', () => {
  it('spans the places and passes over rows without one', () => {
    const positions = Float32Array.of(nan, nan, 1, -2, -3, 8, nan, nan);
    expect(fitBounds(positions)).toEqual({ minX: -3, minY: -2, maxX: 1, maxY: 8 });
  });

  it('is −1 to 1 without any place', () => {
    const unit = { minX: -1, minY: -1, maxX: 1, maxY: 1 };
    expect(fitBounds(new Float32Array(0))).toEqual(unit);
    expect(fitBounds(Float32Array.of(nan, nan, nan, nan))).toEqual(unit);
  });

  it('puts a single place in the middle of one unit', () => {
    expect(fitBounds(Float32Array.of(3, 4))).toEqual({ minX: 2.5, minY: 3.5, maxX: 3.5, maxY: 4.5 });
    expect(fitBounds(Float32Array.of(3, 4, 3, 4))).toEqual(fitBounds(Float32Array.of(3, 4)));
  });

  it('gives a flat axis the extent of the other', () => {
    expect(fitBounds(Float32Array.of(0, 5, 4, 5))).toEqual({ minX: 0, minY: 3, maxX: 4, maxY: 7 });
  });

  it('is finite, not empty and holds every place, whatever the places', () => {
    const place = fc.option(
      fc.tuple(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
      ),
      {
        nil: [nan, nan],
      },
    );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 12 }), (places) => {
        const bounds = fitBounds(Float32Array.from(places.flat()));
        expect(Object.values(bounds).every(Number.isFinite)).toBe(true);
        expect(bounds.maxX).toBeGreaterThan(bounds.minX);
        expect(bounds.maxY).toBeGreaterThan(bounds.minY);
        for (const [x, y] of places) {
          if (Number.isNaN(x!)) continue;
          expect(x! >= bounds.minX && x! <= bounds.maxX && y! >= bounds.minY && y! <= bounds.maxY).toBe(true);
        }
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
