import { QueryObserver } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { awaitQuery } from './await-query';
import { queryClient } from './query-client';

function longQuery(name: string) {
  const stopped: string[] = [];
  const options = {
    queryKey: [name],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      new Promise<string>((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(name);
          reject(signal.reason);
        });
      }),
    retry: false,
  };
  return { options, stopped };
}

/** Lets what follows an abort happen. */
const afterwards = () => new Promise((resolve) => setTimeout(resolve));

it('what only one waited for stops with it, also where that one waited for another', async () => {
  const inner = longQuery('inner');
  const outer = {
    queryKey: ['outer'],
    queryFn: ({ signal }: { signal: AbortSignal }) => awaitQuery(inner.options, signal),
    retry: false,
  };
  const leave = new AbortController();
  const waiting = awaitQuery(outer, leave.signal);
  await afterwards();
  leave.abort();
  await expect(waiting).rejects.toThrow('cancelled');
  await afterwards();
  await afterwards();
  expect(inner.stopped).toEqual(['inner']);
});

it('what somebody else waits for goes on', async () => {
  const shared = longQuery('shared');
  const leave = new AbortController();
  const waiting = awaitQuery(shared.options, leave.signal);
  const unsubscribe = new QueryObserver(queryClient, shared.options).subscribe(() => {});
  leave.abort();
  await expect(waiting).rejects.toThrow('cancelled');
  await afterwards();
  expect(shared.stopped).toEqual([]);
  unsubscribe();
  await afterwards();
  expect(shared.stopped).toEqual(['shared']);
});

it('who only looks on does not keep it going', async () => {
  const watched = longQuery('watched');
  const unsubscribe = new QueryObserver(queryClient, { ...watched.options, enabled: false }).subscribe(
    () => {},
  );
  const leave = new AbortController();
  const waiting = awaitQuery(watched.options, leave.signal);
  await afterwards();
  leave.abort();
  await expect(waiting).rejects.toThrow('cancelled');
  await afterwards();
  expect(watched.stopped).toEqual(['watched']);
  unsubscribe();
});
