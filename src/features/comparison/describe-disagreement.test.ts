import { describe, expect, it } from 'vitest';
import { describeDisagreement } from './describe-disagreement';

describe('describeDisagreement', () => {
  it('counts rows that share three of ten or fewer', () => {
    expect(describeDisagreement({ k: 10, perRow: Float32Array.from([0, 0.3, 0.4, 1]) })).toBe(
      '2 rows share 3 or fewer',
    );
    expect(describeDisagreement({ k: 10, perRow: [0.3] })).toBe('1 row shares 3 or fewer');
    expect(describeDisagreement({ k: 10, perRow: [0.9] })).toBe('0 rows share 3 or fewer');
  });

  it('takes the same share of shorter lists', () => {
    expect(describeDisagreement({ k: 2, perRow: [0, 0.5] })).toBe('1 row shares none');
    expect(describeDisagreement({ k: 7, perRow: Float32Array.from([2 / 7, 3 / 7]) })).toBe(
      '1 row shares 2 or fewer',
    );
  });
});
