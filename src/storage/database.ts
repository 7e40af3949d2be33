import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord, VectorBatch } from '@/core/embedding/run';

interface MurmurationSchema extends DBSchema {
  datasets: { key: string; value: { dataset: Dataset; savedAt: number } };
  datasetSummaries: { key: string; value: { id: string; name: string; rowCount: number; savedAt: number } };
  runs: { key: string; value: RunRecord; indexes: { byDataset: string } };
  /** One record a batch, in order of arrival. */
  batches: { key: number; value: { runId: string; batch: VectorBatch }; indexes: { byRun: string } };
  settings: { key: string; value: unknown };
}

export type Database = IDBPDatabase<MurmurationSchema>;

const databaseName = 'murmuration';

let opened: Promise<Database> | null = null;

/** The page's database, opened once a worker. A newer page's upgrade closes it; the next call opens it again. */
export function openDatabase(): Promise<Database> {
  opened ??= openDB<MurmurationSchema>(databaseName, 1, {
    upgrade(database) {
      database.createObjectStore('datasets');
      database.createObjectStore('datasetSummaries', { keyPath: 'id' });
      database.createObjectStore('runs', { keyPath: 'id' }).createIndex('byDataset', 'spec.datasetId');
      database.createObjectStore('batches', { autoIncrement: true }).createIndex('byRun', 'runId');
      database.createObjectStore('settings');
    },
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}
