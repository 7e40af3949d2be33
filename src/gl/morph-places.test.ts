import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNearestOnWay, MorphPlaces } from './morph-places';
import { createShareChannel } from './share-channel';
import { absentX, mixRow } from './world-points';

const first = Float32Array.from([0, 0, 4, 0, 8, 0, absentX, 0]);
const second = Float32Array.from([0, 4, absentX, 0, 8, 8, 2, 2]);

describe('MorphPlaces', () => {
  const places = new MorphPlaces(first, second);

  it('is at either end the very map', () => {
    expect(places.at(0).end).toBe(first);
    expect(places.at(1).end).toBe(second);
    expect([places.at(0).progress, places.at(1).progress]).toEqual([1, 1]);
  });

  it('shows between them the rows that both have, on straight lines', () => {
    const { start, end, progress } = places.at(0.25);
    const shown = [0, 1, 2, 3].map((row) => mixRow(start, end, row, progress));
    expect(shown).toEqual([{ x: 0, y: 1 }, null, { x: 8, y: 2 }, null]);
  });
});

describe('findNearestOnWay', () => {
  it('finds at every position the row that is nearest there, as comparing them all does', () => {
    const place = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, place, fc.boolean()), { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        place,
        (rows, share, [x, y]) => {
          const on = new MorphPlaces(
            Float32Array.from(rows.flatMap(([from]) => from)),
            Float32Array.from(rows.flatMap(([, to, isMissing]) => (isMissing ? [absentX, 0] : to))),
          ).at(share);
          const found = findNearestOnWay(on, { x, y }, 6, () => true);
          const distances = rows.map(([from, to, isMissing]) =>
            isMissing
              ? Number.POSITIVE_INFINITY
              : Math.hypot(from[0] + (to[0] - from[0]) * share - x, from[1] + (to[1] - from[1]) * share - y),
          );
          const least = Math.min(...distances);
          if (found === null) expect(least).toBeGreaterThan(6 - 1e-5);
          else expect(distances[found]).toBeCloseTo(least, 5);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  it('passes over rows that are not accepted and what is out of reach', () => {
    const on = new MorphPlaces(first, second).at(0.5);
    expect(findNearestOnWay(on, { x: 0, y: 2 }, 1, () => true)).toBe(0);
    expect(findNearestOnWay(on, { x: 0, y: 2 }, 1, (row) => row !== 0)).toBeNull();
    expect(findNearestOnWay(on, { x: 4, y: 0 }, 1, () => true)).toBeNull();
  });
});

describe('createShareChannel', () => {
  it('tells of changes only, within 0 and 1', () => {
    const share = createShareChannel();
    const heard: number[] = [];
    const leave = share.subscribe(() => heard.push(share.get()));
    for (const value of [0, 0.5, 0.5, 7, 1, -1]) share.set(value);
    leave();
    share.set(0.3);
    expect(heard).toEqual([0.5, 1, 0]);
  });
});
