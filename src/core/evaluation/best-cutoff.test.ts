import fc from 'fast-check';
import { expect, it } from 'vitest';
import { finishWork } from '@/core/work';
import { findBestCutoff } from './best-cutoff';

const judged = fc.array(
  fc.record({ cosine: fc.integer({ min: -10, max: 10 }).map((tenth) => tenth / 10), same: fc.boolean() }),
  { minLength: 1, maxLength: 60 },
);

function columns(pairs: readonly { cosine: number; same: boolean }[]) {
  return {
    cosines: pairs.map(({ cosine }) => cosine),
    same: pairs.map(({ same }) => (same ? 1 : 0)),
    rows: null,
  };
}

it('is the best of all cut-offs, and its numbers are those of counting', () => {
  fc.assert(
    fc.property(judged, (pairs) => {
      const found = finishWork(findBestCutoff(columns(pairs), 20));
      const all = pairs.filter(({ same }) => same).length;
      if (all === 0 || all === pairs.length) {
        expect(found).toBeNull();
        return;
      }
      const scoreAt = (cutoff: number) => {
        const taken = pairs.filter(({ cosine }) => cosine >= cutoff);
        const hits = taken.filter(({ same }) => same).length;
        return { precision: hits / taken.length, recall: hits / all, f1: (2 * hits) / (taken.length + all) };
      };
      const best = Math.max(...pairs.map(({ cosine }) => scoreAt(cosine).f1));
      expect(found!.f1).toBeCloseTo(best, 12);
      expect(found).toMatchObject(scoreAt(found!.cutoff));
      for (const { cosine } of pairs)
        if (cosine > found!.cutoff) expect(scoreAt(cosine).f1).toBeLessThan(found!.f1);
      let wins = 0;
      let met = 0;
      for (const x of pairs) {
        for (const y of pairs) {
          if (!x.same || y.same) continue;
          met++;
          wins += x.cosine > y.cosine ? 1 : x.cosine === y.cosine ? 0.5 : 0;
        }
      }
      expect(found!.auc).toBeCloseTo(wins / met, 9);
      expect(found!.roc[0]).toEqual([0, 0]);
      expect(found!.roc.at(-1)).toEqual([1, 1]);
      expect([found!.sameCount, found!.differentCount]).toEqual([all, pairs.length - all]);
    }),
    { seed: 20261125, numRuns: 100 },
  );
});

it('has intervals around its numbers, narrower with more pairs, and the same each time', () => {
  const make = (count: number) =>
    columns(
      Array.from({ length: count }, (_, i) => {
        const noise = ((i * 7919) % 100) / 100;
        const same = i % 2 === 0;
        return { cosine: (same ? 0.5 : 0.3) + 0.4 * noise, same };
      }),
    );
  const few = finishWork(findBestCutoff(make(60)))!;
  const many = finishWork(findBestCutoff(make(2000)))!;
  expect(finishWork(findBestCutoff(make(60)))).toEqual(few);
  for (const found of [few, many]) {
    const { low, high } = found.intervals.f1;
    expect(low!).toBeLessThanOrEqual(found.f1);
    expect(high!).toBeGreaterThanOrEqual(found.f1);
  }
  const width = ({ intervals: { f1 } }: typeof few) => f1.high! - f1.low!;
  expect(width(many)).toBeLessThan(width(few) / 2);
});

it('draws rows where pairs share them: wider than as if pairs stood for themselves', () => {
  const a: number[] = [];
  const b: number[] = [];
  const cosines: number[] = [];
  const same: number[] = [];
  for (let i = 0; i < 24; i++) {
    for (let j = i + 1; j < 24; j++) {
      a.push(i);
      b.push(j);
      same.push(i % 3 === j % 3 ? 1 : 0);
      // A few rows are unlike their own group, with all their pairs.
      cosines.push(
        (same.at(-1) === 1 && i % 8 !== 0 && j % 8 !== 0 ? 0.6 : 0.3) +
          (((i * 31 + j * 17) % 100) / 100) * 0.2,
      );
    }
  }
  const width = (rows: { a: number[]; b: number[] } | null) => {
    const { low, high } = finishWork(findBestCutoff({ cosines, same, rows }))!.intervals.recall;
    return high! - low!;
  };
  expect(width({ a, b })).toBeGreaterThan(1.3 * width(null));
});
