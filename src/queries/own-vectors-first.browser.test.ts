import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asWritten, type RunRecord } from '@/core/embedding/run';
import { createRunRecord } from '@/core/embedding/run-record';
import { untilOwnAreDrawn } from '@/queries/own-vectors-first';
import { queryClient } from '@/queries/query-client';
import { runsQuery } from '@/queries/run-list';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  queryClient.clear();
  vi.useRealTimers();
});

function list(provider: 'imported' | 'baseline', status: RunRecord['status']): RunRecord {
  const spec = { provider, baseUrl: '', model: 'm', dimensions: null, texts: asWritten, datasetId: 'd' };
  const run = { ...createRunRecord(spec, 0, 10, 0, null), status };
  queryClient.setQueryData(runsQuery('d').queryKey, [run]);
  return run;
}

function watch(signal = new AbortController().signal) {
  const seen = { settled: false, failed: null as Error | null };
  untilOwnAreDrawn('d', signal).then(
    () => {
      seen.settled = true;
    },
    (error: Error) => {
      seen.failed = error;
    },
  );
  return seen;
}

test('without own vectors nothing is waited for', async () => {
  list('baseline', 'running');
  const seen = watch();
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.settled).toBe(true);
});

test('waits for own vectors, then for the search and the map that follow each other with a moment between', async () => {
  const run = list('imported', 'running');
  const seen = watch();
  await vi.advanceTimersByTimeAsync(3000);
  expect(seen.settled).toBe(false);
  list('imported', 'done');
  for (const subject of ['neighbours', 'projection']) {
    let finish = () => {};
    const queryFn = () => new Promise<number>((resolve) => (finish = () => resolve(1)));
    void queryClient.fetchQuery({ queryKey: [subject, run.id, 10], queryFn });
    await vi.advanceTimersByTimeAsync(2000);
    expect(seen.settled).toBe(false);
    finish();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(seen.settled).toBe(false);
  await vi.advanceTimersByTimeAsync(600);
  expect(seen.settled).toBe(true);
});

test('what follows the map is not waited for; a cancelled wait rejects at once', async () => {
  const run = list('imported', 'running');
  const cancel = new AbortController();
  const cancelled = watch(cancel.signal);
  cancel.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect(cancelled.failed?.name).toBe('AbortError');
  list('imported', 'done');
  const queryFn = () => new Promise(() => {});
  queryClient.fetchQuery({ queryKey: ['map-quality', run.id], queryFn }).catch(() => {});
  const seen = watch();
  await vi.advanceTimersByTimeAsync(600);
  expect(seen.settled).toBe(true);
});
