import type { Dataset } from '@/core/dataset/dataset';
import { isRemote, type RunRecord } from '@/core/embedding/run';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { convertBatches } from '@/storage/convert-batches';
import { openDatabase } from '@/storage/database';
import { finishTransaction } from '@/storage/finish-transaction';
import { indexedDbVectorStore, type SpaceUsage } from '@/storage/vector-store';

export async function saveDataset(dataset: Dataset, savedAt: number): Promise<void> {
  const database = await openDatabase();
  const transaction = database.transaction(['datasets', 'datasetSummaries'], 'readwrite');
  const { id, name, rowCount } = dataset;
  await Promise.all([
    transaction.objectStore('datasets').put({ dataset, savedAt }, id),
    transaction.objectStore('datasetSummaries').put({ id, name, rowCount, savedAt }),
    transaction.done,
  ]);
  await placeOldBatches(dataset);
}

/** Batches of schema 1 that waited for the texts they belong to. */
async function placeOldBatches({ id, texts }: Dataset): Promise<void> {
  const database = await openDatabase();
  if ((await database.count('batches')) === 0) return;
  const transaction = database.transaction(Array.from(database.objectStoreNames), 'readwrite');
  const place = async () => {
    const runs = await transaction.objectStore('runs').index('byDataset').getAll(id);
    await convertBatches(transaction, runs, texts);
  };
  await finishTransaction(transaction, place());
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

/** Removes a dataset and its runs. Vectors that a server sent stay for other datasets with the same texts. */
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

/** Removes a run. Vectors that a server sent stay; those of a baseline or a file serve no other run and go. */
export async function removeRun(runId: string): Promise<void> {
  const database = await openDatabase();
  const run = await database.get('runs', runId);
  await database.delete('runs', runId);
  if (run !== undefined && !isRemote(run.spec.provider))
    await indexedDbVectorStore.deleteSpace(vectorSpaceOf(run.spec).id);
}

/** Vectors kept of one model, and the datasets whose runs use them. */
export interface KeptSpace extends SpaceUsage {
  readonly datasetNames: readonly string[];
}

/** What is kept of each model, the largest first. */
export async function listSpaces(): Promise<KeptSpace[]> {
  const database = await openDatabase();
  const [usages, runs, datasets] = await Promise.all([
    indexedDbVectorStore.measureSpaces(),
    database.getAll('runs'),
    database.getAll('datasetSummaries'),
  ]);
  return usages.map((usage) => {
    const using = runs.filter(({ spec }) => vectorSpaceOf(spec).id === usage.space.id);
    const ids = new Set(using.map(({ spec }) => spec.datasetId));
    return { ...usage, datasetNames: datasets.filter(({ id }) => ids.has(id)).map(({ name }) => name) };
  });
}

/** Removes the vectors of a space and the runs that were drawn from them. */
export async function removeSpace(spaceId: string): Promise<void> {
  const database = await openDatabase();
  for (const { id, spec } of await database.getAll('runs'))
    if (vectorSpaceOf(spec).id === spaceId) await database.delete('runs', id);
  await indexedDbVectorStore.deleteSpace(spaceId);
}

/** Empties the page's storage: texts, runs, vectors, settings. */
export async function removeEverything(): Promise<void> {
  const database = await openDatabase();
  const stores = Array.from(database.objectStoreNames);
  const transaction = database.transaction(stores, 'readwrite');
  await Promise.all([...stores.map((name) => transaction.objectStore(name).clear()), transaction.done]);
}

export async function saveSetting(key: string, value: unknown): Promise<void> {
  await (await openDatabase()).put('settings', value, key);
}

export async function loadSetting(key: string): Promise<unknown> {
  return (await openDatabase()).get('settings', key);
}
