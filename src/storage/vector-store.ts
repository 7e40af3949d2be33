import type { VectorBatch } from '@/core/embedding/run';
import { openDatabase } from '@/storage/database';

/** Keeps the vectors of runs as they came, batch by batch. */
export interface VectorStore {
  /** Resolves once the batch is durable. Rejects with the browser's error (QuotaExceededError when full). */
  saveBatch(runId: string, batch: VectorBatch): Promise<void>;
  /** The batches of a run in order of arrival, one in memory at a time; a later one wins for a row that comes twice. */
  readBatches(runId: string): AsyncGenerator<VectorBatch, void>;
  deleteRun(runId: string): Promise<void>;
}

export const indexedDbVectorStore: VectorStore = {
  async saveBatch(runId, batch) {
    const database = await openDatabase();
    const transaction = database.transaction('batches', 'readwrite', { durability: 'relaxed' });
    await Promise.all([transaction.store.add({ runId, batch }), transaction.done]);
  },

  async *readBatches(runId) {
    const database = await openDatabase();
    const keys = await database.getAllKeysFromIndex('batches', 'byRun', runId);
    for (const key of keys) {
      const record = await database.get('batches', key);
      if (record !== undefined) yield record.batch;
    }
  },

  async deleteRun(runId) {
    const database = await openDatabase();
    const transaction = database.transaction('batches', 'readwrite');
    const keys = await transaction.store.index('byRun').getAllKeys(runId);
    await Promise.all([...keys.map((key) => transaction.store.delete(key)), transaction.done]);
  },
};
