import { ComputeError } from '@/compute/compute-error';
import type { Dataset } from '@/core/dataset/dataset';
import { embedDataset } from '@/core/embedding/embed-dataset';
import { ProviderError } from '@/core/embedding/provider-error';
import type { RunProblem, RunRecord, RunSpec, VectorBatch } from '@/core/embedding/run';
import { describeProblem } from '@/core/embedding/run-problem';
import { applyRunEvent, createRunRecord } from '@/core/embedding/run-record';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { compute } from '@/queries/compute-client';
import { askForKey } from '@/queries/key';
import { lacksKey, noteKeyNeed } from '@/queries/key-needs';
import {
  askToCancel,
  isUnderWay,
  listenToTabs,
  runElsewhere,
  sendInTurn,
  tellRemoved,
  tellRun,
} from '@/queries/other-tabs';
import { providerFor } from '@/queries/providers';
import { queryClient } from '@/queries/query-client';
import { asInterrupted, dropRun, listedRun, listedRuns, putRun, runsQuery } from '@/queries/run-list';
import { createMatrix, fillFromStorage, releaseMatrix } from '@/queries/run-matrix';
import { commit, viewStore } from '@/state/view';

const saveEveryMs = 1000;
const tellEveryMs = 250;

/** One queue for each origin: its runs are sent one after the other, so that no server gets more than a run allows. */
const queues = new Map<string, Promise<RunProblem | null>>();
const cancels = new Map<string, AbortController>();
/** Runs of this tab whose turn has come. */
const sending = new Map<string, RunRecord>();

/** When a run began to send, and with how many rows; for rate and time left. Kept in the query cache. */
export interface RunPace {
  readonly startedAt: number;
  readonly doneBefore: number;
}

export function paceKey(runId: string) {
  return ['run-pace', runId];
}

