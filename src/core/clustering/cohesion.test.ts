import { expect, it } from 'vitest';
import { referenceProduct } from '@/core/similarity/reference-similarity';
import { finishWork } from '@/core/work';
import { cohesionNeighbours, measureCohesion } from './cohesion';
import { plantGroups } from './planted-groups';

const { values, dims } = plantGroups(40, 12, 4, 0.6, 3);
const rows = { values, dims };

it('is the mean cosine among the nearest five', () => {
  const members = Uint32Array.from({ length: 20 }, (_, i) => 2 * i);
  const k = 7;
  const ids = Int32Array.from({ length: members.length * k }, (_, i) => members[(i * 11 + 3) % 20]!);
  ids.fill(-1, 2, k);
  ids.fill(-1, k + 1, 2 * k);
  const { ofMember } = finishWork(
    measureCohesion({ rows, members, ids, k, product: referenceProduct, seed: 1 }),
  );
  members.forEach((_, member) => {
    const near = [...ids.subarray(member * k, member * k + cohesionNeighbours)].filter((id) => id >= 0);
    const cosines = near.flatMap((a, i) =>
      near.slice(i + 1).map((b) => {
        let dot = 0;
        for (let at = 0; at < dims; at++) dot += values[a * dims + at]! * values[b * dims + at]!;
        return dot;
      }),
    );
    const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
    if (near.length < 2) expect(ofMember[member]).toBeNaN();
    else expect(ofMember[member]).toBeCloseTo(mean, 5);
  });
});

it('is that of vectors near their own column means once they are shuffled', () => {
  const members = Uint32Array.from({ length: 40 }, (_, row) => row);
  const request = { rows, members, ids: new Int32Array(40), k: 1, product: referenceProduct, seed: 1 };
  const first = finishWork(measureCohesion(request));
  expect(first.ofShuffled.length).toBe(256);
  expect(first.ofShuffled.every((value) => value > -1 && value < 1)).toBe(true);
  expect(finishWork(measureCohesion(request))).toEqual(first);
  expect(finishWork(measureCohesion({ ...request, seed: 2 })).ofShuffled).not.toEqual(first.ofShuffled);
  // Columns that do not vary leave nothing to shuffle: all such rows are the same.
  const same = { values: new Float32Array(40 * dims).fill(1 / Math.sqrt(dims)), dims };
  for (const value of finishWork(measureCohesion({ ...request, rows: same })).ofShuffled)
    expect(value).toBeCloseTo(1, 5);
});
