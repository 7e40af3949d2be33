import { describe, expect, it } from 'vitest';
import { asWritten, type RunProblem, type RunRecord, type RunWaiting } from '@/core/embedding/run';
import {
  describeLeft,
  describePace,
  formatDuration,
  groupFailures,
  nameRun,
  percentSettled,
  rowsPerSecond,
  describeRun as runParts,
  stateTone,
  stateWords,
} from './describe-run';

const done: RunRecord = {
  id: 'BAAI/bge-m3#0badcafe',
  spec: {
    provider: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:8787/v1',
    model: 'BAAI/bge-m3',
    dimensions: null,
    texts: asWritten,
    datasetId: 'd',
  },
  slot: 0,
  status: 'done',
  rowCount: 747,
  doneCount: 747,
  failures: [],
  problem: null,
  width: 1024,
  tokens: 1234,
  estimatedTokens: 0,
  cost: null,
  repliedModel: null,
  durationMs: 11_200,
  notes: [],
  waiting: null,
  createdAt: 0,
};
const running: RunRecord = { ...done, status: 'running', doneCount: 464, tokens: null };
const failure = (row: number, reason = 'Too long.') => ({ row, reason });
const problem = (code: string): RunProblem => ({ code, message: 'No.', advice: 'Do.', detail: null });

const describeRun = (...run: Parameters<typeof runParts>) => runParts(...run).join(' · ');

describe('describeLeft', () => {
  const left = (change: Partial<RunRecord>) => describeLeft({ ...done, doneCount: 700, ...change });

  it('says what is kept of a run that is not whole, and how it goes on', () => {
    expect(left({ status: 'interrupted' })).toBe(
      'The page was left before it was done. 700 vectors kept. Resume sends the other 47.',
    );
    expect(left({ status: 'partly lost' })).toBe(
      '47 vectors are no longer in this browser. 700 vectors kept. Resume sends the other 47.',
    );
    expect(left({ status: 'cancelled', doneCount: 0 })).toBe('No vector had come. Resume sends all 747.');
    expect(left({ status: 'interrupted', spec: { ...done.spec, provider: 'imported' } })).toContain(
      'Resume takes the other 47 from the file; add it first if it is gone.',
    );
  });

  it('says nothing of one that is whole, under way, or says itself why it stopped', () => {
    expect(left({ status: 'interrupted', doneCount: 747 })).toBeNull();
    expect(left({ status: 'running' })).toBeNull();
    expect(left({ status: 'stopped' })).toBeNull();
  });
});

describe('stateWords', () => {
  it('uses the words kept for each state', () => {
    expect(stateWords(done)).toBe('done');
    expect(stateWords(running)).toBe('running 62 %');
    expect(stateWords({ ...done, status: 'waiting' })).toBe('waiting');
    expect(stateWords({ ...done, status: 'cancelled' })).toBe('cancelled');
    expect(stateWords({ ...done, status: 'no vectors', doneCount: 0 })).toBe('no vectors');
    expect(stateWords({ ...done, status: 'stopped', problem: problem('not-found') })).toBe('stopped');
    expect(stateWords({ ...done, status: 'stopped', problem: problem('unauthorized') })).toBe('needs key');
    expect(stateWords({ ...done, status: 'needs key' })).toBe('needs key');
    expect(stateWords({ ...done, doneCount: 744, failures: [failure(1), failure(2), failure(3)] })).toBe(
      '3 failed',
    );
  });

  it('says 100 % only when nothing is pending, and counts failed rows as settled', () => {
    expect(percentSettled({ ...running, rowCount: 1000, doneCount: 999 })).toBe(99);
    expect(percentSettled({ ...running, rowCount: 4, doneCount: 1, failures: [failure(0)] })).toBe(50);
    expect(percentSettled({ ...running, rowCount: 3, doneCount: 2, failures: [failure(0)] })).toBe(100);
    expect(percentSettled({ ...running, rowCount: 0, doneCount: 0 })).toBe(100);
  });

  it('marks what is lost', () => {
    expect(stateTone(done)).toBe('neutral');
    expect(stateTone(running)).toBe('busy');
    expect(stateTone({ ...done, status: 'cancelled' })).toBe('neutral');
    expect(stateTone({ ...done, status: 'stopped' })).toBe('error');
    expect(stateTone({ ...done, failures: [failure(1)] })).toBe('error');
  });
});

