import { hashKey, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

/** Ends the work of a query once it is not wanted any more; one that only becomes disabled would go on. */
export function useCancelWhenLeft(queryKey: QueryKey, isWanted: boolean): void {
  const client = useQueryClient();
  const latest = useRef(queryKey);
  latest.current = queryKey;
  const hash = hashKey(queryKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal hashes, equal keys
  useEffect(() => {
    if (!isWanted) return;
    const key = latest.current;
    return () => void client.cancelQueries({ queryKey: key, exact: true });
  }, [client, hash, isWanted]);
}
