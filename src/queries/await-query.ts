import { type FetchQueryOptions, type QueryKey, QueryObserver } from '@tanstack/react-query';
import { queryClient } from '@/queries/query-client';

/**
 * The result of a query, which stays observed until it is there: a query that reads its signal would otherwise be
 * cancelled when a view that shows it too goes away. Aborting stops the waiting, and the query where nobody else waits for it: who only
 * looks at what is there (`enabled: false`) does not.
 */
export function awaitQuery<Data, Key extends QueryKey>(
  options: FetchQueryOptions<Data, Error, Data, Key>,
  signal?: AbortSignal,
): Promise<Data> {
  const observer = new QueryObserver<Data, Error, Data, Data, Key>(queryClient, options);
  return new Promise<Data>((resolve, reject) => {
    const leave = () => {
      settle(() => reject(new DOMException('The work was cancelled.', 'AbortError')));
      queueMicrotask(() => {
        const query = queryClient.getQueryCache().find({ queryKey: options.queryKey, exact: true });
        if (query?.state.fetchStatus === 'fetching' && !query.isActive()) void query.cancel({ revert: true });
      });
    };
    let unsubscribe = () => {};
    const settle = (act: () => void) => {
      signal?.removeEventListener('abort', leave);
      queueMicrotask(() => unsubscribe());
      act();
    };
    const look = ({ data, error, fetchStatus, isSuccess }: ReturnType<typeof observer.getCurrentResult>) => {
      if (isSuccess) settle(() => resolve(data));
      else if (error !== null && fetchStatus === 'idle') settle(() => reject(error));
    };
    if (signal?.aborted) return leave();
    signal?.addEventListener('abort', leave, { once: true });
    const failedBefore = queryClient.getQueryState(options.queryKey)?.status === 'error';
    unsubscribe = observer.subscribe(look);
    // An earlier failure is not an answer: it is asked for again.
    if (failedBefore) void observer.refetch();
    else look(observer.getCurrentResult());
  });
}
