import { describe, expect, it } from 'vitest';
import { neighbourOverlap } from '@/core/comparison/neighbour-overlap';
import { describeDisagreement, describeOverlap } from './describe-overlap';

const measured = {
  k: 10,
  perRow: [],
  mean: 0.4569,
  chance: 10 / 296,
  notes: [],
  rows: new Uint32Array(297),
  withoutVector: 3,
  duplicateTexts: 0,
};

describe('describeOverlap', () => {
  it('says the answer, chance and the rows', () => {
    expect(describeOverlap('Words (LSA)', 'Letters 3–5', measured)).toEqual({
      headline: 'Words (LSA) and Letters 3–5 share 4.6 of 10 nearest neighbours.',
      yardstick:
        'That is 46 %. By chance it would be 0.3 of 10 (3 %). Over 297 rows: 3 without a vector in both, 0 repeated texts left out.',
    });
  });

  it('counts one and thousands as people write them', () => {
    const { yardstick } = describeOverlap('A', 'B', {
      ...measured,
      rows: new Uint32Array(10_003),
      chance: 10 / 10_002,
      withoutVector: 1234,
      duplicateTexts: 1,
    });
    expect(yardstick).toContain(
      'Over 10,003 rows: 1,234 without a vector in both, 1 repeated text left out.',
    );
    expect(yardstick).toContain('By chance it would be less than 0.1 of 10 (less than 1 %).');
  });

  it('rounds neither up to all nor down to none', () => {
    const headlineOf = (mean: number) => describeOverlap('A', 'B', { ...measured, mean });
    expect(headlineOf(1).headline).toContain('share 10 of 10');
    expect(headlineOf(1).yardstick).toContain('That is 100 %.');
    expect(headlineOf(0.9999).headline).toContain('share 9.9 of 10');
    expect(headlineOf(0.9999).yardstick).toContain('That is more than 99 %.');
    expect(headlineOf(0.0001).headline).toContain('share less than 0.1 of 10');
    expect(headlineOf(0).headline).toContain('share 0 of 10');
  });

  it('passes on what the measure notes', () => {
    const lists = Int32Array.from({ length: 15 * 7 }, (_, i) => (Math.floor(i / 7) + 1 + (i % 7)) % 15);
    const overlap = neighbourOverlap({ a: lists, b: lists, count: 15, k: 10, listLength: 7 });
    const { headline, yardstick } = describeOverlap('A', 'B', {
      ...measured,
      ...overlap,
      rows: new Uint32Array(15),
    });
    expect(headline).toBe('15 rows are too few to tell how far A and B agree.');
    expect(yardstick).toMatch(/^A and B share 7 of 7 nearest neighbours\. That is 100 %\./);
    expect(yardstick).toContain('k was reduced from 10 to 7');
    expect(yardstick).toContain('k = 7 is large for 15 rows');
  });

  it('says first that a handful of rows tells little, the numbers second', () => {
    const few = { ...measured, k: 1, mean: 0.25, chance: 1 / 3, withoutVector: 0 };
    expect(describeOverlap('A', 'B', { ...few, rows: new Uint32Array(4) })).toEqual({
      headline: '4 rows are too few to tell how far A and B agree.',
      yardstick:
        'A and B share 0.3 of 1 nearest neighbour. That is 25 %. By chance it would be 0.3 of 1 (33 %). Over 4 rows: 0 without a vector in both, 0 repeated texts left out.',
    });
    const headlineOf = (count: number) =>
      describeOverlap('A', 'B', { ...measured, rows: new Uint32Array(count) }).headline;
    expect(headlineOf(29)).toContain('29 rows are too few');
    expect(headlineOf(30)).toBe('A and B share 4.6 of 10 nearest neighbours.');
  });

  it('gives the reason in place of a number', () => {
    const overlap = neighbourOverlap({
      a: new Int32Array(0),
      b: new Int32Array(0),
      count: 2,
      k: 10,
      listLength: 0,
    });
    const { headline, yardstick } = describeOverlap('A', 'B', {
      ...measured,
      ...overlap,
      rows: new Uint32Array(2),
      withoutVector: 8,
    });
    expect(headline).toBe('A and B cannot be compared.');
    expect(yardstick).toBe(
      'Fewer than three rows have no neighbours to compare. Over 2 rows: 8 without a vector in both, 0 repeated texts left out.',
    );
  });
});

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
