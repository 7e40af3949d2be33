import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { openDatabase } from '@/storage/database';
import { indexedDbVectorStore } from '@/storage/vector-store';

export async function saveDataset(dataset: Dataset, savedAt: number): Promise<void> {
  const database = await openDatabase();
  const transaction = database.transaction(['datasets', 'datasetSummaries'], 'readwrite');
  const { id, name, rowCount } = dataset;
  await Promise.all([
    transaction.objectStore('datasets').put({ dataset, savedAt }, id),
    transaction.objectStore('datasetSummaries').put({ id, name, rowCount, savedAt }),
    transaction.done,
  ]);
}

export async function loadDataset(id: string): Promise<Dataset | null> {
  const database = await openDatabase();
  return (await database.get('datasets', id))?.dataset ?? null;
}

/** Newest first. */
export async function listDatasets(): Promise<
  { id: string; name: string; rowCount: number; savedAt: number }[]
> {
  const database = await openDatabase();
  const all = await database.getAll('datasetSummaries');
  return all.sort((a, b) => b.savedAt - a.savedAt);
}

/** Removes a dataset, its runs and their vectors. */
export async function removeDataset(id: string): Promise<void> {
  for (const run of await listRuns(id)) await removeRun(run.id);
  const database = await openDatabase();
  const transaction = database.transaction(['datasets', 'datasetSummaries'], 'readwrite');
  await Promise.all([
    transaction.objectStore('datasets').delete(id),
    transaction.objectStore('datasetSummaries').delete(id),
    transaction.done,
  ]);
}

export async function saveRun(record: RunRecord): Promise<void> {
  await (await openDatabase()).put('runs', record);
}

/** The runs of a dataset in the order they were added. */
export async function listRuns(datasetId: string): Promise<RunRecord[]> {
  const runs = await (await openDatabase()).getAllFromIndex('runs', 'byDataset', datasetId);
  return runs.sort((a, b) => a.slot - b.slot);
}

export async function removeRun(runId: string): Promise<void> {
  await indexedDbVectorStore.deleteRun(runId);
  await (await openDatabase()).delete('runs', runId);
}

export async function saveSetting(key: string, value: unknown): Promise<void> {
  await (await openDatabase()).put('settings', value, key);
}

export async function loadSetting(key: string): Promise<unknown> {
  return (await openDatabase()).get('settings', key);
}
