import { expect, it } from 'vitest';
import { snapToBin } from '@/core/similarity/pair-histogram';
import { describePairsFrom } from './describe-cutoff';

const counts = new Uint32Array(4096);
counts[3000] = 990;
counts[3100] = 10;

it('counts the pairs from the cut-off up, itself included', () => {
  const cutoff = snapToBin((2 * 3100) / 4096 - 1);
  const all = { counts, pairs: 1000, sampledPairs: null };
  expect(describePairsFrom(all, cutoff)).toBe('10 pairs, 1.0\u2009% of all.');
  expect(describePairsFrom(all, cutoff + 2 / 4096)).toBe('0 pairs, 0.0\u2009% of all.');
  expect(describePairsFrom(all, -1)).toBe('1,000 pairs, 100.0\u2009% of all.');
  expect(describePairsFrom({ ...all, sampledPairs: 1000 }, cutoff)).toBe(
    'about 1.0\u2009% of all pairs, by a sample.',
  );
});
