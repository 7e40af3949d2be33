import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absentX,
  boundPositions,
  boundsToWorld,
  frameBounds,
  fromWorld,
  mixRow,
  mixRows,
  positionsToWorld,
  toWorld,
  uniteBounds,
  worldExtent,
} from './world-points';

const coordinate = fc.oneof(
  { weight: 9, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const layout = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 0, maxLength: 40 })
  .map((rows) => Float32Array.from(rows.flat()));
const runs = { seed: 20261122, numRuns: 300 };

function placedRows(positions: Float32Array): number[][] {
  return Array.from({ length: positions.length / 2 }, (_, row) => [
    positions[2 * row]!,
    positions[2 * row + 1]!,
  ]).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
}

describe('world points', () => {
  it('fill a box of the world extent, whatever the unit, and come back', () => {
    fc.assert(
      fc.property(layout, (positions) => {
        const placed = placedRows(positions);
        const box = boundPositions(positions);
        if (box === null) {
          expect(placed).toHaveLength(0);
          return;
        }
        const frame = frameBounds(box);
        const world = positionsToWorld(positions, frame);
        const own = boundsToWorld(frame, box);
        const extent = Math.max(own.maxX - own.minX, own.maxY - own.minY);
        if (box.maxX > box.minX || box.maxY > box.minY) expect(extent).toBeCloseTo(worldExtent, 3);
        for (let row = 0; 2 * row < positions.length; row++) {
          const x = positions[2 * row]!;
          const y = positions[2 * row + 1]!;
          if (!Number.isFinite(x) || !Number.isFinite(y)) {
            expect(world[2 * row]).toBe(absentX);
            expect(mixRow(world, world, row, 0.3)).toBeNull();
            continue;
          }
          const back = fromWorld(frame, { x: world[2 * row]!, y: world[2 * row + 1]! });
          expect(Math.abs(back.x - x)).toBeLessThan(1e-2);
          expect(Math.abs(back.y - y)).toBeLessThan(1e-2);
        }
      }),
      runs,
    );
  });

  it('turn y over: a higher row lies further up the screen', () => {
    const frame = frameBounds({ minX: 0, minY: 0, maxX: 2, maxY: 2 });
    expect(toWorld(frame, { x: 1, y: 2 }).y).toBeLessThan(toWorld(frame, { x: 1, y: 0 }).y);
    expect(toWorld(frame, { x: 2, y: 1 }).x).toBeGreaterThan(toWorld(frame, { x: 0, y: 1 }).x);
  });

  it('move along a straight line; a row without a former place starts at its end', () => {
    const start = Float32Array.of(0, 0, absentX, 0, 4, 4);
    const end = Float32Array.of(10, 20, 3, 5, absentX, 0);
    expect(mixRow(start, end, 0, 0.25)).toEqual({ x: 2.5, y: 5 });
    expect(mixRow(start, end, 1, 0.25)).toEqual({ x: 3, y: 5 });
    expect(mixRow(start, end, 2, 0.25)).toBeNull();
    expect(mixRow(start, end, 3, 0.25)).toBeNull();
    expect([...mixRows(start, end, 0.25)]).toEqual([2.5, 5, 3, 5, absentX, 0]);
  });

  it('unite boxes, leaving out maps without points', () => {
    expect(
      uniteBounds([null, { minX: 0, minY: 1, maxX: 2, maxY: 3 }, { minX: -1, minY: 2, maxX: 1, maxY: 9 }]),
    ).toEqual({ minX: -1, minY: 1, maxX: 2, maxY: 9 });
    expect(uniteBounds([null])).toBeNull();
  });
});
