import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RowGroups } from '@/core/dataset/group-rows';
import type { RunRecord } from '@/core/embedding/run';
import { clusterNames, clustersQuery } from '@/queries/clusters';
import { viewStore } from '@/state/view';

/** The clusters of a run as groups of rows; found only where they are wanted. */
export function useClusters(
  run: RunRecord,
  isWanted: boolean,
): {
  groups: RowGroups | null;
  signatures: readonly string[] | undefined;
  error: Error | null;
  retry(): void;
} {
  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const given = useStore(viewStore, ({ view }) => view.clusterNames);
  const { data, error, isFetching, refetch } = useQuery({
    ...clustersQuery(run, resolution),
    enabled: isWanted,
  });
  const groups = useMemo(
    () =>
      data === undefined || !isWanted
        ? null
        : {
            names: clusterNames(data, given),
            counts: data.sizes,
            groupOf: data.clusterOf,
            emptyCount: data.clusterOf.reduce((count, cluster) => count + (cluster < 0 ? 1 : 0), 0),
          },
    [data, given, isWanted],
  );
  return {
    groups,
    signatures: data?.signatures,
    error: isFetching ? null : error,
    retry: () => void refetch(),
  };
}
