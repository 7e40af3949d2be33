import { expect, test } from 'vitest';
import { seededRandom } from '@/core/random';
import { finishWork } from '@/core/work';
import { cosinesToRow } from './cosines-to-row';

test('the cosine of a row with every member, 1 with itself, NaN with the others', () => {
  const random = seededRandom(4);
  const dims = 7;
  const rowCount = 1300;
  const values = new Float32Array(rowCount * dims);
  for (let row = 0; row < rowCount; row++) {
    const line = Array.from({ length: dims }, () => random() - 0.5);
    const norm = Math.hypot(...line);
    line.forEach((value, i) => {
      values[row * dims + i] = value / norm;
    });
  }
  const members = Uint32Array.from({ length: rowCount }, (_, row) => row).filter((row) => row % 5 !== 3);
  const cosines = finishWork(cosinesToRow({ rows: { values, dims }, rowCount, members, row: 41 }));
  expect(cosines[41]).toBe(1);
  for (let row = 0; row < rowCount; row++) {
    if (row === 41) continue;
    let dot = 0;
    for (let i = dims - 1; i >= 0; i--) dot += values[row * dims + i]! * values[41 * dims + i]!;
    if (row % 5 === 3) expect(cosines[row]).toBeNaN();
    else expect(cosines[row]).toBeCloseTo(dot, 12);
  }
  expect(
    finishWork(cosinesToRow({ rows: { values, dims }, rowCount, members, row: 3 })).every(Number.isNaN),
  ).toBe(true);
});
