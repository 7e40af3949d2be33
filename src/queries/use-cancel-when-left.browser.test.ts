import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { useCancelWhenLeft } from './use-cancel-when-left';

/** A query under a key that never answers, and what becomes of its work. */
function Work({ name, isWanted, seen }: { name: string; isWanted: boolean; seen: string[] }) {
  const queryKey = ['work', name];
  useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      seen.push(`${name} begins`);
      signal.addEventListener('abort', () => seen.push(`${name} ends`));
      return new Promise<never>(() => {});
    },
    enabled: isWanted,
  });
  useCancelWhenLeft(queryKey, isWanted);
  return null;
}

it('ends the work of a query that is left, and begins it again when it is wanted again', async () => {
  const client = new QueryClient();
  const root = createRoot(document.createElement('div'));
  const seen: string[] = [];
  const show = (name: string, isWanted: boolean) =>
    root.render(
      createElement(QueryClientProvider, { client }, createElement(Work, { name, isWanted, seen })),
    );
  show('a', true);
  await expect.poll(() => seen).toEqual(['a begins']);
  show('a', false);
  await expect.poll(() => seen).toEqual(['a begins', 'a ends']);
  show('a', true);
  await expect.poll(() => seen.at(-1)).toBe('a begins');
  show('b', true);
  await expect.poll(() => [...seen.slice(3)].sort()).toEqual(['a ends', 'b begins']);
  root.unmount();
  await expect.poll(() => seen.at(-1)).toBe('b ends');
});
