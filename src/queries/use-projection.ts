import { hashKey, skipToken, useQueries, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useStore } from 'zustand';
import type { RunRecord } from '@/core/embedding/run';
import type { ProjectionSettings } from '@/core/projection/projection';
import { layoutProgressKey, type Projection, projectionQuery } from '@/queries/projection';
import type { RowSubset } from '@/queries/row-subset';
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

interface Request {
  readonly run: RunRecord;
  /** As in projectionQuery. */
  readonly startRun: RunRecord | null;
  readonly only?: RowSubset | null;
}

/** The map of a run, from its first principal components to the finished layout. */
export function useProjection(
  run: RunRecord,
  settings: ProjectionSettings,
  only: RowSubset | null = null,
): ShownProjection {
  return useProjections([{ run, startRun: null, only }], settings)[0]!;
}

/**
 * The maps of several runs. A run whose start was stopped unfinished starts from its own components, as there is nothing
 * else to wait for.
 */
export function useProjections(
  requests: readonly Request[],
  settings: ProjectionSettings,
): readonly ShownProjection[] {
  const client = useQueryClient();
  const stopped = useStore(stoppedLayouts, ({ keys }) => keys);
  const isStartLost = (startRun: RunRecord) =>
    stopped.has(hashKey(projectionQuery(startRun, settings).queryKey));
  const asked = requests.map(({ run, startRun, only = null }) => {
    const start = startRun !== null && isStartLost(startRun) ? null : startRun;
    const query = projectionQuery(run, settings, start, only);
    const key = hashKey(query.queryKey);
    return {
      query,
      key,
      isStopped: stopped.has(key),
      progressKey: layoutProgressKey(run, settings, start, only),
    };
  });
  const results = useQueries({
    queries: asked.map(({ query, isStopped }) => ({ ...query, enabled: !isStopped })),
  });
  const progresses = useQueries({
    queries: asked.map(({ progressKey }) => ({
      queryKey: progressKey,
      queryFn: skipToken,
      structuralSharing: false as const,
    })),
  });
  const before = useRef<readonly (ShownProjection & { readonly key: string })[]>([]);
  before.current = asked.map(({ query, key, isStopped }, i) => {
    const { data, error, fetchStatus, refetch } = results[i]!;
    const progress = progresses[i]!.data as Projection | undefined;
    const isRunning = fetchStatus === 'fetching';
    const shown = {
      key,
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
    const last = before.current[i];
    return last !== undefined && isSame(last, shown) ? last : shown;
  });
  return before.current;
}

/** Whether two say the same of the same map, so that one may stand for the other: what they call does the same then. */
function isSame(a: ShownProjection & { key: string }, b: ShownProjection & { key: string }): boolean {
  return (
    a.key === b.key &&
    a.projection === b.projection &&
    a.isReady === b.isReady &&
    a.isStopped === b.isStopped &&
    a.error === b.error &&
    (a.stop === null) === (b.stop === null)
  );
}
