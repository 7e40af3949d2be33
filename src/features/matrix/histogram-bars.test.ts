import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PairHistogram } from '@/core/similarity/pair-histogram';
import { gatherBars } from './histogram-bars';

function histogramOf(cosines: readonly number[]): PairHistogram {
  const counts = new Uint32Array(4096);
  for (const cosine of cosines) counts[Math.min(4095, Math.floor(((cosine + 1) / 2) * 4096))]! += 1;
  return { counts, pairs: cosines.length, sampledPairs: null };
}

it('has every pair in one bar, and the shown cosines within its edges', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 2 }),
      fc.integer({ min: 1, max: 60 }),
      (cosines, shown, barCount) => {
        const { from, to, heights } = gatherBars(histogramOf(cosines), shown, barCount);
        expect(heights.length).toBeLessThanOrEqual(barCount);
        expect(Math.max(...heights)).toBe(1);
        for (const cosine of [...cosines, ...shown]) {
          expect(cosine).toBeGreaterThanOrEqual(from - 1 / 4096);
          expect(cosine).toBeLessThanOrEqual(to + 1 / 4096);
        }
        const sums = heights.map((_, bar) => {
          const start = from + ((to - from) * bar) / heights.length;
          const end = from + ((to - from) * (bar + 1)) / heights.length;
          return cosines.filter((cosine) => {
            const binned = (2 * Math.min(4095, Math.floor(((cosine + 1) / 2) * 4096))) / 4096 - 1;
            return binned >= start - 1e-9 && binned < end - 1e-9;
          }).length;
        });
        expect(heights).toEqual(sums.map((sum) => sum / Math.max(...sums)));
      },
    ),
    { seed: 20261125, numRuns: 60 },
  );
});
