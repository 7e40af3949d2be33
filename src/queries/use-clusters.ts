import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import { type Clusters, clusterNames, clustersQuery } from '@/queries/clusters';
import { isSettled } from '@/queries/neighbours';
import { viewStore } from '@/state/view';

export interface ShownClusters {
  /** The clusters asked for, or, while these are being found, the last ones of the run. */
  readonly clusters: Clusters | null;
  /** What each is called: a person's own name where there is one. */
  readonly names: readonly string[];
  /** Resolution of what is shown. */
  readonly resolution: number;
  readonly isBusy: boolean;
  readonly error: Error | null;
  retry(): void;
}

/** The clusters of a run at the chosen resolution. */
export function useClusters(run: RunRecord): ShownClusters {
  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const given = useStore(viewStore, ({ view }) => view.clusterNames);
  const query = clustersQuery(run, resolution);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...query,
    enabled: isSettled(run),
    placeholderData: (previous, previousQuery) =>
      previousQuery?.queryKey[1] === run.id ? keepPreviousData(previous) : undefined,
  });
  const clusters = data ?? null;
  const names = useMemo(() => (clusters === null ? [] : clusterNames(clusters, given)), [clusters, given]);
  const shown = clusters === null || !isPlaceholderData ? resolution : clusters.resolution;
  const failure = isFetching ? null : error;
  return useMemo(
    () => ({
      clusters,
      names,
      resolution: shown,
      isBusy: isFetching,
      error: failure,
      retry: () => void refetch(),
    }),
    [clusters, names, shown, isFetching, failure, refetch],
  );
}
