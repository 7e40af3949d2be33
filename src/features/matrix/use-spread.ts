import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RunRecord } from '@/core/embedding/run';
import { isSpreadLong, soonSpreadQuery, spreadQuery } from '@/queries/spread';

/** The rows of a run that have a vector, and how the cosines of their pairs spread. */
export interface Spread {
  readonly members: Uint32Array;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Whether the deviation is that of pairs drawn by chance. */
  readonly isRandomised: boolean;
}

/**
 * How the pairs of a run spread. Where that is long in coming, what a sample of them says stands in for it, so that the picture
 * does not wait.
 */
export function useSpread(run: RunRecord, isWanted: boolean) {
  const exact = useQuery({ ...spreadQuery(run), enabled: isWanted });
  const isLong = isSpreadLong(run);
  const soon = useQuery({
    ...soonSpreadQuery(run),
    enabled: isWanted && isLong && exact.data === undefined,
  });
  // The rows stay the same array, or the matrix would be ordered again.
  const members = soon.data?.members ?? exact.data?.members;
  const spread = useMemo((): Spread | undefined => {
    const found = exact.data ?? soon.data;
    if (found === undefined || members === undefined) return undefined;
    const { mean, sd, isRandomised } = found;
    return { members, mean, sd, isRandomised };
  }, [exact.data, soon.data, members]);
  const error = spread === undefined ? (exact.error ?? soon.error) : null;
  return { spread, error, retry: () => void Promise.all([exact.refetch(), isLong && soon.refetch()]) };
}
