import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import type { ProjectionSettings } from '@/core/projection/projection';
import { layoutProgressKey, type Projection, projectionQuery } from '@/queries/projection';

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
  const { data, error, fetchStatus, refetch } = useQuery({ ...query, retryOnMount: false });
  const progress = useQuery<Projection>({
    queryKey: layoutProgressKey(run, settings),
    queryFn: skipToken,
    structuralSharing: false,
  }).data;
  const isRunning = fetchStatus === 'fetching';
  return {
    projection: data ?? progress ?? null,
    isReady: data !== undefined,
    isStopped: data === undefined && !isRunning && progress !== undefined,
    error: isRunning || progress !== undefined ? null : error,
    retry: () => void refetch(),
    stop:
      isRunning && progress !== undefined
        ? () => void client.cancelQueries({ queryKey: query.queryKey })
        : null,
  };
}
