import { describe, expect, it } from 'vitest';
import { ProviderError } from './provider-error';
import { asWritten, type RunRecord, type RunSpec } from './run';
import { runIdOf } from './run-id';
import { describeProblem } from './run-problem';
import { applyRunEvent, createRunRecord, type RunHappening } from './run-record';

const spec: RunSpec = {
  provider: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:1/v1',
  model: 'm',
  dimensions: null,
  texts: asWritten,
  datasetId: 'd',
};

function batch(rows: number[], more: Partial<RunHappening & { type: 'batch' }> = {}): RunHappening {
  return {
    type: 'batch',
    rows: Uint32Array.from(rows),
    width: 4,
    tokens: 10,
    estimatedTokens: 8,
    model: 'm',
    notes: [],
    ...more,
  };
}

function recordAfter(...happenings: RunHappening[]): RunRecord {
  return happenings.reduce(
    (record, happening) => applyRunEvent(record, { ...happening, elapsedMs: 5 }),
    createRunRecord(spec, 2, 6, 1000),
  );
}

describe('a run record', () => {
  it('begins empty', () => {
    expect(createRunRecord(spec, 2, 6, 1000)).toMatchObject({
      id: runIdOf(spec),
      slot: 2,
      status: 'waiting',
      rowCount: 6,
      doneCount: 0,
      tokens: null,
      width: null,
      createdAt: 1000,
    });
  });

  it('sums rows, tokens and time, and keeps each note once', () => {
    const record = recordAfter(
      { type: 'started', rows: Uint32Array.from([0, 1, 2, 3]) },
      batch([0, 1], { notes: ['N.'] }),
      batch([2], { notes: ['N.', 'O.'] }),
      { type: 'note', note: 'O.' },
      { type: 'failed', failures: [{ row: 3, reason: 'R.' }] },
      { type: 'ended', status: 'done', problem: null },
    );
    expect(record).toMatchObject({
      status: 'done',
      doneCount: 3,
      tokens: 20,
      width: 4,
      durationMs: 30,
      repliedModel: null,
      notes: ['N.', 'O.'],
      failures: [{ row: 3, reason: 'R.' }],
    });
  });

  it('leaves tokens null where none are reported, and says when some are missing', () => {
    expect(recordAfter(batch([0], { tokens: null }), batch([1], { tokens: null }))).toMatchObject({
      tokens: null,
      notes: [],
    });
    for (const order of [
      [null, 7],
      [7, null],
    ]) {
      const record = recordAfter(batch([0], { tokens: order[0] }), batch([1], { tokens: order[1] }));
      expect(record.tokens).toBe(7);
      expect(record.notes.join()).toMatch(/true number is higher/);
    }
  });

  it('names another model in the replies', () => {
    expect(recordAfter(batch([0], { model: 'm-v2' })).repliedModel).toBe('m-v2');
    expect(recordAfter(batch([0], { model: null })).repliedModel).toBeNull();
  });

  it('takes no width from a batch without vectors', () => {
    expect(recordAfter(batch([], { width: 0 })).width).toBeNull();
  });

  it('forgets the failures of rows that are sent again, and the problem', () => {
    const problem = describeProblem(new ProviderError('unauthorized', 'No.', 401, 'unauthorized'));
    const stopped = recordAfter(
      { type: 'failed', failures: [1, 2].map((row) => ({ row, reason: 'R.' })) },
      { type: 'ended', status: 'stopped', problem },
    );
    expect(stopped.problem).toMatchObject({ code: 'unauthorized', detail: 'HTTP 401 · unauthorized' });
    const again = applyRunEvent(stopped, { type: 'started', rows: Uint32Array.from([2]), elapsedMs: 0 });
    expect(again).toMatchObject({ status: 'running', problem: null, failures: [{ row: 1, reason: 'R.' }] });
    expect(stopped.failures).toHaveLength(2);
  });
});
