import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Point } from './camera';
import { rowsInside } from './rows-inside';
import { absentX } from './world-points';

const all = () => true;

test('rows in a concave outline, without those that have no place or are not let in', () => {
  const outline = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 5, y: 2 },
    { x: 0, y: 10 },
  ];
  const world = Float32Array.of(1, 1, 5, 8, 9, 5, absentX, 1, 2, 2, 11, 1);
  expect(rowsInside(world, outline, all)).toEqual([0, 2, 4]);
  expect(rowsInside(world, outline, (row) => row !== 2)).toEqual([0, 4]);
  expect(rowsInside(world, outline.slice(0, 2), all)).toEqual([]);
});

/** How often the outline winds round a point, from angles: shares nothing with counting crossings. */
function windingOf(outline: readonly Point[], x: number, y: number): number {
  let turned = 0;
  outline.forEach((start, at) => {
    const end = outline[(at + 1) % outline.length]!;
    const angle = Math.atan2(end.y - y, end.x - x) - Math.atan2(start.y - y, start.x - x);
    turned += angle > Math.PI ? angle - 2 * Math.PI : angle < -Math.PI ? angle + 2 * Math.PI : angle;
  });
  return Math.round(turned / (2 * Math.PI));
}

const [shiftX, shiftY] = [0.43712345, 0.28173517];

test('a row is inside where the outline winds round it an odd number of times', () => {
  // Corners on whole numbers, rows well off every line between two of them.
  const corner = fc.record({ x: fc.integer({ min: 0, max: 40 }), y: fc.integer({ min: 0, max: 40 }) });
  const place = fc.tuple(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 0, max: 39 }));
  void fc.assert(
    fc.property(
      fc.array(corner, { minLength: 3, maxLength: 30 }),
      fc.array(place, { minLength: 1, maxLength: 40 }),
      (outline, places) => {
        const world = Float32Array.from(places.flatMap(([x, y]) => [x + shiftX, y + shiftY]));
        const expected = places.flatMap(([x, y], row) =>
          windingOf(outline, x + shiftX, y + shiftY) % 2 === 0 ? [] : [row],
        );
        expect(rowsInside(world, outline, all)).toEqual(expected);
      },
    ),
    { seed: 12, numRuns: 300 },
  );
});
