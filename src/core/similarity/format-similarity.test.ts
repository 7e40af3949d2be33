import { expect, it } from 'vitest';
import {
  formatCount,
  formatDifference,
  formatHundredths,
  formatPercentile,
  formatSigned,
} from './format-similarity';

it('writes numbers as the product does', () => {
  expect(formatHundredths(0.666)).toBe('0.67');
  expect(formatHundredths(-0.123)).toBe('−0.12');
  expect(formatHundredths(-0.001)).toBe('0.00');
  expect([-2, 0, 4].map(formatSigned)).toEqual(['−2', '0', '+4']);
  expect([-1.26, 0.04, 2].map(formatDifference)).toEqual(['−1.3', '0', '+2']);
  expect(formatPercentile(97.96)).toBe('98.0\u2009%');
  expect(formatCount(10_003)).toBe('10,003');
});
