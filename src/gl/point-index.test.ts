import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PointIndex } from './point-index';
import { absentX } from './world-points';

const place = fc.integer({ min: -20, max: 20 });

it('finds what a search of all rows finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), place, place), { maxLength: 300 }),
      place,
      place,
      fc.integer({ min: 1, max: 15 }),
      fc.boolean(),
      (rows, x, y, radius, onlyEven) => {
        const world = Float32Array.from(
          rows.flatMap(([isPlaced, px, py]) => (isPlaced ? [px, py] : [absentX, 0])),
        );
        const accepts = (row: number) => !onlyEven || row % 2 === 0;
        let expected: number | null = null;
        let least = radius ** 2;
        for (const [row, [isPlaced, px, py]] of rows.entries()) {
          const distance = (px - x) ** 2 + (py - y) ** 2;
          if (!isPlaced || !accepts(row) || distance > least) continue;
          least = distance;
          expected = row;
        }
        const index = new PointIndex(world);
        index.complete();
        expect(index.findNearest(x, y, radius, accepts)).toBe(expected);
      },
    ),
    { seed: 20261122, numRuns: 200 },
  );
});

it('finds nothing among rows without a place', () => {
  for (const world of [Float32Array.of(absentX, 0, absentX, 0), new Float32Array(0)]) {
    const index = new PointIndex(world);
    index.complete();
    expect(index.isComplete).toBe(true);
    expect(index.findNearest(0, 0, 1e12, () => true)).toBeNull();
  }
});

it('takes many rows in step by step and then finds each', () => {
  const rowCount = 50_000;
  const world = Float32Array.from({ length: 2 * rowCount }, (_, place) =>
    place % 2 === 0 ? (place / 2) % 250 : Math.floor(place / 500),
  );
  const index = new PointIndex(world);
  let steps = 0;
  for (; !index.isComplete; steps++) index.advance();
  expect(steps).toBe(3);
  for (const row of [0, 19_999, 20_000, 39_999, 40_000, rowCount - 1]) {
    expect(index.findNearest(row % 250, Math.floor(row / 250), 0.5, () => true)).toBe(row);
  }
});
