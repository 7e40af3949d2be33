import type { Dataset } from '@/core/dataset/dataset';
import { embedDataset } from '@/core/embedding/embed-dataset';
import { isRemote, type RunRecord, type VectorBatch } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { applyRunEvent } from '@/core/embedding/run-record';
import { SendLimit } from '@/core/embedding/send-limit';
import { SendQueue } from '@/core/embedding/send-queue';
import { cutRows, textSource } from '@/core/embedding/sent-texts';
import { seededRandom } from '@/core/random';
import { compute } from '@/queries/compute-client';
import { inPieces, nextTask } from '@/queries/in-pieces';
import { askForKey, hasKey } from '@/queries/key';
import { lacksKey, noteKeyNeed } from '@/queries/key-needs';
import { sentTextsOf } from '@/queries/matrix-source';
import { untilOffline, untilOnline } from '@/queries/network-loss';
import { tellRun } from '@/queries/other-tabs';
import { paced } from '@/queries/paced';
import { providerOf } from '@/queries/providers';
import { queryClient } from '@/queries/query-client';
import { readRunClockMs } from '@/queries/run-clock';
import { listedRun, putRun } from '@/queries/run-list';
import { createMatrix, fillFromStorage, followVectors, withNewWorker } from '@/queries/run-matrix';
import { followPlan, limitOf } from '@/queries/send-limits';
import { noteSending } from '@/state/sent-to';
import { reportTask, type Task } from '@/state/tasks';

const saveEveryMs = 1000;
const tellEveryMs = 250;
const showEveryMs = 60;
const jitter = seededRandom(Date.now());

/** When a run began to send, on the clock of runs, and with how many rows; for rate and time left. Kept in the query cache. */
export interface RunPace {
  readonly startedAt: number;
  readonly doneBefore: number;
}

export function paceKey(runId: string) {
  return ['run-pace', runId];
}

interface SendRequest {
  readonly dataset: Dataset;
  readonly run: RunRecord;
  readonly isWanted: (row: number, isFailed: boolean) => boolean;
  /** Stops it; it stops itself where vectors are lost. */
  readonly cancel: AbortController;
  /** Called before the first request, with how many rows have a vector. */
  readonly onStart: (doneCount: number) => void;
  /** Called as vectors and failures come in. */
  readonly onProgress: (run: RunRecord) => void;
}

/**
 * Sends the rows of a run that are wanted and have no vector yet, keeps what comes, shows it, and tells other tabs. Settles with
 * the record as it ended; rejects with what made it impossible to go on, also where the run was cancelled.
 */
