import { describe, expect, it } from 'vitest';
import { asWritten, type RunRecord } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import { chooseReference, chooseRuns, takePart } from './choose-runs';

function run(
  slot: number,
  change: Partial<RunRecord> & { provider?: 'baseline' | 'featherless' } = {},
): RunRecord {
  const { provider = 'featherless', ...rest } = change;
  const spec = {
    provider,
    baseUrl: '',
    model: `m${slot}`,
    dimensions: null,
    texts: asWritten,
    datasetId: 'd',
  };
  return { ...createRunRecord(spec, slot, 1000, 0), width: 8, doneCount: 1000, status: 'done', ...rest };
}

describe('takePart', () => {
  it('takes settled runs as they are', () => {
    const done = run(0);
    expect(takePart(done)).toBe(done);
    expect(takePart(run(0, { status: 'cancelled', doneCount: 3 }))?.doneCount).toBe(3);
    expect(takePart(run(0, { doneCount: 0, width: null }))).toBeNull();
  });

  it('lets a run under way grow in doublings', () => {
    const counts = [63, 64, 100, 128, 999].map(
      (doneCount) => takePart(run(0, { status: 'running', doneCount }))?.doneCount ?? null,
    );
    expect(counts).toEqual([null, 64, 64, 128, 512]);
  });

  it('lets a run of this page take part once it is done', () => {
    expect(takePart(run(0, { provider: 'baseline', status: 'running', doneCount: 512 }))).toBeNull();
    expect(takePart(run(0, { provider: 'baseline', status: 'done' }))?.doneCount).toBe(1000);
  });
});

describe('chooseRuns', () => {
  it('takes all, at most twelve, baselines last, in the order of their slots', () => {
    const runs = Array.from({ length: 14 }, (_, slot) =>
      run(slot, { provider: slot < 2 ? 'baseline' : 'featherless' }),
    );
    expect(chooseRuns(runs, null).map(({ slot }) => slot)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(chooseRuns(runs.slice(0, 3), null).map(({ slot }) => slot)).toEqual([0, 1, 2]);
  });

  it('takes those chosen, unless fewer than two of them are there', () => {
    const runs = [run(0), run(1), run(2)];
    expect(chooseRuns(runs, [runs[2]!.id, runs[0]!.id]).map(({ slot }) => slot)).toEqual([0, 2]);
    expect(chooseRuns(runs, [runs[2]!.id, 'gone']).map(({ slot }) => slot)).toEqual([0, 1, 2]);
  });
});

describe('chooseReference', () => {
  it('takes the chosen, the active, the first from a server, the first', () => {
    const runs = [run(0, { provider: 'baseline' }), run(1), run(2)];
    const of = (chosen: string | null, active: string | null) => chooseReference(runs, chosen, active)?.slot;
    expect(of(runs[2]!.id, runs[0]!.id)).toBe(2);
    expect(of('gone', runs[0]!.id)).toBe(0);
    expect(of(null, null)).toBe(1);
    expect(chooseReference(runs.slice(0, 1), null, null)?.slot).toBe(0);
    expect(chooseReference([], null, null)).toBeNull();
  });
});
