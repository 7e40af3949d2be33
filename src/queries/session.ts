import type { SessionHead } from '@/compute/contract';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { keepDataset, loadRuns, showDataset } from '@/queries/datasets';
import { keepPictures, pictureOf, placePicture } from '@/queries/kept-pictures';
import { isSettled } from '@/queries/neighbours';
import { isUnderWay } from '@/queries/other-tabs';
import { runsUnderWay } from '@/queries/run-engine';
import { asInterrupted, listedRun, markArriving, putRun } from '@/queries/run-list';
import { createMatrix, ensureMatrix, followVectors, withNewWorker } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';
import { commit, readView, type View, viewStore } from '@/state/view';

export type { SessionHead };

const rowsPerBatch = 2000;
/** What texts shrink to in a ZIP, and what a place and its cluster take. */
const packedShare = 0.4;
const bytesAPlace = 10;

/** Roughly the bytes of a session: of all but the vectors, and of these. */
export function foreseeSession(
  dataset: Dataset,
  runs: readonly RunRecord[],
): { rest: number; vectors: number } {
  const settled = runs.filter(isSettled);
  const characters = [dataset.texts, ...dataset.columns.map(({ cells }) => cells)].reduce(
    (sum, { joined }) => sum + joined.length,
    0,
  );
  return {
    rest: characters * packedShare + settled.length * dataset.rowCount * bytesAPlace,
    vectors: settled.reduce((sum, { width, rowCount }) => sum + rowCount * (width ?? 0) * 4, 0),
  };
}

/**
 * The dataset on the screen, its runs with their maps and clusters, and the view; with vectors as they came, or without, and then with
 * the maps and clusters of all runs. Never a key.
 */
export async function exportSession(
  dataset: Dataset,
  runs: readonly RunRecord[],
  withVectors: boolean,
): Promise<Blob> {
  const described = [];
  for (const record of runs) {
    const hasVectors = withVectors && isSettled(record);
    if (hasVectors) await ensureMatrix(record);
    const npy = hasVectors ? await compute.call('exportVectors', { matrix: record.id }) : null;
    described.push({ record, npy, picture: await pictureOf(record, !withVectors) });
  }
  const { view } = viewStore.getState();
  const isOwn = (kept: { datasetId: string }) => kept.datasetId === dataset.id;
  const contents = {
    dataset,
    runs: described,
    // What belongs to other data stays here.
    view: {
      ...view,
      savedSelections: view.savedSelections.filter(isOwn),
      steps: view.steps.filter(isOwn),
    },
    writtenAt: Date.now(),
    writtenBy: String(import.meta.env.VITE_VERSION),
  };
  return compute.call('writeSession', contents);
}

/**
 * Shows what a session holds: its dataset, its runs with their vectors, its view. The step can be undone. Settles once dataset
 * and view are on the screen; `arrived` once the vectors are here too.
 */
export async function openSession({
  datasetId,
  runs,
  view,
}: SessionHead): Promise<{ readonly arrived: Promise<void> }> {
  const dataset = await compute.call('takeSessionDataset', { datasetId });
  const withVectors = runs.filter(({ vectors }) => vectors !== null);
  const withoutVectors = runs.filter(({ vectors }) => vectors === null);
  for (const { record, vectors } of runs)
    await compute.call('saveRun', { record: vectors === null ? record : awaitingVectors(record) });
  if (withoutVectors.length > 0) {
    const pictures = withoutVectors.map(({ record, picture }) => ({ runId: record.id, picture }));
    await keepPictures(datasetId, pictures).catch(() => {});
  }
  await loadRuns(datasetId);
  for (const { record, picture } of withoutVectors) {
    placePicture(record, picture);
    if (listedRun(datasetId, record.id) === undefined) putRun(record);
  }
  // They are under way, so that the baselines are not made anew beside those that come.
  const stops = new Map(withVectors.map(({ record }) => [record.id, expectVectors(record)]));
  const end = () => {
    for (const { record } of withVectors) endArrival(record);
  };
  try {
    const choices = keepBeside(view, dataset.id);
    await showDataset(dataset, 'Open session', choices);
  } catch (error) {
    end();
    throw error;
  }
  const arrived = keepDataset(dataset).then(() => takeRuns(datasetId, runs, stops));
  return { arrived: arrived.finally(end) };
}

