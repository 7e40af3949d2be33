import { expect, test } from 'vitest';
import { seededGaussian } from '@/core/random';
import { arrangeLabels } from './arrange-labels';

const centres = [
  [0, 0],
  [6, 1],
  [-5, 3],
  [2, -5],
  [-4, -4],
] as const;
const size = { width: 800, height: 600 };
const fitted = { originX: 400, originY: 300, scaleX: 40, scaleY: -40 };

function makeMap(rowCount: number) {
  const next = seededGaussian(5);
  const positions = new Float32Array(2 * rowCount);
  const groupOf = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const group = row % centres.length;
    groupOf[row] = group;
    positions[2 * row] = centres[group]![0] + next() / 2;
    positions[2 * row + 1] = centres[group]![1] + next() / 2;
  }
  const names = centres.map((_, group) => `group ${group}`);
  return { positions, clusters: { groupOf, names, sizes: names.map(() => rowCount / centres.length) } };
}

function arrange(
  map: ReturnType<typeof makeMap>,
  changes: Partial<Parameters<typeof arrangeLabels>[0]> = {},
) {
  return arrangeLabels({
    ...map,
    isHidden: () => false,
    projection: fitted,
    size,
    obstacles: [],
    parts: null,
    widthOf: (name) => 8 * name.length,
    ...changes,
  });
}

test.each([500, 60_000])(
  'each of %i rows’ groups has its name near its middle, none above another',
  (rowCount) => {
    const { labels, isZoomed } = arrange(makeMap(rowCount));
    expect(isZoomed).toBe(false);
    expect(labels.map(({ group }) => group).sort()).toEqual([0, 1, 2, 3, 4]);
    for (const { group, anchor } of labels)
      expect(Math.hypot(anchor.x - centres[group]![0], anchor.y - centres[group]![1])).toBeLessThan(0.5);
    const boxes = labels.map(({ anchor, shiftX, shiftY, width }) => ({
      x: fitted.originX + fitted.scaleX * anchor.x + shiftX,
      y: fitted.originY + fitted.scaleY * anchor.y + shiftY,
      width,
    }));
    boxes.forEach((a, i) => {
      for (const b of boxes.slice(0, i))
        expect(Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || Math.abs(a.y - b.y) >= 20).toBe(true);
    });
  },
);

test('a group that is filtered out or out of sight has no name', () => {
  const map = makeMap(500);
  const { labels } = arrange(map, { isHidden: (row) => map.clusters.groupOf[row] === 2 });
  expect(labels.map(({ group }) => group).sort()).toEqual([0, 1, 3, 4]);
  const near = arrange(map, { projection: { originX: -800, originY: 500, scaleX: 200, scaleY: -200 } });
  expect(near.isZoomed).toBe(true);
  expect(near.labels.map(({ group }) => group)).toEqual([1]);
});