export async function sendRun({
  dataset,
  run,
  isWanted,
  cancel,
  onStart,
  onProgress,
}: SendRequest): Promise<RunRecord> {
  let record = await withNewWorker(() => fillFromStorage(run));
  let lostVectors: Error | null = null;
  const { spec, id } = record;
  const { signal } = cancel;
  const failedRows = new Set(record.failures.map(({ row }) => row));
  const rows = rowsWithoutVector(record).filter((row) => isWanted(row, failedRows.has(row)));
  if (rows.length === 0) return followVectors({ ...record, status: 'done' });
  if (lacksKey(record)) {
    askForKey(spec);
    return { ...record, status: 'needs key' };
  }
  if (hasKey(spec.baseUrl)) noteKeyNeed(spec.baseUrl, 'given');
  onStart(record.doneCount);
  await nextTask();
  const sent = await sentTextsOf(spec);
  record = withCutNote(record, cutRows(dataset.texts, sent).length);
  await followPlan(spec.provider, spec.baseUrl, signal);
  const provider = providerOf(spec);
  const { host } = provider;
  const stop = () => cancel.abort();
  let readCount = 0;
  const reading = paced(showEveryMs, () => {
    const task = taskOf(dataset, record, stop);
    reportTask({ ...task, label: `${task.label}, reading all first`, done: readCount });
  });
  const session = await provider
    .openSession({
      model: spec.model,
      dimensions: spec.dimensions,
      corpus: dataset.texts,
      signal,
      onProgress: ({ done, total }) => {
        readCount = Math.floor((record.rowCount * done) / Math.max(1, total));
        reading.soon();
      },
    })
    .finally(reading.stop);
  const ifListed = (act: () => void) => () => {
    if (listedRun(dataset.id, id) !== undefined) act();
  };
  const showing = paced(
    showEveryMs,
    ifListed(() => {
      putRun(record);
      reportTask(taskOf(dataset, record, stop));
    }),
  );
  const telling = paced(
    tellEveryMs,
    ifListed(() => tellRun(record)),
  );
  const saving = paced(
    saveEveryMs,
    ifListed(() => void keepRecord(record)),
  );
  queryClient.setQueryData<RunPace>(paceKey(id), {
    startedAt: readRunClockMs(),
    doneBefore: record.doneCount,
  });
  try {
    const texts = textSource(dataset.texts, sent);
    await nextTask();
    await embedDataset({
      texts,
      queue: await inPieces(SendQueue.build(texts, rows)),
      width: record.width,
      batches: session.batches,
      limit: isRemote(spec.provider) ? limitOf(spec.baseUrl) : new SendLimit(),
      cost: record.cost,
      signal,
      ports: {
        embedBatch: (batch, batchSignal) => {
          if (host !== null) noteSending(host);
          return session.embedBatch(batch, batchSignal);
        },
        saveBatch: async (batch) => {
          const refusal = await putBatch(record, batch).catch((error: Error) => {
            lostVectors ??= error;
            cancel.abort();
            throw error;
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
        now: readRunClockMs,
        random: jitter,
        online: () => navigator.onLine,
        untilOnline,
        untilOffline: (offlineSignal) => untilOffline(spec.baseUrl, offlineSignal),
        report: (event) => {
          const isFirst = record.width === null;
          record = applyRunEvent(record, event);
          if (listedRun(dataset.id, id) === undefined) return;
          onProgress(record);
          const isOneOfMany = event.type === 'batch' || event.type === 'failed';
          if (isOneOfMany) showing.soon();
          else showing.now();
          if (isRemote(spec.provider)) telling.soon();
          // Without the width in storage the first vectors could not be found again.
          if (isFirst && record.width !== null) saving.now();
          else saving.soon();
        },
      },
    });
  } finally {
    for (const pace of [showing, telling, saving]) pace.stop();
    session.close();
  }
  if (lostVectors !== null) throw lostVectors;
  return followVectors(record);
}

function withCutNote(run: RunRecord, cutCount: number): RunRecord {
  if (cutCount === 0) return run;
  const texts = cutCount === 1 ? '1 text is' : `${cutCount.toLocaleString('en')} texts are`;
  const note = `${texts} cut at ${run.spec.texts.maxTokens?.toLocaleString('en')} estimated tokens before sending.`;
  return run.notes.includes(note) ? run : { ...run, notes: [...run.notes, note] };
}

/** How the status line says how far the run is, whatever dataset is on the screen. */
function taskOf(dataset: Dataset, run: RunRecord, cancel: () => void): Task {
  return {
    id: `run ${run.id}`,
    label: `Embedding ${dataset.name} with ${runName(run.spec)}`,
    done: run.doneCount,
    total: run.rowCount,
    unit: 'rows',
    cancel,
  };
}

/** Puts a batch into matrix and storage; once more if the worker was lost on the way. Returns why storage refused it, or null. */
async function putBatch(run: RunRecord, batch: VectorBatch): Promise<string | null> {
  const { kept, refusal } = await withNewWorker(async () => {
    await createMatrix(run, batch.width);
    return compute.receiveBatch(run.id, batch);
  });
  return kept ? null : (refusal ?? 'no reason given');
}

function rowsWithoutVector(run: RunRecord): Uint32Array {
  const present = new Uint8Array(run.rowCount);
  if (compute.holdsMatrix(run.id)) for (const row of compute.membersOf(run.id)) present[row] = 1;
  const rows = new Uint32Array(run.rowCount);
  let count = 0;
  for (let row = 0; row < present.length; row++) if (present[row] === 0) rows[count++] = row;
  return rows.subarray(0, count);
}

/** A record that cannot be kept loses nothing now; the vectors say after a reload which rows are there. */
export async function keepRecord(record: RunRecord): Promise<void> {
  await compute.call('saveRun', { record }).catch(() => {});
}
