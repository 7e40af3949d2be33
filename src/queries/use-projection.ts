import { hashKey, skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import type { ProjectionSettings } from '@/core/projection/projection';
import { layoutProgressKey, type Projection, projectionQuery } from '@/queries/projection';
import { markStopped, stoppedLayouts } from '@/state/stopped-layouts';

export interface ShownProjection {
  /** The finished layout, or the latest one under way. */
  projection: Projection | null;
  isReady: boolean;
  /** True after a person stopped it: what is shown is kept but unfinished. */
  isStopped: boolean;
  error: Error | null;
  retry(): void;
  /** Stops the layout under way; null when there is none. */
  stop: (() => void) | null;
}

/** The map of a run, from its first principal components to the finished layout. */
export function useProjection(run: RunRecord, settings: ProjectionSettings): ShownProjection {
  const client = useQueryClient();
  const query = projectionQuery(run, settings);
  const key = hashKey(query.queryKey);
  const isStopped = useStore(stoppedLayouts, ({ keys }) => keys.has(key));
  const { data, error, fetchStatus, refetch } = useQuery({ ...query, enabled: !isStopped });
  const progress = useQuery<Projection>({
    queryKey: layoutProgressKey(run, settings),
    queryFn: skipToken,
    structuralSharing: false,
  }).data;
  const isRunning = fetchStatus === 'fetching';
  return {
    projection: data ?? progress ?? null,
    isReady: data !== undefined,
    isStopped: data === undefined && isStopped,
    error: isRunning ? null : error,
    retry: () => {
      markStopped(key, false);
      if (!isStopped) void refetch();
    },
    stop:
      isRunning && progress !== undefined
        ? () => {
            markStopped(key, true);
            void client.cancelQueries({ queryKey: query.queryKey });
          }
        : null,
  };
}
