import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeTooltip } from './place-tooltip';

it('never covers the mark, and stays inside wherever there is room', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.record({ width: fc.integer({ min: 100, max: 1500 }), height: fc.integer({ min: 100, max: 1000 }) }),
      fc.record({ width: fc.integer({ min: 20, max: 260 }), height: fc.integer({ min: 20, max: 160 }) }),
      share,
      share,
      (area, tooltip, u, v) => {
        const mark = { x: u * area.width, y: v * area.height, radiusPx: 8 };
        const { x, y } = placeTooltip(mark, tooltip, area);
        const nearestX = Math.min(Math.max(mark.x, x), x + tooltip.width);
        const nearestY = Math.min(Math.max(mark.y, y), y + tooltip.height);
        expect(Math.hypot(nearestX - mark.x, nearestY - mark.y)).toBeGreaterThanOrEqual(mark.radiusPx);
        const fitsAbove = mark.y - 16 >= tooltip.height && tooltip.width <= area.width;
        const fitsBelow = area.height - mark.y - 16 >= tooltip.height && tooltip.width <= area.width;
        if (!fitsAbove && !fitsBelow) return;
        expect(x).toBeGreaterThanOrEqual(0);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(x + tooltip.width).toBeLessThanOrEqual(area.width);
        expect(y + tooltip.height).toBeLessThanOrEqual(area.height);
      },
    ),
    { seed: 20261122, numRuns: 500 },
  );
});

it('stands above the mark where it fits, below it at the top edge', () => {
  const area = { width: 500, height: 500 };
  const tooltip = { width: 100, height: 40 };
  expect(placeTooltip({ x: 250, y: 250, radiusPx: 6 }, tooltip, area)).toEqual({ x: 200, y: 196 });
  expect(placeTooltip({ x: 250, y: 10, radiusPx: 6 }, tooltip, area)).toEqual({ x: 200, y: 24 });
});
