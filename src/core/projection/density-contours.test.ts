import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { densityContours } from './density-contours';
import { gaussianPoints } from './layout-samples';

/** Whether a ring goes round a place. */
function isInside(ring: Float32Array, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1, y1, x2, y2] = ring.subarray(i, i + 4) as unknown as [number, number, number, number];
    if (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

it('draws closed rings round what is dense, the denser the narrower, and leaves rows without a place out', () => {
  const centres = [
    [0, 0],
    [10, 4],
  ];
  const points = [...gaussianPoints(centres, 300, 0.5, 7).flat(), Number.NaN, Number.NaN];
  const contours = finishWork(densityContours(Float32Array.from(points)));
  expect(contours.map(({ share }) => share)).toEqual([0.03, 0.08, 0.2, 0.4, 0.6, 0.8]);
  for (const { share, rings } of contours) {
    for (const ring of rings) {
      expect(ring.length).toBeGreaterThan(6);
      expect([...ring.slice(-2)]).toEqual([...ring.slice(0, 2)]);
    }
    const holds = (x: number, y: number) => rings.filter((ring) => isInside(ring, x, y)).length % 2 === 1;
    expect(holds(5, 2)).toBe(false);
    if (share < 0.7) expect([holds(0, 0), holds(10, 4)]).toEqual([true, true]);
  }
});

it('draws nothing where there is nothing, or only one place', () => {
  expect(finishWork(densityContours(new Float32Array(4).fill(Number.NaN)))).toEqual([]);
  expect(finishWork(densityContours(Float32Array.of(1, 1, 1, 1)))).toEqual([]);
});
