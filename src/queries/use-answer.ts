import { useMemo } from 'react';

/** What a query has come to. */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  /** Asks again. */
  readonly refetch: () => unknown;
}

/** What a query has come to, the same object until it changes: what `useQuery` returns is another one at every rendering. */
export function useAnswer<Data>({ data, error, refetch }: Answer<Data>): Answer<Data> {
  return useMemo(() => ({ data, error, refetch }), [data, error, refetch]);
}
