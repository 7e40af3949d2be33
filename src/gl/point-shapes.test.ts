import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { type DrawnPoints, pointShapes } from './point-shapes';

const places = [{ x: 10, y: 10 }, { x: 20, y: 10 }, { x: 30, y: 10 }, null, { x: 9000, y: 10 }];
const points: DrawnPoints = {
  width: 100,
  height: 100,
  rowCount: 5,
  locate: (row) => places[row] ?? null,
  colours: Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255, 9, 9, 9, 255]),
  dims: Uint8Array.of(0, 1, 2, 0, 0),
  sizes: Float32Array.of(2, 1, 1, 1, 1),
  size: { radiusPx: 3, edgePx: 0.7, pointOpacity: 1 },
  pinned: [],
  ringed: [],
  links: [],
  theme: { canvas: '#ffffff', text: '#000000', line: '#777777', context: '#cccccc' },
};

it('draws rows in their colours and sizes, grey and filtered ones beneath, and none that are not in sight', () => {
  expect(finishWork(pointShapes(points))).toEqual([
    { kind: 'circle', x: 20, y: 10, radius: 2.3, fill: '#cccccc' },
    { kind: 'circle', x: 30, y: 10, radius: 2.3, fill: '#ffffff', edge: '#cccccc' },
    { kind: 'circle', x: 10, y: 10, radius: 6, fill: '#ff0000', edge: '#ffffff' },
  ]);
});

it('draws links beneath and rings above the points', () => {
  const shapes = finishWork(
    pointShapes({
      ...points,
      dims: null,
      pinned: [0],
      ringed: [1, 3],
      links: [
        { from: 0, to: 1 },
        { from: 0, to: 3 },
      ],
    }),
  );
  expect(shapes[0]).toEqual({ kind: 'path', d: 'M10.0 10.0L20.0 10.0', stroke: '#777777' });
  // Three points in sight, then three circles a ring.
  expect(shapes.slice(4).map((shape) => shape.kind === 'circle' && shape.fill)).toEqual([
    '#777777',
    '#ffffff',
    '#00ff00',
    '#000000',
    '#ffffff',
    '#ff0000',
  ]);
});
