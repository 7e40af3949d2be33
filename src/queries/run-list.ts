import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { computedForever, queryClient } from '@/queries/query-client';

/** The runs of a dataset in the order they were added. The run engine writes it as they go on. */
export function runsQuery(datasetId: string) {
  return queryOptions({
    ...computedForever,
    gcTime: Number.POSITIVE_INFINITY,
    queryKey: ['runs', datasetId],
    queryFn: async () => (await compute.call('listRuns', { datasetId })).map(afterReload),
  });
}

/** What a page that was closed left under way goes on only when asked. */
function afterReload(run: RunRecord): RunRecord {
  const status = run.status === 'running' || run.status === 'waiting' ? 'cancelled' : run.status;
  return { ...run, status, waiting: null };
}

export function listedRuns(datasetId: string): readonly RunRecord[] {
  return queryClient.getQueryData(runsQuery(datasetId).queryKey) ?? [];
}

export function listedRun(datasetId: string, runId: string): RunRecord | undefined {
  return listedRuns(datasetId).find(({ id }) => id === runId);
}

/** Puts a run into its dataset's list, or takes its place. */
export function putRun(run: RunRecord): void {
  const { datasetId } = run.spec;
  queryClient.setQueryData<RunRecord[]>(runsQuery(datasetId).queryKey, (runs = []) =>
    runs.some(({ id }) => id === run.id)
      ? runs.map((other) => (other.id === run.id ? run : other))
      : [...runs, run].sort((a, b) => a.slot - b.slot),
  );
}

export function dropRun(datasetId: string, runId: string): void {
  queryClient.setQueryData<RunRecord[]>(runsQuery(datasetId).queryKey, (runs = []) =>
    runs.filter(({ id }) => id !== runId),
  );
}
