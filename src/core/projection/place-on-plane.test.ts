import { expect, it } from 'vitest';
import { smallerGram } from '@/core/similarity/gram';
import { principalPlane } from '@/core/similarity/principal-plane';
import { referenceProduct } from '@/core/similarity/reference-similarity';
import { finishWork } from '@/core/work';
import { axis, gaussianPoints } from './layout-samples';
import { placeOnPlane } from './place-on-plane';

const unit = (point: number[]) => point.map((value) => value / Math.hypot(...point));
const points = gaussianPoints([axis(1), axis(2), axis(3)], 20, 0.2, 11).map(unit);
const rows = { values: Float32Array.from(points.flat()), dims: 12 };
const members = Uint32Array.from(points.keys());
const gram = finishWork(smallerGram({ rows, members, product: referenceProduct }));
const plane = finishWork(principalPlane({ rows, members, gram })).coordinates;
const place = (vector: number[]) => [
  ...finishWork(placeOnPlane({ rows, members, plane, vector: Float32Array.from(vector) })),
];

it('puts every row where it is, whatever the length of its vector', () => {
  for (const row of [0, 25, 59]) {
    const [x, y] = place(points[row]!.map((value) => value * 3));
    expect(x).toBeCloseTo(plane[2 * row]!, 5);
    expect(y).toBeCloseTo(plane[2 * row + 1]!, 5);
  }
});

it('puts a unit vector where the plane’s linear map does, known from thirteen rows', () => {
  // A linear map with an offset is known from dims + 1 rows: the new vector is written as a mixture of them (sum of shares 1).
  const fresh = unit(gaussianPoints([axis(2)], 1, 0.5, 3)[0]!);
  const basis = points.slice(10, 23);
  const system = Array.from({ length: 13 }, (_, i) => [
    ...basis.map((row) => (i < 12 ? row[i]! : 1)),
    i < 12 ? fresh[i]! : 1,
  ]);
  const shares = solve(system);
  for (const axisAt of [0, 1])
    expect(place(fresh)[axisAt]).toBeCloseTo(
      shares.reduce((sum, share, i) => sum + share * plane[2 * (i + 10) + axisAt]!, 0),
      4,
    );
});

it('refuses a vector of another width', () => {
  expect(() => place([1, 2])).toThrow(RangeError);
});

/** Gauss’ elimination with pivots; each line ends with its right side. */
function solve(system: number[][]): number[] {
  const lines = system.map((line) => [...line]);
  lines.forEach((_, at) => {
    const pivot = lines.reduce(
      (best, line, i) => (i >= at && Math.abs(line[at]!) > Math.abs(lines[best]![at]!) ? i : best),
      at,
    );
    [lines[at], lines[pivot]] = [lines[pivot]!, lines[at]!];
    const own = lines[at]!;
    lines.forEach((line, i) => {
      if (i === at) return;
      const factor = line[at]! / own[at]!;
      for (let j = at; j < line.length; j++) line[j]! -= factor * own[j]!;
    });
  });
  return lines.map((line, i) => line.at(-1)! / line[i]!);
}