/** A run whose vectors are still to come; a page that is left before counts those that came. */
function awaitingVectors(record: RunRecord): RunRecord {
  return { ...record, status: 'waiting', doneCount: 0, failures: [], problem: null };
}

/** Lists a run whose vectors are on their way, unless it is here with some; its Cancel stops them. */
function expectVectors(record: RunRecord): AbortSignal {
  const stop = new AbortController();
  markArriving(record.id, () => stop.abort());
  const known = listedRun(record.spec.datasetId, record.id);
  if (known === undefined || (known.doneCount === 0 && !isUnderWay(known))) putRun(awaitingVectors(record));
  return stop.signal;
}

/** What did not come as a whole is left as a run that was interrupted. */
function endArrival(record: RunRecord): void {
  markArriving(record.id, null);
  const left = listedRun(record.spec.datasetId, record.id);
  if (left?.status === 'waiting' && !runsUnderWay().has(record.id))
    putRun(asInterrupted(followVectors(left)));
}

/**
 * What a session's view chooses; undefined where it holds none. What a person worked out beside it is put in place at once: it
 * belongs to its dataset, whatever is on the screen.
 */
function keepBeside(brought: unknown, datasetId: string): Partial<View> | undefined {
  const view = readView(brought);
  if (view === null) return undefined;
  const joined = joinViews(view, viewStore.getState().view, datasetId);
  const { clusterNames, ownColours, cutoffs, judgements, savedSelections, steps, ...choices } = joined;
  commit({ clusterNames, ownColours, cutoffs, judgements, savedSelections, steps });
  return choices;
}

/** The view of a session, with what this browser holds of other data and of other runs. */
function joinViews(brought: View, own: View, datasetId: string): View {
  const others = <Kept extends { datasetId: string }>(kept: readonly Kept[]) =>
    kept.filter((entry) => entry.datasetId !== datasetId);
  return {
    ...brought,
    clusterNames: { ...own.clusterNames, ...brought.clusterNames },
    ownColours: { ...own.ownColours, ...brought.ownColours },
    cutoffs: { ...own.cutoffs, ...brought.cutoffs },
    judgements: { ...own.judgements, ...brought.judgements },
    savedSelections: [...others(own.savedSelections), ...brought.savedSelections],
    // Under ids that no other step has.
    steps: [...others(own.steps), ...brought.steps.map((step, i) => ({ ...step, id: `${datasetId} ${i}` }))],
  };
}

async function takeRuns(
  datasetId: string,
  runs: SessionHead['runs'],
  stops: ReadonlyMap<string, AbortSignal>,
): Promise<void> {
  for (const { record, vectors, picture } of runs) {
    if (vectors === null) continue;
    const isStopped = () => stops.get(record.id)?.aborted === true;
    const task = {
      id: `session ${record.id}`,
      label: `Taking over the vectors of ${record.spec.model}`,
      total: record.rowCount,
      unit: 'rows',
      cancel: null,
    };
    try {
      for (let from = 0; from < record.rowCount && !isStopped(); from += rowsPerBatch) {
        reportTask({ ...task, done: from });
        const rows = Array.from(
          { length: Math.min(rowsPerBatch, record.rowCount - from) },
          (_, i) => from + i,
        );
        await takeBatch(record, vectors.digest, rows);
      }
    } finally {
      endTask(task.id);
    }
    if (!isStopped()) await compute.call('releaseVectors', { datasetId, digest: vectors.digest });
    const came = followVectors(record);
    const taken: RunRecord = isStopped() ? { ...came, status: 'cancelled' } : came;
    await compute.call('saveRun', { record: taken }).catch(() => {});
    placePicture(taken, picture);
    putRun(taken);
  }
}

async function takeBatch(record: RunRecord, digest: string, rows: readonly number[]): Promise<void> {
  const { datasetId } = record.spec;
  const { positions, values, width } = await compute.call('readVectors', { datasetId, digest, rows });
  if (positions.length === 0) return;
  const batch = { rows: Uint32Array.from(positions, (position) => rows[position]!), width, values };
  await withNewWorker(async () => {
    await createMatrix(record, width);
    return compute.receiveBatch(record.id, batch);
  });
}
