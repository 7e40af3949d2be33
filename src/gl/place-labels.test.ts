import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rect } from './camera';
import { PointCover, placeLabels } from './place-labels';

const size = { width: 400, height: 300 };

const overlaps = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

it('counts the points of the cells that a rectangle touches', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 399 }), fc.integer({ min: 0, max: 299 })), {
        maxLength: 60,
      }),
      fc.tuple(fc.nat(100), fc.nat(75), fc.nat(40), fc.nat(40)),
      (points, [column, row, columns, rows]) => {
        const cover = new PointCover(size);
        for (const [x, y] of points) cover.add(x, y);
        const rect = { x: 4 * column, y: 4 * row, width: 4 * columns, height: 4 * rows };
        const inside = points.filter(
          ([x, y]) => x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height,
        );
        expect(cover.count(rect)).toBe(inside.length);
      },
    ),
    { seed: 20261125, numRuns: 100 },
  );
});

it('never lets labels overlap each other, an obstacle or the edge; the first go first', () => {
  const label = fc.record({
    anchor: fc.record({ x: fc.integer({ min: -20, max: 420 }), y: fc.integer({ min: -20, max: 320 }) }),
    width: fc.integer({ min: 20, max: 180 }),
    height: fc.constant(20),
  });
  const obstacle = fc.record({
    x: fc.nat(300),
    y: fc.nat(200),
    width: fc.integer({ min: 10, max: 100 }),
    height: fc.integer({ min: 10, max: 100 }),
  });
  fc.assert(
    fc.property(
      fc.array(label, { maxLength: 40 }),
      fc.array(obstacle, { maxLength: 3 }),
      (labels, obstacles) => {
        const cover = new PointCover(size);
        const places = placeLabels({ labels, size, obstacles, cover });
        expect(places.length).toBe(labels.length);
        const placed = places.filter((place) => place !== null);
        placed.forEach((place, i) => {
          for (const other of [...placed.slice(0, i), ...obstacles])
            expect(overlaps(place, other)).toBe(false);
          expect(place.x).toBeGreaterThanOrEqual(0);
          expect(place.x + place.width).toBeLessThanOrEqual(size.width);
          expect(place.y + place.height).toBeLessThanOrEqual(size.height);
        });
        const alone = placeLabels({ labels: labels.slice(0, 1), size, obstacles, cover });
        expect(places.slice(0, 1)).toEqual(alone);
      },
    ),
    { seed: 20261125, numRuns: 150 },
  );
});

it('goes where it covers fewer points, and stays at the anchor where there are none', () => {
  const labels = [{ anchor: { x: 200, y: 150 }, width: 80, height: 20 }];
  const [free] = placeLabels({ labels, size, obstacles: [], cover: new PointCover(size) });
  expect(free).toEqual({ x: 160, y: 140, width: 80, height: 20 });
  const crowded = new PointCover(size);
  for (let i = 0; i < 100; i++) crowded.add(170 + (i % 60), 142 + (i % 16));
  const [moved] = placeLabels({ labels, size, obstacles: [], cover: crowded });
  expect(crowded.count(moved!)).toBe(0);
});
