import { describe, expect, it } from 'vitest';
import { describeBlock, describeMatrix } from './describe-matrix';

describe('describeMatrix', () => {
  it('says whether cells are pairs or blocks, and what is left out', () => {
    expect(describeMatrix({ size: 300, level: 0, leftOut: 0 })).toEqual({
      headline: '300 × 300.',
      text: 'Every cell is exact: the cosine of one pair.',
    });
    expect(describeMatrix({ size: 10_000, level: 3, leftOut: 3 })).toEqual({
      headline: '10,000 × 10,000.',
      text: 'Each cell is the exact mean of 8 × 8 pairs; zoom in for single pairs. 3 rows without a vector are not in it.',
    });
    expect(describeMatrix({ size: 10_000, level: null, leftOut: 3 }).text).toBe(
      '3 rows without a vector are not in it.',
    );
    expect(describeMatrix({ size: 2, level: 0, leftOut: 1 }).text).toContain('1 row without a vector is not');
  });
});

describe('describeBlock', () => {
  it('says nothing of single pairs and of values still on their way', () => {
    expect(describeBlock({ row: 1, column: 2, level: 0, value: 0.3 }, 10)).toBeNull();
    expect(describeBlock({ row: 1, column: 9, level: 3, value: null }, 10)).toBeNull();
  });

  it('counts the pairs of a block, fewer at the end', () => {
    expect(describeBlock({ row: 3, column: 17, level: 3, value: 0.312 }, 100)).toBe(
      'cell: mean of 8 × 8 pairs 0.31',
    );
    expect(describeBlock({ row: 3, column: 99, level: 3, value: 0.312 }, 100)).toBe(
      'cell: mean of 8 × 4 pairs 0.31',
    );
  });

  it('leaves the diagonal out of a block with itself', () => {
    expect(describeBlock({ row: 3, column: 5, level: 3, value: -0.1 }, 100)).toBe(
      'cell: mean of the 28 pairs among 8 rows −0.10',
    );
    expect(describeBlock({ row: 9, column: 8, level: 1, value: 0.5 }, 10)).toBe(
      'cell: mean of the 1 pair among 2 rows 0.50',
    );
    expect(describeBlock({ row: 8, column: 8, level: 3, value: 1 }, 9)).toBeNull();
  });
});
