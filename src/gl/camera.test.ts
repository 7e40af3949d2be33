import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Camera,
  clampCamera,
  easeInOut,
  fitCamera,
  freeRect,
  layOutPanes,
  mixCameras,
  screenToWorld,
  visibleBounds,
  worldToScreen,
  zoomAround,
} from './camera';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const size = fc.record({ width: number(50, 3000), height: number(50, 3000) });
const point = fc.record({ x: number(-400, 400), y: number(-400, 400) });
const camera: fc.Arbitrary<Camera> = fc.record({
  x: number(-300, 300),
  y: number(-300, 300),
  zoom: number(-4, 9),
});
const insets = fc.record({
  top: number(0, 200),
  right: number(0, 200),
  bottom: number(0, 200),
  left: number(0, 200),
});
const bounds = fc
  .record({ x: number(-300, 300), y: number(-300, 300), width: number(0.01, 500), height: number(0.01, 500) })
  .map(({ x, y, width, height }) => ({ minX: x, minY: y, maxX: x + width, maxY: y + height }));
const runs = { seed: 20261122, numRuns: 300 };

describe('screen and world', () => {
  it('are inverse to each other', () => {
    fc.assert(
      fc.property(camera, size, point, (view, area, world) => {
        const back = screenToWorld(view, area, worldToScreen(view, area, world));
        expect(back.x).toBeCloseTo(world.x, 6);
        expect(back.y).toBeCloseTo(world.y, 6);
      }),
      runs,
    );
  });

  it('show the middle of the view at the camera, y down', () => {
    const view = { x: 3, y: 4, zoom: 1 };
    const area = { width: 200, height: 100 };
    expect(worldToScreen(view, area, { x: 3, y: 4 })).toEqual({ x: 100, y: 50 });
    expect(worldToScreen(view, area, { x: 4, y: 5 })).toEqual({ x: 102, y: 52 });
  });
});

describe('fitCamera', () => {
  it('puts the whole box into the free part and touches one pair of its sides', () => {
    fc.assert(
      fc.property(bounds, size, insets, (box, area, margins) => {
        const view = fitCamera(box, area, margins, 30);
        const free = freeRect(area, margins);
        const low = worldToScreen(view, area, { x: box.minX, y: box.minY });
        const high = worldToScreen(view, area, { x: box.maxX, y: box.maxY });
        const slack = 1e-6 * (area.width + area.height);
        expect(low.x).toBeGreaterThanOrEqual(free.x - slack);
        expect(low.y).toBeGreaterThanOrEqual(free.y - slack);
        expect(high.x).toBeLessThanOrEqual(free.x + free.width + slack);
        expect(high.y).toBeLessThanOrEqual(free.y + free.height + slack);
        const spare = Math.min(free.width - (high.x - low.x), free.height - (high.y - low.y));
        expect(Math.abs(spare)).toBeLessThan(slack);
        // and centred
        expect(low.x - free.x).toBeCloseTo(free.x + free.width - high.x, 3);
        expect(low.y - free.y).toBeCloseTo(free.y + free.height - high.y, 3);
      }),
      runs,
    );
  });

  it('shows a single place in the middle at the widest zoom', () => {
    const view = fitCamera(
      { minX: 5, minY: 6, maxX: 5, maxY: 6 },
      { width: 100, height: 80 },
      { top: 0, right: 0, bottom: 0, left: 0 },
      4,
    );
    expect(view).toEqual({ x: 5, y: 6, zoom: 4 });
  });
});

describe('zoomAround', () => {
  it('keeps the world point under the pixel and stays within the limits', () => {
    fc.assert(
      fc.property(
        camera,
        size,
        number(0, 1),
        number(0, 1),
        number(-5, 5),
        (view, area, shareX, shareY, steps) => {
          const pixel = { x: shareX * area.width, y: shareY * area.height };
          const limits = { min: -3, max: 7 };
          const zoomed = zoomAround(view, area, pixel, steps, limits);
          expect(zoomed.zoom).toBe(Math.min(7, Math.max(-3, view.zoom + steps)));
          const before = screenToWorld(view, area, pixel);
          const after = worldToScreen(zoomed, area, before);
          expect(after.x).toBeCloseTo(pixel.x, 4);
          expect(after.y).toBeCloseTo(pixel.y, 4);
        },
      ),
      runs,
    );
  });
});

