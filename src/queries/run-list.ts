import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { hasLostKey } from '@/queries/key-needs';
import { matrixSourceOf } from '@/queries/matrix-source';
import { isUnderWay, runElsewhere } from '@/queries/other-tabs';
import { computedForever, queryClient } from '@/queries/query-client';

/** The runs of a dataset in the order they were added. The run engine writes it as they go on. */
export function runsQuery(datasetId: string) {
  return queryOptions({
    ...computedForever,
    gcTime: Number.POSITIVE_INFINITY,
    queryKey: ['runs', datasetId],
    queryFn: async () => Promise.all((await compute.call('listRuns', { datasetId })).map(afterReload)),
  });
}

/**
 * What a page that was closed left under way goes on only when asked. Its record may be older than the vectors that came,
 * so they are counted.
 */
async function afterReload(run: RunRecord): Promise<RunRecord> {
  const elsewhere = runElsewhere(run.id);
  if (elsewhere !== null) return elsewhere;
  if (!isUnderWay(run)) return asInterrupted(run);
  return asInterrupted({ ...run, ...(await countDelivered(run).catch(() => null)) });
}

/** A run that nobody sends: what it waits for. */
export function asInterrupted(run: RunRecord): RunRecord {
  const isLeft = isUnderWay(run);
  if (!isLeft && run.status !== 'cancelled' && run.status !== 'interrupted') return { ...run, waiting: null };
  const isComplete = run.doneCount + run.failures.length >= run.rowCount;
  const left = isLeft ? 'interrupted' : run.status;
  return { ...run, status: isComplete ? 'done' : hasLostKey(run) ? 'needs key' : left, waiting: null };
}

async function countDelivered(run: RunRecord): Promise<Pick<RunRecord, 'width' | 'doneCount'> | null> {
  const { space, keys } = await matrixSourceOf(run.spec);
  const known = await compute.call('countKnown', { space: space.id, keys });
  const delivered = known.find(({ width }) => run.width === null || width === run.width);
  return delivered === undefined ? null : { width: delivered.width, doneCount: delivered.count };
}

export function listedRuns(datasetId: string): readonly RunRecord[] {
  return queryClient.getQueryData(runsQuery(datasetId).queryKey) ?? [];
}

export function listedRun(datasetId: string, runId: string): RunRecord | undefined {
  return listedRuns(datasetId).find(({ id }) => id === runId);
}

/** Runs whose vectors a session is bringing, and what stops them. */
const arriving = new Map<string, () => void>();

/** Says that the vectors of a run are on their way, and how they are stopped; with null that they no longer are. */
export function markArriving(runId: string, stop: (() => void) | null): void {
  if (stop === null) arriving.delete(runId);
  else arriving.set(runId, stop);
}

export function stopArriving(runId: string): void {
  arriving.get(runId)?.();
}

/** The runs of every dataset that was shown since the page was opened. */
export function loadedRuns(): readonly RunRecord[] {
  return queryClient.getQueriesData<RunRecord[]>({ queryKey: ['runs'] }).flatMap(([, runs]) => runs ?? []);
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
