import type { TableHead, TableSource } from '@/compute/contract';
import type { Dataset } from '@/core/dataset/dataset';
import type { PlacesChoice } from '@/core/dataset/join-coordinates';
import { compute } from '@/queries/compute-client';
import { endTask, reportTask } from '@/state/tasks';

export type { TableHead };

/** A part of a file that takes longer than this has damaged counts in it, or is larger than this browser can read. */
const stallMs = 120_000;

/** Reads pasted texts or files in a worker, which keeps the table; only its head comes back. */
export async function parseSource(
  name: string,
  source: TableSource,
  signal: AbortSignal,
): Promise<TableHead> {
  const task = { id: 'read source', label: `Reading ${name}`, unit: 'rows', cancel: null };
  try {
    return await compute.call('parseTable', source, {
      signal,
      stallMs,
      onProgress: (progress) => reportTask({ ...task, ...progress }),
    });
  } finally {
    endTask(task.id);
  }
}

/** Makes a dataset of a table in a worker; with `appendTo` its rows become another set of that dataset. */
export function buildFromTable(
  table: TableHead,
  choice: {
    readonly textColumn: number;
    readonly labelColumn: number | null;
    readonly coordinates: readonly [number, number] | null;
  },
  appendTo: Dataset | null,
  signal: AbortSignal,
): Promise<Dataset> {
  // Not stopped on the way: a build that could not answer in time would cost the worker, and the table with it.
  signal.throwIfAborted();
  return compute.call('buildDataset', { table: table.id, ...choice, appendTo });
}

/** Says that the vectors of files without texts are those of a dataset. Rejects with `bad-table` where the rows are not as many. */
export function attachVectors(table: TableHead, { id, rowCount }: Dataset): Promise<null> {
  return compute.call('attachVectors', { table: table.id, datasetId: id, rowCount });
}

/** A dataset with a ready map out of a table that was read. Rejects with `bad-table` where its rows are others. */
export function joinPlaces(
  table: TableHead,
  choice: PlacesChoice,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<Dataset> {
  signal.throwIfAborted();
  return compute.call('joinCoordinates', { table: table.id, choice, dataset });
}