/** Makes the run, or goes on with the one that has the same spec. Settles when it has ended, in whatever way. */
export async function startRun(dataset: Dataset, spec: RunSpec): Promise<void> {
  const listed = listedRuns(dataset.id);
  const slot = listed.reduce((next, run) => Math.max(next, run.slot + 1), 0);
  const fresh = createRunRecord(spec, slot, dataset.rowCount, Date.now());
  const run = listed.find(({ id }) => id === fresh.id) ?? fresh;
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

/** Removes a run, here and in storage. Vectors that a server sent stay in storage for other runs of the model. */
export async function removeRun(run: RunRecord): Promise<void> {
  cancelRun(run.id);
  forgetRun(run.spec.datasetId, run.id);
  await compute.call('removeRun', { runId: run.id });
  tellRemoved(run.spec.datasetId, run.id);
}

function forgetRun(datasetId: string, runId: string): void {
  dropRun(datasetId, runId);
  releaseMatrix(runId);
  for (const subject of ['neighbours', 'spread', 'pair-histogram', 'projection', 'overlap']) {
    queryClient.removeQueries({
      predicate: ({ queryKey }) => queryKey[0] === subject && queryKey.includes(runId),
    });
  }
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
  const queue = run.spec.provider === 'baseline' ? 'baseline' : new URL(run.spec.baseUrl).origin;
  const turn = queues.get(queue) ?? Promise.resolve(null);
  const isBehind = queues.has(queue);
  const work = turn.then(async (problemBefore) => {
    // A key that was refused a moment ago is not tried again for the runs that waited behind.
    if (isBehind && problemBefore?.code === 'unauthorized')
      record = { ...record, status: 'stopped', problem: problemBefore };
    else if (cancel.signal.aborted) record = { ...record, status: 'cancelled' };
    else {
      const send = async () => {
        // Another tab may have got further with it meanwhile.
        const latest = listedRun(dataset.id, run.id) ?? record;
        return execute(dataset, { ...latest, status: 'waiting', problem: null }, isWanted, cancel);
      };
      record = await (run.spec.provider === 'baseline' ? send() : sendInTurn(queue, cancel.signal, send));
    }
    return record.problem;
  });
  const settled = work.catch(() => null);
  queues.set(queue, settled);
  void settled.then(() => {
    if (queues.get(queue) === settled) queues.delete(queue);
  });
  try {
    await work;
  } catch (error) {
    const latest = listedRun(dataset.id, run.id) ?? record;
    const isCancelled = cancel.signal.aborted && !sending.has(run.id);
    record = isCancelled
      ? { ...latest, status: 'cancelled' }
      : { ...latest, status: 'stopped', problem: problemOf(error) };
  } finally {
    cancels.delete(run.id);
    sending.delete(run.id);
    if (record.problem?.code === 'unauthorized') noteKeyNeed(run.spec.baseUrl);
    if (listedRun(dataset.id, run.id) !== undefined) {
      putRun(record);
      showFirstFinished(record);
      await keepRecord(record);
      if (run.spec.provider !== 'baseline') tellRun(record);
    }
    const hasMore = record.doneCount > run.doneCount;
    if (hasMore) compute.call('compactSpace', { space: vectorSpaceOf(run.spec).id }).catch(() => {});
  }
}

/** Until a person picks a run, the first that finishes is shown; the first remote one takes the place of a baseline. */
function showFirstFinished(run: RunRecord): void {
  const { datasetId, activeRun } = viewStore.getState().view;
  if (run.doneCount === 0 || run.spec.datasetId !== datasetId) return;
  const runs = listedRuns(datasetId);
  const active = runs.find(({ id }) => id === activeRun);
  const isFirstRemote =
    run.spec.provider !== 'baseline' &&
    run.status === 'done' &&
    !runs.some(({ id, spec, status }) => id !== run.id && spec.provider !== 'baseline' && status === 'done');
  if (active === undefined || (isFirstRemote && active.spec.provider === 'baseline'))
    commit({ activeRun: run.id });
}

async function execute(
  dataset: Dataset,
  initial: RunRecord,
  isWanted: (row: number, isFailed: boolean) => boolean,
  cancel: AbortController,
): Promise<RunRecord> {
  sending.set(initial.id, initial);
  let record = await fillFromStorage(initial);
  let savedAt = 0;
  let toldAt = 0;
  let lostVectors: Error | null = null;
  const { spec, id } = record;
  const { signal } = cancel;
  const failed = new Set(record.failures.map(({ row }) => row));
  const rows = rowsWithoutVector(record).filter((row) => isWanted(row, failed.has(row)));
  if (rows.length === 0) return { ...record, status: 'done' };
  if (lacksKey(record)) {
    askForKey(spec);
    return { ...record, status: 'needs key' };
  }
  const session = await providerFor(spec.provider, spec.baseUrl).openSession({
    model: spec.model,
    dimensions: spec.dimensions,
    corpus: dataset.texts,
    signal,
  });
  queryClient.setQueryData<RunPace>(paceKey(id), { startedAt: Date.now(), doneBefore: record.doneCount });
  try {
    await embedDataset({
      texts: dataset.texts,
      rows,
      width: record.width,
      session,
      signal,
      ports: {
        embedBatch: (batch, batchSignal) => session.embedBatch(batch, batchSignal),
        saveBatch: async (batch) => {
          const refusal = await putBatch(record, batch).catch((error: Error) => {
            lostVectors ??= error;
            cancel.abort();
            return null;
          });
          if (refusal !== null) throw new Error(refusal);
        },
        sleep: (durationMs, sleepSignal) =>
          new Promise((resolve) => {
            const timer = setTimeout(resolve, durationMs);
            sleepSignal.addEventListener('abort', () => {
              clearTimeout(timer);
              resolve();
            });
          }),
        now: () => performance.now(),
        report: (event) => {
          record = applyRunEvent(record, event);
          if (listedRun(dataset.id, id) === undefined) return;
          putRun(record);
          sending.set(id, record);
          if (spec.provider !== 'baseline' && Date.now() - toldAt >= tellEveryMs) {
            toldAt = Date.now();
            tellRun(record);
          }
          if (Date.now() - savedAt < saveEveryMs) return;
          savedAt = Date.now();
          void keepRecord(record);
        },
      },
    });
  } finally {
    session.close();
  }
  if (lostVectors !== null) throw lostVectors;
  return record;
}

/** Puts a batch into matrix and storage; once more if the worker was lost on the way. Returns why storage refused it, or null. */
async function putBatch(run: RunRecord, batch: VectorBatch): Promise<string | null> {
  await createMatrix(run, batch.width);
  const receive = () => compute.receiveBatch(run.id, batch);
  const { kept, refusal } = await receive().catch((error: unknown) => {
    if (error instanceof ComputeError && (error.code === 'crashed' || error.code === 'restarted'))
      return receive();
    throw error;
  });
  return kept ? null : (refusal ?? 'no reason given');
}

function rowsWithoutVector(run: RunRecord): Uint32Array {
  const present = new Uint8Array(run.rowCount);
  if (compute.holdsMatrix(run.id)) for (const row of compute.membersOf(run.id)) present[row] = 1;
  return Uint32Array.from(present.keys()).filter((row) => present[row] === 0);
}

/** A record that cannot be kept loses nothing now; the vectors say after a reload which rows are there. */
async function keepRecord(record: RunRecord): Promise<void> {
  await compute.call('saveRun', { record }).catch(() => {});
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
