import type { SessionHead } from '@/compute/contract';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { openDataset } from '@/queries/datasets';
import { keepPictures, pictureOf, placePicture } from '@/queries/kept-pictures';
import { isSettled } from '@/queries/neighbours';
import { markArriving, putRun } from '@/queries/run-list';
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

/** Shows what a session holds: its dataset, its runs with their vectors, its view. The step can be undone. */
export async function openSession({ datasetId, runs, view }: SessionHead): Promise<void> {
  const dataset = await compute.call('takeSessionDataset', { datasetId });
  // In place before the page looks for runs, so that the baselines are not made anew beside those that come.
  const arriving = runs.filter(({ vectors }) => vectors !== null).map(({ record }) => record.id);
  const withoutVectors = runs.filter(({ vectors }) => vectors === null);
  for (const id of arriving) markArriving(id, true);
  try {
    for (const { record, vectors } of runs)
      await compute.call('saveRun', {
        record: vectors === null ? record : { ...record, status: 'cancelled' },
      });
    if (withoutVectors.length > 0) {
      const pictures = withoutVectors.map(({ record, picture }) => ({ runId: record.id, picture }));
      await keepPictures(datasetId, pictures).catch(() => {});
    }
    await openDataset(dataset, 'Open session');
    for (const { record, picture } of withoutVectors) placePicture(record, picture);
    await takeRuns(datasetId, runs);
  } finally {
    for (const id of arriving) markArriving(id, false);
  }
  const kept = readView(view);
  if (kept !== null && viewStore.getState().view.datasetId === dataset.id)
    commit({ ...joinViews(kept, viewStore.getState().view, dataset.id), datasetId: dataset.id });
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

async function takeRuns(datasetId: string, runs: SessionHead['runs']): Promise<void> {
  for (const { record, vectors, picture } of runs) {
    if (vectors === null) continue;
    const task = {
      id: `session ${record.id}`,
      label: `Taking over the vectors of ${record.spec.model}`,
      total: record.rowCount,
      unit: 'rows',
      cancel: null,
    };
    try {
      for (let from = 0; from < record.rowCount; from += rowsPerBatch) {
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
    await compute.call('releaseVectors', { datasetId, digest: vectors.digest });
    const taken = followVectors(record);
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
