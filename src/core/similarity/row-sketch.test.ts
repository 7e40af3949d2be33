import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { makeUnitRows, pickMembers, propertySeed, referenceProduct } from './reference-similarity';
import { chooseRounding } from './rounding';
import { type RowSketches, sketchDims, sketchRows } from './row-sketch';
import type { UnitRows } from './unit-rows';

function sketch(rows: UnitRows, members: Uint32Array) {
  const rounding = finishWork(chooseRounding(rows, members));
  const request = { rows, members, rounding, product: referenceProduct };
  return { rounding, sketches: finishWork(sketchRows(request)) };
}

/** All pairs: what a sketch promises at most, less what the rounded rows come to; in units of cosines. */
function slackOfPairs(rows: UnitRows, members: Uint32Array): number[] {
  const { rounding, sketches } = sketch(rows, members);
  if (sketches === null) throw new Error('There are no sketches.');
  const { dims, values, slack } = sketches;
  const { mean, scale, unit } = rounding;
  const rounded = Array.from(members, (row) =>
    Array.from(mean, (value, k) => Math.round((rows.values[row * rows.dims + k]! - value) * scale)),
  );
  return rounded.flatMap((own, a) =>
    rounded.slice(0, a).map((other, b) => {
      let promised = slack;
      for (let k = 0; k < dims; k++) promised += values[a * dims + k]! * values[b * dims + k]!;
      let score = 0;
      for (let k = 0; k < own.length; k++) score += own[k]! * other[k]!;
      return (promised - score) * unit;
    }),
  );
}

it('never promises less than what the rows come to, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.constantFrom(1, 2, 3, 5, 33, 61, 64, 100, 384),
      fc.integer({ min: 1, max: 1e6 }),
      fc.constantFrom(0, 0.5, 5, 50),
      fc.constantFrom(0, 0.3, 1),
      (count, dims, seed, pull, copies) => {
        const rows = makeUnitRows({ count, dims, seed, pull, copies });
        const members = pickMembers(count, 0.9, seed);
        if (members.length < 2) return;
        // Rows that are all but equal may have none: then all pairs are multiplied.
        if (sketch(rows, members).sketches === null) expect(pull > 0 || copies > 0).toBe(true);
        else for (const slack of slackOfPairs(rows, members)) expect(slack).toBeGreaterThanOrEqual(0);
      },
    ),
    { seed: propertySeed, numRuns: 60 },
  );
});

it('promises little more where the rows extend in few directions', () => {
  const dims = 384;
  const few = makeUnitRows({ count: 40, dims: 20, seed: 3, pull: 0, copies: 0 });
  const values = new Float32Array(40 * dims);
  for (let row = 0; row < 40; row++)
    values.set(few.values.subarray(row * 20, (row + 1) * 20), row * dims + 100);
  const slacks = slackOfPairs({ values, dims }, pickMembers(40, 1, 1));
  expect(Math.max(...slacks)).toBeLessThan(5e-3);
  expect(Math.min(...slacks)).toBeGreaterThanOrEqual(0);
});

/** Both go on in turns, as two workers would. */
function sketchTogether(request: Parameters<typeof sketchRows>[0], counters: Int32Array) {
  const values = new Int16Array(request.members.length * sketchDims);
  const shared = { counters, values };
  const works = [sketchRows({ ...request, shared }), sketchRows({ ...request, shared })];
  const found: (RowSketches | null)[] = [];
  while (works.length > 0) {
    const work = works.shift()!;
    const step = work.next();
    if (step.done) found.push(step.value);
    else works.push(work);
  }
  return found;
}

it('two who share the members have what one alone has, each of them all', () => {
  const rows = makeUnitRows({ count: 1300, dims: 300, seed: 5, pull: 0, copies: 0 });
  const members = pickMembers(1300, 0.95, 5);
  const rounding = finishWork(chooseRounding(rows, members));
  const request = { rows, members, rounding, product: referenceProduct };
  const alone = finishWork(sketchRows(request));
  expect(alone).not.toBeNull();
  const counters = new Int32Array(new SharedArrayBuffer(12));
  expect(sketchTogether(request, counters)).toEqual([alone, alone]);
  const finer = { ...request, rounding: { ...rounding, scale: rounding.scale * 4 } };
  expect(sketchTogether(finer, new Int32Array(new SharedArrayBuffer(12)))).toEqual([null, null]);
});

it('has none where numbers would not fit', () => {
  const rows = makeUnitRows({ count: 200, dims: 300, seed: 3, pull: 0, copies: 0 });
  const members = pickMembers(200, 1, 1);
  const rounding = finishWork(chooseRounding(rows, members));
  const finer = { ...rounding, scale: rounding.scale * 4 };
  const request = { rows, members, rounding: finer, product: referenceProduct };
  expect(finishWork(sketchRows(request))).toBeNull();
});
