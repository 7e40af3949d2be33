import { expect, it } from 'vitest';
import { snapToBin } from '@/core/similarity/pair-histogram';
import { describePairsFrom, describeWithin } from './describe-cutoff';

const counts = new Uint32Array(4096);
counts[3000] = 990;
counts[3100] = 10;

it('counts the pairs from the cut-off up, itself included', () => {
  const cutoff = snapToBin((2 * 3100) / 4096 - 1);
  const all = { counts, pairs: 1000, sampledPairs: null };
  expect(describePairsFrom(all, cutoff, null)).toBe('10 pairs, 1.0\u2009% of all.');
  expect(describePairsFrom(all, cutoff + 2 / 4096, null)).toBe('0 pairs, 0.0\u2009% of all.');
  expect(describePairsFrom(all, -1, null)).toBe('1,000 pairs, 100.0\u2009% of all.');
  expect(describePairsFrom({ ...all, sampledPairs: 1000 }, cutoff, null)).toBe(
    'about 1.0\u2009% of all pairs, by a sample.',
  );
});

it('takes the count of those who went through all pairs where the histogram is a sample', () => {
  const sample = { counts, pairs: 1000, sampledPairs: 1000 };
  expect(describePairsFrom(sample, (2 * 3100) / 4096 - 1, 12_345)).toBe(
    '12,345 pairs, about 1.0\u2009% of all.',
  );
});

it('sets the share of pairs within a group beside chance', () => {
  expect(describeWithin({ above: 200, aboveWithin: 174, shareWithin: 0.12 }, 'topic')).toBe(
    '87\u2009% of them are of one topic; by chance it would be 12\u2009%.',
  );
  expect(describeWithin({ above: 0, aboveWithin: 0, shareWithin: 0.12 }, 'topic')).toBe('');
  expect(describeWithin({ above: 5, aboveWithin: null, shareWithin: null }, 'topic')).toBe('');
});
