import { expect, it } from 'vitest';
import { pointSize, pointSizeAt } from './point-size';

it('draws more points smaller and fainter, and each larger and plainer as one zooms in', () => {
  const counts = [100, 1000, 10_000, 50_000, 200_000];
  const sizes = counts.map((count) => pointSize(count));
  expect(sizes.map(({ radiusPx }) => radiusPx)).toEqual([4, 3.2, 2.7, 1.9, 1.4]);
  for (const count of counts) {
    expect(pointSizeAt(count, 0)).toEqual(pointSize(count));
    expect(pointSizeAt(count, -2)).toEqual(pointSize(count));
    const zooms = [0, 1, 2, 3, 5, 8].map((zoomedBy) => pointSizeAt(count, zoomedBy));
    zooms.slice(1).forEach((size, i) => {
      expect(size.radiusPx).toBeGreaterThanOrEqual(zooms[i]!.radiusPx);
      expect(size.pointOpacity).toBeGreaterThanOrEqual(zooms[i]!.pointOpacity);
    });
    expect(zooms.at(-1)).toMatchObject({ radiusPx: 4, pointOpacity: 1 });
  }
});
