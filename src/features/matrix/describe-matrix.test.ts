import { describe, expect, it } from 'vitest';
import { describeBlock, describeMatrix } from './describe-matrix';

describe('describeMatrix', () => {
  const base = { subject: '' };

  it('says whether cells are pairs or blocks, and what is left out', () => {
    expect(describeMatrix({ ...base, rows: 300, columns: 300, level: 0, cells: 'mean', leftOut: 0 })).toEqual(
      {
        headline: '300 × 300.',
        text: 'Every cell is exact: one pair.',
      },
    );
    expect(
      describeMatrix({ ...base, rows: 10_000, columns: 10_000, level: 3, cells: 'mean', leftOut: 3 }),
    ).toEqual({
      headline: '10,000 × 10,000.',
      text: 'Each cell is the exact mean of 8 × 8 pairs; zoom in for single pairs. 3 rows without a vector are not in it.',
    });
    expect(
      describeMatrix({ ...base, rows: 10_000, columns: 10_000, level: null, cells: 'mean', leftOut: 3 }).text,
    ).toBe('3 rows without a vector are not in it.');
    expect(
      describeMatrix({ ...base, rows: 10_000, columns: 10_000, level: 3, cells: 'largest', leftOut: 0 }).text,
    ).toContain('the largest of 8 × 8 pairs;');
    expect(
      describeMatrix({ ...base, rows: 10_000, columns: 10_000, level: 5, cells: 'largest', leftOut: 0 }).text,
    ).toContain('the largest of 64 pairs sampled out of 32 × 32');
    expect(
      describeMatrix({ ...base, rows: 2, columns: 2, level: 0, cells: 'mean', leftOut: 1 }).text,
    ).toContain('1 row without a vector is not');
  });
});

describe('describeBlock', () => {
  const square = (size: number) => ({ rows: size, columns: size, isSquare: true });
  const plain = { cells: 'mean', unit: '', percentile: null } as const;

  it('says nothing of single pairs and of values still on their way', () => {
    expect(describeBlock({ row: 1, column: 2, level: 0, value: 0.3 }, square(10), plain)).toBeNull();
    expect(describeBlock({ row: 1, column: 9, level: 3, value: null }, square(10), plain)).toBeNull();
  });

  it('counts the pairs of a block, fewer at the end', () => {
    const cell = { row: 3, column: 17, level: 3, value: 0.312 };
    expect(describeBlock(cell, square(100), plain)).toBe('cell: mean of 8 × 8 pairs 0.31');
    expect(describeBlock({ ...cell, column: 99 }, square(100), plain)).toBe('cell: mean of 8 × 4 pairs 0.31');
    expect(describeBlock(cell, square(100), { ...plain, percentile: () => '83.1' })).toBe(
      'cell: mean of 8 × 8 pairs 0.31, percentile of the block’s mean 83.1',
    );
  });

  it('says whether the largest is of all pairs or of a sample', () => {
    const largest = { ...plain, cells: 'largest' } as const;
    const cell = { row: 3, column: 40, level: 3, value: 0.9 };
    expect(describeBlock(cell, square(100), largest)).toBe('cell: largest of 8 × 8 pairs 0.90');
    expect(describeBlock({ ...cell, level: 4 }, square(100), largest)).toBe(
      'cell: largest of a sample of 16 × 16 pairs 0.90',
    );
  });

  it('leaves the diagonal out of a block with itself', () => {
    expect(describeBlock({ row: 3, column: 5, level: 3, value: -0.1 }, square(100), plain)).toBe(
      'cell: mean of the 28 pairs among 8 rows −0.10',
    );
    expect(describeBlock({ row: 9, column: 8, level: 1, value: 0.5 }, square(10), plain)).toBe(
      'cell: mean of the 1 pair among 2 rows 0.50',
    );
    expect(describeBlock({ row: 8, column: 8, level: 3, value: 1 }, square(9), plain)).toBeNull();
    expect(
      describeBlock(
        { row: 3, column: 5, level: 3, value: 0.2 },
        { rows: 9, columns: 6, isSquare: false },
        plain,
      ),
    ).toBe('cell: mean of 8 × 6 pairs 0.20');
    expect(
      describeBlock({ row: 3, column: 17, level: 3, value: -1.2 }, square(100), { ...plain, unit: 'z' }),
    ).toBe('cell: mean of 8 × 8 pairs −1.20 z');
  });
});
