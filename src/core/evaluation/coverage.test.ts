import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage';
import { measureSample, simulateCoverage } from './simulate-coverage';

describe('coverage', () => {
  it('is known for every measure with an interval', () => {
    for (const [measure, { value, low, high }] of Object.entries(measureSample(100, 1))) {
      expect(coverageOf(measure)?.[100]).toBeGreaterThan(0);
      expect(low).toBeLessThanOrEqual(value!);
      expect(high).toBeGreaterThanOrEqual(value!);
    }
    expect(coverageOf('procrustes')).toBeNull();
  });

  it.runIf(process.env.LONG_RUNS)('is what the table on the screen says', () => {
    const simulated = { 100: simulateCoverage(100, 400), 300: simulateCoverage(300, 200) };
    for (const count of [100, 300] as const)
      for (const [measure, share] of Object.entries(simulated[count]))
        expect(
          Math.abs(share - coverageOf(measure)![count]),
          `${measure} at ${count}: ${share}`,
        ).toBeLessThan(0.03);
  });
});
