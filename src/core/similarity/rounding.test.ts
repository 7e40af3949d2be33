import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { makeUnitRows, pickMembers } from './reference-similarity';
import { boundError, chooseRounding } from './rounding';

function choose(pull: number, dims = 65, count = 200) {
  const rows = makeUnitRows({ count, dims, seed: 6, pull, copies: 0 });
  const members = pickMembers(count, 0.9, 6);
  return { rows, members, rounding: finishWork(chooseRounding(rows, members)) };
}

it('leaves the mean in rows that point everywhere', () => {
  const { rounding } = choose(0);
  expect(rounding.mean.every((value) => value === 0)).toBe(true);
  expect(rounding.biases.every((bias) => bias === 0)).toBe(true);
  expect(rounding.offset).toBe(0);
  expect(Math.abs(rounding.scale - 32767)).toBeLessThan(0.1);
});

it.each([0, 0.5, 5, 50, 5000])(
  'keeps entries and scores within their integers, and cosines within the bound, with %d in common',
  (pull) => {
    const { rows, members, rounding } = choose(pull);
    const { mean, biases, scale, unit, offset } = rounding;
    const { values, dims } = rows;
    let worst = 0;
    let squares = 0;
    const rounded = Array.from(members, (row) => {
      let own = 0;
      const entries = Array.from(mean, (value, k) => {
        const exact = (values[row * dims + k]! - value) * scale;
        expect(Math.abs(exact)).toBeLessThan(32767.5);
        own += (exact - Math.round(exact)) ** 2;
        return Math.round(exact);
      });
      squares = Math.max(squares, own);
      return entries;
    });
    for (let i = 0; i < members.length; i += 3) {
      for (let j = 0; j < members.length; j++) {
        const score =
          rounded[i]!.reduce((sum, value, k) => sum + value * rounded[j]![k]!, 0) + biases[i]! + biases[j]!;
        expect(Math.abs(score)).toBeLessThan(2 ** 31);
        let cosine = 0;
        for (let k = 0; k < dims; k++)
          cosine += values[members[i]! * dims + k]! * values[members[j]! * dims + k]!;
        worst = Math.max(worst, Math.abs(score * unit + offset - cosine));
      }
    }
    expect(worst).toBeLessThan(boundError(squares, rounding));
  },
);

it('bounds the error far closer where rows differ little', () => {
  const spread = boundError(20, choose(0).rounding);
  const close = boundError(20, choose(50).rounding);
  expect(close).toBeLessThan(spread / 100);
});

it('takes rows that are all equal, and none', () => {
  const rows = makeUnitRows({ count: 50, dims: 8, seed: 6, pull: 0, copies: 1 });
  const { scale, reach } = finishWork(chooseRounding(rows, pickMembers(50, 1, 6)));
  expect(Number.isFinite(scale)).toBe(true);
  expect(reach).toBeLessThan(1e-5);
  expect(finishWork(chooseRounding(rows, new Uint32Array(0))).biases).toHaveLength(0);
});