describe('pace', () => {
  const pace = { startedAt: 1000, doneBefore: 84 };

  it('measures only what this start delivered', () => {
    expect(rowsPerSecond(running, pace, 11_000)).toBeCloseTo(38, 10);
    expect(describePace(running, pace, 11_000)).toEqual(['38 a second', 'about 7 s left']);
  });

  it('is silent when it is too early, nothing came or the run has ended', () => {
    expect(describePace(running, pace, 1500)).toEqual([]);
    expect(describePace({ ...running, doneCount: 84 }, pace, 60_000)).toEqual([]);
    expect(describePace(running, undefined, 60_000)).toEqual([]);
    expect(rowsPerSecond(done, pace, 11_000)).toBeNull();
  });

  it('changes to minutes and hours for slow servers', () => {
    const slow = { ...running, rowCount: 100_000, doneCount: 30 };
    expect(describePace(slow, { startedAt: 0, doneBefore: 0 }, 60_000)).toEqual([
      '30 a minute',
      'about 55 h 32 min left',
    ]);
    expect(describePace({ ...slow, rowCount: 330 }, { startedAt: 0, doneBefore: 0 }, 10_000)).toEqual([
      '3 a second',
      'about 2 min left',
    ]);
  });
});

describe('describeRun', () => {
  it('tells of a finished run its length, rows, time and tokens', () => {
    expect(describeRun(done, undefined, 0)).toBe('1,024 numbers · 747 of 747 · 11 s · 1,234 tokens');
    expect(describeRun({ ...done, tokens: null, repliedModel: 'bge' }, undefined, 0)).toBe(
      '1,024 numbers · 747 of 747 · 11 s · tokens not reported · answered as bge',
    );
  });

  it('tells of a running one rows, rate and time left', () => {
    expect(describeRun({ ...running, failures: [failure(0)] }, { startedAt: 0, doneBefore: 0 }, 12_210)).toBe(
      '464 of 747 · 1 failed · 38 a second · about 7 s left',
    );
  });

  it('tells of one that waits for what and for how long, in place of a rate', () => {
    const pace = { startedAt: 0, doneBefore: 0 };
    const waiting = (reason: RunWaiting['reason'], untilMs: number | null) =>
      describeRun({ ...running, waiting: { reason, untilMs, message: 'It waits.' } }, pace, 20_000);
    expect(waiting('warming', 31_700)).toBe('464 of 747 · the model is warming up · asked again in 12 s');
    expect(waiting('crowded', 20_001)).toBe(
      '464 of 747 · waiting for a free place on the account · asked again in 1 s',
    );
    expect(waiting('capacity', 320_000)).toBe(
      '464 of 747 · waiting for capacity of the server · asked again in 5 min',
    );
    expect(waiting('trouble', 20_000)).toBe('464 of 747 · a request failed · asked again now');
    expect(waiting('offline', null)).toBe('464 of 747 · offline, goes on by itself');
  });

  it('says nothing of tokens for a baseline or before a vector came', () => {
    const spec = { ...done.spec, provider: 'baseline' as const, model: 'baseline/words-lsa' };
    expect(describeRun({ ...done, spec, durationMs: 130 }, undefined, 0)).toBe(
      'built in · 747 of 747 · 0.1 s',
    );
    const fresh = {
      ...done,
      status: 'waiting' as const,
      width: null,
      doneCount: 0,
      durationMs: 0,
      tokens: null,
    };
    expect(describeRun(fresh, undefined, 0)).toBe('0 of 747');
  });
});

describe('names and times', () => {
  it('begins with the model id', () => {
    expect(nameRun(done, 'bge-m3')).toBe('BAAI/bge-m3, done');
    expect(nameRun({ ...done, status: 'interrupted' }, 'bge-m3')).toBe('BAAI/bge-m3, interrupted, cancelled');
    expect(nameRun({ ...running, spec: { ...done.spec, dimensions: 256 } }, 'bge-m3 · 256')).toBe(
      'BAAI/bge-m3, 256 numbers, running 62 %',
    );
  });

  it('writes durations in two units at most', () => {
    const times = [0, 449, 9949, 9950, 59_499, 59_500, 125_000, 3_599_400, 3_840_000];
    expect(times.map(formatDuration)).toEqual([
      '0.0 s',
      '0.4 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min',
      '2 min 5 s',
      '59 min 59 s',
      '1 h 4 min',
    ]);
  });
});

describe('groupFailures', () => {
  it('counts each reason, the commonest first, with its first rows', () => {
    const failures = [failure(4, 'A'), failure(1, 'B'), failure(7, 'B'), failure(2, 'B'), failure(9, 'B')];
    expect(groupFailures(failures)).toEqual([
      { reason: 'B', count: 4, rows: [1, 7, 2] },
      { reason: 'A', count: 1, rows: [4] },
    ]);
    expect(groupFailures([])).toEqual([]);
  });
});
