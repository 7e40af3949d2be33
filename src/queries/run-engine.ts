import { ComputeError } from '@/compute/compute-error';
import type { Dataset } from '@/core/dataset/dataset';
import { ProviderError } from '@/core/embedding/provider-error';
import { isRemote, type RunProblem, type RunRecord, type RunSpec } from '@/core/embedding/run';
import { describeProblem } from '@/core/embedding/run-problem';
import { createRunRecord } from '@/core/embedding/run-record';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { compute } from '@/queries/compute-client';
import { noteKeyNeed } from '@/queries/key-needs';
import {
  askToCancel,
  isUnderWay,
  listenToTabs,
  runElsewhere,
  tellRemoved,
  tellRun,
} from '@/queries/other-tabs';
import { untilOwnAreDrawn } from '@/queries/own-vectors-first';
import { queryClient } from '@/queries/query-client';
import { readRunClockMs } from '@/queries/run-clock';
import {
  asInterrupted,
  dropRun,
  listedRun,
  listedRuns,
  loadedRuns,
  putRun,
  runsQuery,
  stopArriving,
} from '@/queries/run-list';
import { followVectors, releaseMatrix } from '@/queries/run-matrix';
import { keepRecord, paceKey, type RunPace, sendRun } from '@/queries/send-run';
import { inTurn } from '@/queries/send-turns';
import { showFirstFinished } from '@/queries/show-first-finished';
import { endTask } from '@/state/tasks';
import { viewStore } from '@/state/view';

const cancels = new Map<string, AbortController>();
/** Rows that a run under way had before its first request. */
const startCounts = new Map<string, number>();
const ends = new Map<string, Promise<unknown>>();
/** Runs of this tab whose turn has come. */
const sending = new Map<string, RunRecord>();
/** Runs that were stopped because the key they share with another run was refused. */
const refused = new Map<string, RunProblem>();

function originOf({ provider, baseUrl }: RunSpec): string | null {
  return isRemote(provider) ? new URL(baseUrl).origin : null;
}

/** Runs of one line are sent one after the other: the baselines, and those that may have texts in common. */
function lineOf(spec: RunSpec): string {
  return spec.provider === 'baseline' ? 'baseline' : vectorSpaceOf(spec).id;
}

/**
 * Makes the run, or goes on with the one that has the same spec. `cost` is what the catalog says a request takes of the
 * account's units. Settles when it has ended, in whatever way.
 */
export async function startRun(dataset: Dataset, spec: RunSpec, cost: number | null = null): Promise<void> {
  const listed = listedRuns(dataset.id);
  const slot = listed.reduce((next, run) => Math.max(next, run.slot + 1), 0);
  const fresh = createRunRecord(spec, slot, dataset.rowCount, Date.now(), cost);
  const known = listed.find(({ id }) => id === fresh.id);
  const run = known === undefined ? fresh : { ...known, cost: cost ?? known.cost };
  await sendRows(dataset, run, (_, isFailed) => !isFailed);
}

/** Sends the rows that were not yet sent. */
export function resumeRun(dataset: Dataset, run: RunRecord): Promise<void> {
  return sendRows(dataset, run, (_, isFailed) => !isFailed);
}

/** Sends only the rows that failed. */
export function retryFailed(dataset: Dataset, run: RunRecord): Promise<void> {
  return sendRows(dataset, run, (_, isFailed) => isFailed);
}

/** Stops sending; what was delivered stays. */
export function cancelRun(runId: string): void {
  if (runElsewhere(runId) !== null) askToCancel(runId);
  cancels.get(runId)?.abort();
  stopArriving(runId);
}

/** Runs that are sending or wait for their turn, of every dataset. */
export function runsUnderWay(): ReadonlySet<string> {
  return new Set(cancels.keys());
}

/** Shows what other tabs of this page send, and lets them stop what this one does. Called once. */
export function followOtherTabs(): void {
  const isListed = ({ spec }: RunRecord) =>
    queryClient.getQueryData(runsQuery(spec.datasetId).queryKey) !== undefined;
  listenToTabs({
    underWay: () => [...sending.values()],
    onRun: (record) => {
      if (sending.has(record.id) || !isListed(record)) return;
      // Who cancels a run in one tab does not want another to go on with it.
      if (record.status === 'cancelled') cancels.get(record.id)?.abort();
      putRun(record);
      followPace(record);
      if (!isUnderWay(record)) showFirstFinished(record);
    },
    onLost: (record) => {
      if (cancels.has(record.id) || !isListed(record)) return;
      putRun(asInterrupted(record));
    },
    onRemoved: (datasetId, runId) => forgetRun(datasetId, runId),
    onCancel: (runId) => cancels.get(runId)?.abort(),
  });
}

