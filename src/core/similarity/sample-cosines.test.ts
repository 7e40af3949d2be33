import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { makeUnitRows, propertySeed, referenceProduct, rowRecipes } from './reference-similarity';
import { sampleCosines } from './sample-cosines';

it('gives each sampled member’s cosines with all members, whatever is sampled', () => {
  const cases = fc.record({
    recipe: rowRecipes(150, [1, 3, 32, 100]),
    step: fc.integer({ min: 1, max: 9 }),
    skipped: fc.integer({ min: 2, max: 7 }),
  });
  fc.assert(
    fc.property(cases, ({ recipe, step, skipped }) => {
      const rows = makeUnitRows(recipe);
      const all = Array.from({ length: recipe.count }, (_, row) => row);
      const members = Uint32Array.from(all.filter((row) => row % skipped !== 1));
      const sample = Uint32Array.from(members.keys()).filter((position) => position % step === 0);
      const next = sampleCosines({ rows, members, sample, product: referenceProduct });
      const out = new Float64Array(members.length);
      for (const position of sample) {
        finishWork(next(out));
        members.forEach((row, i) => {
          let dot = 0;
          for (let k = 0; k < rows.dims; k++)
            dot += rows.values[members[position]! * rows.dims + k]! * rows.values[row * rows.dims + k]!;
          expect(Math.abs(out[i]! - dot)).toBeLessThan(1e-5);
        });
      }
    }),
    { seed: propertySeed, numRuns: 60 },
  );
});
