import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { guardCell, tabbedLines } from '@/core/export/csv-cells';
import type { ProjectionSettings } from '@/core/projection/projection';
import { awaitQuery } from '@/queries/await-query';
import { clusterNames, clusterNamesOfRows, clustersQuery } from '@/queries/clusters';
import { compute } from '@/queries/compute-client';
import { pictureOf } from '@/queries/kept-pictures';
import { mapQualityQuery } from '@/queries/map-quality';
import { isSettled, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { projectionQuery } from '@/queries/projection';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';
import { viewStore } from '@/state/view';

/** Points (CSV) of all runs; maps not drawn and clusters not found yet are made first. `clusters.names` are a person's own, by signature; with `rows` only those are written. */
export async function exportPoints(
  dataset: Dataset,
  runs: readonly RunRecord[],
  settings: ProjectionSettings,
  clusters: { resolution: number; names: Readonly<Record<string, string>> },
  rows?: readonly number[],
): Promise<Blob> {
  const points = [];
  for (const run of runs) {
    const picture = isSettled(run) ? null : await pictureOf(run, false);
    const projection = isSettled(run) ? await awaitQuery(projectionQuery(run, settings)) : picture?.map;
    const quality = isSettled(run) ? await awaitQuery(mapQualityQuery(run, settings)) : null;
    const found = isSettled(run)
      ? await awaitQuery(clustersQuery(run, clusters.resolution))
      : (picture?.clusters ?? null);
    points.push({
      id: run.id,
      clusters:
        found === null ? null : { names: clusterNames(found, clusters.names), ofRow: found.clusterOf },
      positions: projection?.positions ?? null,
      trust: quality?.trustOfRow ?? null,
    });
  }
  // Texts and columns stand by themselves where there is no run at all.
  if (points.length === 0) points.push({ id: '', clusters: null, positions: null, trust: null });
  return compute.call('writePoints', { dataset, runs: points, rows: rows ?? null });
}

/** Similarity matrix (CSV) of a run: of all rows, or of some (ascending) with each other. */
export async function exportSimilarities(run: RunRecord, rows: readonly number[] | null): Promise<Blob> {
  await ensureMatrix(run);
  const listed =
    rows === null
      ? Uint32Array.from({ length: run.rowCount }, (_, row) => row)
      : Uint32Array.from(rows.filter((row) => row < run.rowCount));
  const isListed = new Set(listed);
  const members = compute.membersOf(run.id).filter((row) => isListed.has(row));
  return compute.call('exportSimilarities', { matrix: run.id, listed, members });
}

/**
 * Rows of a run with texts, columns, vectors, places and clusters: as Parquet, or as the pair of files of the Embedding Projector.
 * What is not there yet is made first; with `rows` only those are written.
 */
export async function exportRows(
  format: 'parquet' | 'projector',
  dataset: Dataset,
  run: RunRecord,
  settings: ProjectionSettings,
  { resolution, names }: { resolution: number; names: Readonly<Record<string, string>> },
  rows: readonly number[] | null,
): Promise<Blob> {
  const { positions } = await awaitQuery(projectionQuery(run, settings));
  const clusters = clusterNamesOfRows(await awaitQuery(clustersQuery(run, resolution)), names);
  await ensureMatrix(run);
  const npy = await compute.call('exportVectors', { matrix: run.id });
  const contents = {
    dataset,
    runId: run.id,
    rows,
    width: run.width ?? 0,
    npy,
    positions,
    clusters,
  };
  const task = {
    id: `rows ${format} ${run.id}`,
    label: `Writing ${runName(run.spec)}`,
    unit: 'rows',
    cancel: null,
  };
  try {
    return await compute.call(format === 'parquet' ? 'writeParquet' : 'writeProjector', contents, {
      onProgress: (progress) => reportTask({ ...task, ...progress }),
    });
  } finally {
    endTask(task.id);
  }
}

/** Vectors (NPY) of a run. */
export async function exportVectors(run: RunRecord): Promise<Blob> {
  await ensureMatrix(run);
  return compute.call('exportVectors', { matrix: run.id });
}

/** The rows nearest to one row, in every run that has a vector of it, as lines for a spreadsheet. */
export async function neighboursTable(
  dataset: Dataset,
  runs: readonly RunRecord[],
  row: number,
): Promise<string> {
  const lines = [['run', 'place', 'row', 'similarity', 'text']];
  for (const run of runs.filter(isSettled)) {
    const found = neighboursOf(
      await awaitQuery(neighboursQuery(run)),
      row,
      viewStore.getState().view.neighbourCount,
    );
    found?.forEach((near, place) => {
      const text = guardCell(textAt(dataset.texts, near.row));
      lines.push([run.id, String(place + 1), String(near.row), near.similarity.toFixed(6), text]);
    });
  }
  return tabbedLines(lines);
}

/** Neighbours (JSONL) of all runs, as many as the inspector lists. */
export async function exportNeighbours(runs: readonly RunRecord[]): Promise<Blob> {
  const lists = [];
  for (const run of runs.filter(isSettled)) {
    const { members, ids, similarities, k } = await awaitQuery(neighboursQuery(run));
    lists.push({ id: run.id, members, ids, similarities, listLength: k });
  }
  return compute.call('writeNeighbours', { runs: lists, k: viewStore.getState().view.neighbourCount });
}