/** A run that another tab sends is timed from when this one first heard of it. */
function followPace({ id, status, doneCount }: RunRecord): void {
  if (status !== 'running') queryClient.removeQueries({ queryKey: paceKey(id), exact: true });
  else {
    const pace = { startedAt: readRunClockMs(), doneBefore: doneCount };
    queryClient.setQueryData<RunPace>(paceKey(id), (known) => known ?? pace);
  }
}

/**
 * Removes a run, here and in storage; one that is under way is stopped first. Vectors that a server sent stay in storage
 * for other runs of the model.
 */
export async function removeRun(run: RunRecord): Promise<void> {
  const { datasetId } = run.spec;
  cancelRun(run.id);
  forgetRun(datasetId, run.id);
  await ends.get(run.id);
  releaseMatrix(run.id);
  await compute.call('removeRun', { runId: run.id });
  tellRemoved(datasetId, run.id);
}

function forgetRun(datasetId: string, runId: string): void {
  dropRun(datasetId, runId);
  releaseMatrix(runId);
  // What was computed from a run has its id in its key, whatever the subject.
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(runId) });
}

async function sendRows(
  dataset: Dataset,
  run: RunRecord,
  isWanted: (row: number, isFailed: boolean) => boolean,
): Promise<void> {
  if (cancels.has(run.id)) return;
  const cancel = new AbortController();
  cancels.set(run.id, cancel);
  let record: RunRecord = { ...run, status: 'waiting', problem: null };
  putRun(record);
  await keepRecord(record);
  const work = inTurn(lineOf(run.spec), originOf(run.spec), cancel.signal, async () => {
    if (run.spec.provider === 'baseline') await untilOwnAreDrawn(dataset.id, cancel.signal);
    // Another tab may have got further with it meanwhile.
    const latest = listedRun(dataset.id, run.id) ?? record;
    const waiting: RunRecord = { ...latest, status: 'waiting', problem: null };
    sending.set(run.id, waiting);
    return sendRun({
      dataset,
      run: waiting,
      isWanted,
      cancel,
      onStart: (doneCount) => startCounts.set(run.id, doneCount),
      onProgress: (latest) => sending.set(run.id, latest),
    });
  });
  const ended = work.catch(() => null);
  ends.set(run.id, ended);
  try {
    record = await work;
  } catch (error) {
    const latest = followVectors(listedRun(dataset.id, run.id) ?? record);
    const isCancelled = cancel.signal.aborted && isAbort(error);
    record = isCancelled
      ? { ...latest, status: 'cancelled' }
      : { ...latest, status: 'stopped', problem: problemOf(error) };
  } finally {
    cancels.delete(run.id);
    startCounts.delete(run.id);
    if (ends.get(run.id) === ended) ends.delete(run.id);
    sending.delete(run.id);
    endTask(`run ${run.id}`);
    if (viewStore.getState().view.datasetId !== dataset.id) releaseMatrix(run.id);
    const refusal = refused.get(run.id);
    refused.delete(run.id);
    if (refusal !== undefined) record = { ...record, status: 'stopped', problem: refusal };
    else if (record.problem?.code === 'unauthorized') stopForKey(record, record.problem);
    if (listedRun(dataset.id, run.id) !== undefined) {
      putRun(record);
      showFirstFinished(record);
      await keepRecord(record);
      if (isRemote(run.spec.provider)) tellRun(record);
    }
    const hasMore = record.doneCount > run.doneCount;
    if (hasMore) compute.call('compactSpace', { space: vectorSpaceOf(run.spec).id }).catch(() => {});
  }
}

/** A key that was refused is not tried again by the other runs that would use it and have no answer yet. */
function stopForKey({ id, spec }: RunRecord, problem: RunProblem): void {
  noteKeyNeed(spec.baseUrl, 'refused');
  for (const [otherId, cancel] of cancels) {
    const other = loadedRuns().find((run) => run.id === otherId);
    if (otherId === id || other === undefined || originOf(other.spec) !== originOf(spec)) continue;
    if (other.doneCount > (startCounts.get(otherId) ?? 0)) continue;
    refused.set(otherId, problem);
    cancel.abort();
  }
}

/** Whether work ended because it was told to, here or in a worker. */
function isAbort(error: unknown): boolean {
  return error instanceof ComputeError ? error.code === 'aborted' : (error as Error).name === 'AbortError';
}

function problemOf(error: unknown): RunProblem {
  if (error instanceof ProviderError) return describeProblem(error);
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: error instanceof ComputeError ? error.code : 'failed',
    message,
    advice: 'What was embedded so far is kept. Try to go on with Resume, or reload the page.',
    detail: null,
  };
}
