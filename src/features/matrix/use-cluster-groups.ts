import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { RowGroups } from '@/core/dataset/group-rows';
import type { RunRecord } from '@/core/embedding/run';
import { clustersQuery } from '@/queries/clusters';
import { viewStore } from '@/state/view';

export interface ClusterGroups {
  /** Null while they are being found, and where that failed. */
  readonly groups: RowGroups | null;
  /** What the groups' own colours are kept under. */
  readonly signatures: readonly string[] | undefined;
  readonly key: string;
  readonly failure: string;
}

/**
 * The clusters of a run as groups of rows, under the names a person gave them; found only where they are wanted, and no longer
 * looked for once nobody wants them.
 */
export function useClusterGroups(run: RunRecord, isWanted: boolean): ClusterGroups {
  const resolution = useStore(viewStore, ({ view }) => view.clusterResolution);
  const given = useStore(viewStore, ({ view }) => view.clusterNames);
  const [found] = useQueries({ queries: [clustersQuery(run, resolution)].filter(() => isWanted) });
  const data = found?.data;
  const groups = useMemo(
    () =>
      data === undefined
        ? null
        : {
            names: data.names.map((name, cluster) => given[data.signatures[cluster]!] ?? name),
            counts: data.sizes,
            groupOf: data.clusterOf,
            emptyCount: data.noise.alone + data.noise.inSmall + data.noise.inLoose,
          },
    [data, given],
  );
  return {
    groups,
    signatures: data?.signatures,
    key: `clusters ${run.id} ${run.doneCount} ${resolution}`,
    failure: found?.error?.message ?? '',
  };
}
