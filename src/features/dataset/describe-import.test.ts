import { describe, expect, it } from 'vitest';
import type { Dataset, ImportNotes } from '@/core/dataset/dataset';
import { TableError } from '@/core/dataset/table';
import { packTexts } from '@/core/dataset/text-column';
import {
  describeCounts,
  describeDuplicates,
  describeFailure,
  describeOnlyBlank,
  describeSize,
  describeSkipped,
  remarksOf,
} from './describe-import';

function datasetOf(rowCount: number, notes: Partial<ImportNotes>, sets = ['a.csv']): Dataset {
  return {
    id: '0000000000000000',
    name: 'a.csv',
    rowCount,
    texts: packTexts([]),
    textColumn: 'text',
    columns: [],
    labelColumn: null,
    sets,
    notes: { blankSkipped: 0, duplicates: 0, remarks: [], ...notes },
  };
}

describe('describeSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [9949, '9.9 kB'],
    [9950, '10 kB'],
    [239_961, '240 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [14_485_051, '14 MB'],
    [1_500_000_000, '1,500 MB'],
  ])('%d is %s', (bytes, words) => {
    expect(describeSize(bytes)).toBe(words);
  });
});

describe('counts of an import', () => {
  it('says rows, what is skipped and duplicates', () => {
    expect(describeCounts(datasetOf(10_003, { blankSkipped: 2, duplicates: 13 }), null)).toEqual([
      '10,003 rows',
      '2 blank rows skipped',
      '13 exact duplicates kept',
    ]);
  });

  it('says so when nothing was skipped', () => {
    expect(describeCounts(datasetOf(1, {}), null)).toEqual(['1 row', 'no blank rows', 'no exact duplicates']);
  });

  it('counts only what is added, and says what there is together', () => {
    const base = datasetOf(300, { blankSkipped: 4, duplicates: 1 });
    const both = datasetOf(305, { blankSkipped: 5, duplicates: 3 }, ['Sample', 'a.csv']);
    expect(describeCounts(both, base)).toEqual([
      '5 rows',
      '1 blank row skipped',
      '3 exact duplicates kept, counted over all sets',
      '305 rows in 2 sets together',
    ]);
  });

  it('leaves out remarks that the base already carried', () => {
    const base = datasetOf(1, { remarks: ['Cells are separated by semicolons.'] });
    const both = datasetOf(2, { remarks: ['Cells are separated by semicolons.', 'Read as UTF-16.'] });
    expect(remarksOf(both, base)).toEqual(['Read as UTF-16.']);
    expect(remarksOf(both, null)).toHaveLength(2);
  });
});

describe('notes of a dataset', () => {
  it('says what was skipped, and that nothing was cut', () => {
    expect(describeSkipped({ blankSkipped: 1, duplicates: 0, remarks: [] })).toBe(
      '1 blank row skipped, none cut',
    );
    expect(describeSkipped({ blankSkipped: 0, duplicates: 0, remarks: [] })).toBe('No row skipped, none cut');
  });

  it('mentions duplicates only where there are some', () => {
    expect(describeDuplicates({ blankSkipped: 0, duplicates: 0, remarks: [] })).toBeNull();
    expect(describeDuplicates({ blankSkipped: 0, duplicates: 1, remarks: [] })).toBe(
      '1 exact duplicate kept',
    );
  });
});

describe('describeOnlyBlank', () => {
  it.each([
    ['  \n\n \t', 'Only blank lines: 3 blank rows skipped, nothing is left.'],
    ['\r\n\r\n', 'Only blank lines: 2 blank rows skipped, nothing is left.'],
    [' ', 'Only blank lines: 1 blank row skipped, nothing is left.'],
    ['', null],
    ['\n a', null],
  ])('of %j', (text, words) => {
    expect(describeOnlyBlank(text)).toBe(words);
  });
});

describe('describeFailure', () => {
  it('leaves a message that is for the person as it is', () => {
    const fromWorker = Object.assign(new Error('This file is empty.'), { code: 'bad-table' });
    for (const error of [fromWorker, new TableError('This file is empty.')]) {
      expect(describeFailure(error, 'a.csv')).toEqual({
        headline: 'a.csv cannot be used.',
        text: 'This file is empty.',
        detail: null,
      });
    }
  });

  it('names what to do when the browser cannot read the file', () => {
    const failure = describeFailure(new DOMException('gone', 'NotReadableError'), 'a.csv');
    expect(failure.text).toContain('Choose it again');
    expect(failure.detail).toBe('gone');
  });

  it('takes a crash for a lack of memory, and anything else for a failure', () => {
    const crash = Object.assign(new Error('A worker stopped.'), { code: 'crashed' });
    expect(describeFailure(crash, 'a.csv').text).toContain('memory');
    expect(describeFailure(new RangeError('Array buffer allocation failed'), 'a.csv').text).toContain(
      'memory',
    );
    expect(describeFailure(new Error('odd'), 'a.csv')).toMatchObject({ detail: 'odd' });
  });
});
