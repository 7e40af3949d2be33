import type { IDBPTransaction, StoreNames } from 'idb';
import type { TextColumn } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { keysAt, textKeys } from '@/core/embedding/text-keys';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { finishWork } from '@/core/work';
import type { MurmurationSchema } from '@/storage/database';
import { bytesOf, chunkBytes, cutToChunks, type KeyedVectors } from '@/storage/keyed-vectors';

export type Writing = IDBPTransaction<
  MurmurationSchema,
  StoreNames<MurmurationSchema>[],
  'readwrite' | 'versionchange'
>;

/**
 * Turns the batches of schema 1, which belonged to a run's rows, into chunks, which belong to texts. What cannot be placed
 * because its dataset is not kept stays where it is, unless it costs nothing to embed again: then it is dropped, like
 * batches without a run.
 */
export async function convertAllBatches(transaction: Writing): Promise<void> {
  const runs = await transaction.objectStore('runs').getAll();
  const known = new Set<string>();
  for (const datasetId of new Set(runs.map(({ spec }) => spec.datasetId))) {
    const ofDataset = runs.filter(({ spec }) => spec.datasetId === datasetId);
    const kept = await transaction.objectStore('datasets').get(datasetId);
    if (kept !== undefined) await convertBatches(transaction, ofDataset, kept.dataset.texts);
    else for (const { id, spec } of ofDataset) if (spec.provider !== 'baseline') known.add(id);
  }
  for (const key of await transaction.objectStore('batches').getAllKeys()) {
    const batch = await transaction.objectStore('batches').get(key);
    if (batch !== undefined && !known.has(batch.runId)) await transaction.objectStore('batches').delete(key);
  }
}

/** Turns the batches of the runs of one dataset into chunks. Does nothing for runs that have none. */
export async function convertBatches(
  transaction: Writing,
  runs: readonly RunRecord[],
  texts: TextColumn,
): Promise<void> {
  const batches = transaction.objectStore('batches');
  let keys: Uint32Array | null = null;
  for (const run of runs) {
    const ids = await batches.index('byRun').getAllKeys(run.id);
    if (ids.length === 0) continue;
    keys ??= finishWork(textKeys(texts));
    const space = vectorSpaceOf(run.spec);
    await transaction.objectStore('spaces').put(space);
    let pieces: KeyedVectors[] = [];
    const write = async () => {
      for (const width of new Set(pieces.map((piece) => piece.width)))
        for (const { values, ...head } of cutToChunks(pieces.filter((piece) => piece.width === width))) {
          const id = await transaction.objectStore('chunks').add({ space: space.id, ...head });
          await transaction.objectStore('chunkValues').put(values, id);
        }
      pieces = [];
    };
    // In schema 1 the latest batch won for a row that came twice, here the first vector of a key does.
    for (const id of ids.reverse()) {
      const batch = (await batches.get(id))?.batch;
      await batches.delete(id);
      if (batch === undefined) continue;
      pieces.push({ ...batch, keys: keysAt(keys, batch.rows) });
      if (pieces.reduce((sum, piece) => sum + bytesOf(piece), 0) >= chunkBytes) await write();
    }
    await write();
  }
}