describe('mixCameras', () => {
  it('begins and ends at its two cameras and keeps the anchor of a zoom still between', () => {
    fc.assert(
      fc.property(
        camera,
        size,
        number(0, 1),
        number(0, 1),
        number(-4, 4),
        number(0, 1),
        (from, area, u, v, steps, t) => {
          const pixel = { x: u * area.width, y: v * area.height };
          const to = zoomAround(from, area, pixel, steps, { min: -20, max: 20 });
          expect(mixCameras(from, to, 0)).toEqual(from);
          expect(mixCameras(from, to, 1)).toEqual(to);
          const anchor = screenToWorld(from, area, pixel);
          const between = worldToScreen(mixCameras(from, to, t), area, anchor);
          expect(Math.abs(between.x - pixel.x)).toBeLessThan(0.5);
          expect(Math.abs(between.y - pixel.y)).toBeLessThan(0.5);
        },
      ),
      runs,
    );
  });
});

describe('clampCamera', () => {
  it('opens no gap at an edge where the content is larger, and centres it where it is smaller', () => {
    fc.assert(
      fc.property(camera, size, insets, bounds, (view, area, margins, box) => {
        const clamped = clampCamera(view, box, area, margins);
        const free = freeRect(area, margins);
        const low = worldToScreen(clamped, area, { x: box.minX, y: box.minY });
        const high = worldToScreen(clamped, area, { x: box.maxX, y: box.maxY });
        if (high.x - low.x >= free.width + 1e-6) {
          expect(low.x).toBeLessThanOrEqual(free.x + 1e-3);
          expect(high.x).toBeGreaterThanOrEqual(free.x + free.width - 1e-3);
        } else {
          expect(low.x - free.x).toBeCloseTo(free.x + free.width - high.x, 3);
        }
        expect(clamped.zoom).toBe(view.zoom);
        const again = clampCamera(clamped, box, area, margins);
        expect(again.x).toBeCloseTo(clamped.x, 6);
        expect(again.y).toBeCloseTo(clamped.y, 6);
      }),
      runs,
    );
  });
});

describe('layOutPanes', () => {
  it('tiles the area without overlap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), size, (count, area) => {
        const rects = layOutPanes(count, area);
        expect(rects).toHaveLength(count);
        for (const [index, rect] of rects.entries()) {
          expect(rect.x + rect.width).toBeLessThanOrEqual(area.width + 1e-6);
          expect(rect.y + rect.height).toBeLessThanOrEqual(area.height + 1e-6);
          for (const other of rects.slice(index + 1)) {
            const overlapX = Math.min(rect.x + rect.width, other.x + other.width) - Math.max(rect.x, other.x);
            const overlapY =
              Math.min(rect.y + rect.height, other.y + other.height) - Math.max(rect.y, other.y);
            expect(Math.min(overlapX, overlapY)).toBeLessThanOrEqual(1e-6);
          }
        }
      }),
      runs,
    );
  });

  it('puts two side by side in a wide area, beneath one another in a tall one, four in a square two by two', () => {
    expect(layOutPanes(2, { width: 1000, height: 400 }).map(({ x }) => x)).toEqual([0, 500]);
    expect(layOutPanes(2, { width: 400, height: 1000 }).map(({ y }) => y)).toEqual([0, 500]);
    expect(layOutPanes(4, { width: 800, height: 800 }).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [400, 0],
      [0, 400],
      [400, 400],
    ]);
  });
});

describe('visibleBounds', () => {
  it('has as its corners the corners of the view', () => {
    expect(visibleBounds({ x: 10, y: 20, zoom: 1 }, { width: 40, height: 20 })).toEqual({
      minX: 0,
      maxX: 20,
      minY: 15,
      maxY: 25,
    });
  });
});

describe('easeInOut', () => {
  it('rises from 0 to 1, symmetric about the middle', () => {
    expect([easeInOut(-1), easeInOut(0), easeInOut(0.5), easeInOut(1), easeInOut(2)]).toEqual([
      0, 0, 0.5, 1, 1,
    ]);
    expect(easeInOut(0.2) + easeInOut(0.8)).toBeCloseTo(1, 12);
    expect(easeInOut(0.2)).toBeLessThan(0.2);
  });
});
