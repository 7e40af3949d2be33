import { expect, it } from 'vitest';
import { seededGaussian } from '@/core/random';
import { finishWork } from '@/core/work';
import { smallerGram } from './gram';
import { pairMoments } from './pair-moments';
import { principalPlane } from './principal-plane';
import { gramWork, mostGramWork, randomisedPlane } from './randomised-plane';
import { pickMembers, referenceProduct as product } from './reference-similarity';
import type { UnitRows } from './unit-rows';

/** Unit rows whose spread falls from axis to axis by `decay`, about a common direction. */
function spreadRows(count: number, dims: number, decay: number): UnitRows {
  const next = seededGaussian(8);
  const values = new Float32Array(count * dims);
  for (let row = 0; row < count; row++) {
    const vector = Array.from({ length: dims }, (_, k) => next() * decay ** k + (k === dims - 1 ? 2 : 0));
    const length = Math.hypot(...vector);
    for (let k = 0; k < dims; k++) values[row * dims + k] = vector[k]! / length;
  }
  return { values, dims };
}

function both(rows: UnitRows, members: Uint32Array) {
  const gram = finishWork(smallerGram({ rows, members, product }));
  const exact = { ...finishWork(principalPlane({ rows, members, gram })), ...pairMoments(gram) };
  const found = finishWork(randomisedPlane({ rows, members, seed: 1, product }));
  return { exact, found };
}

it('finds the exact plane, signs included, where the spread falls, and the moments of the pairs', () => {
  for (const [count, dims, decay] of [
    [520, 30, 0.8],
    [60, 90, 0.9],
    [300, 3, 0.5],
  ] as const) {
    const rows = spreadRows(count, dims, decay);
    const { exact, found } = both(rows, pickMembers(count, 0.9, 3));
    const largest = Math.max(...exact.coordinates.map(Math.abs));
    found.coordinates.forEach((value, at) => {
      expect(Math.abs(value - exact.coordinates[at]!)).toBeLessThan(1e-3 * largest);
    });
    for (const axis of [0, 1] as const)
      expect(Math.abs(found.explained[axis] - exact.explained[axis])).toBeLessThan(1e-4);
    expect(Math.abs(found.mean! - exact.mean!)).toBeLessThan(1e-8);
    expect(Math.abs(found.sd! / exact.sd! - 1)).toBeLessThan(0.02);
  }
});

it('comes near what can be explained where no axis stands out, and repeats itself', () => {
  const rows = spreadRows(400, 40, 1);
  const members = pickMembers(400, 1, 1);
  const { exact, found } = both(rows, members);
  expect(found.explained[0]).toBeLessThanOrEqual(exact.explained[0] + 1e-6);
  expect(found.explained[0]).toBeGreaterThan(0.95 * exact.explained[0]);
  expect(finishWork(randomisedPlane({ rows, members, seed: 1, product }))).toEqual(found);
});

it('is finite for one row, none, and equal rows', () => {
  const rows = { values: new Float32Array(40).fill(0.5), dims: 4 };
  for (const count of [0, 1, 2, 10]) {
    const members = Uint32Array.from({ length: count }, (_, row) => row);
    const { coordinates, explained } = finishWork(randomisedPlane({ rows, members, seed: 1, product }));
    expect(coordinates).toEqual(new Float32Array(2 * count));
    expect(explained).toEqual([0, 0]);
  }
});

it('is used beyond what the exact way takes in seconds', () => {
  expect(gramWork(50_000, 1024)).toBeLessThan(mostGramWork);
  expect(gramWork(100_000, 1024)).toBeLessThan(mostGramWork);
  expect(gramWork(50_000, 4096)).toBeGreaterThan(mostGramWork);
});
