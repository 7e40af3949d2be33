import { describe, expect, it } from 'vitest';
import { coverageOf, cutoffCoverage } from './coverage';
import { describeCutoffCoverage } from './describe-coverage';
import { measureSample, simulateCoverage } from './simulate-coverage';
import { measureCutoff, simulateCutoffCoverage } from './simulate-cutoff-coverage';

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

describe('coverage of cut-offs', () => {
  it('is known for every interval, and said', () => {
    for (const kind of ['rows', 'pairs'] as const) {
      const { intervals } = measureCutoff(kind, 100, 1);
      expect(Object.keys(cutoffCoverage[kind])).toEqual(Object.keys(intervals));
      expect(describeCutoffCoverage(kind)).toMatch(
        /^In simulated samples of 100 and 300 (rows|pairs) the interval of the cut-off held the truth in [5-9]\d/,
      );
    }
  });

  it.runIf(process.env.LONG_RUNS)(
    'is what the screen says',
    () => {
      const samples = { rows: { 100: 400, 300: 100 }, pairs: { 100: 400, 300: 400 } } as const;
      for (const kind of ['rows', 'pairs'] as const)
        for (const count of [100, 300] as const)
          for (const [measure, share] of Object.entries(
            simulateCutoffCoverage(kind, count, samples[kind][count]),
          ))
            expect(
              Math.abs(share - cutoffCoverage[kind][measure as 'cutoff'][count]),
              `${kind} ${measure} at ${count}: ${share}`,
            ).toBeLessThan(0.04);
    },
    600_000,
  );
});
