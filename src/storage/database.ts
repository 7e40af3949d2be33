import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Dataset } from '@/core/dataset/dataset';
import { asWritten, type RunRecord, type VectorBatch } from '@/core/embedding/run';
import type { VectorSpace } from '@/core/embedding/vector-space';
import { convertAllBatches, type Writing } from '@/storage/convert-batches';
import { finishTransaction } from '@/storage/finish-transaction';

/** What a chunk holds, apart from its vectors: small, so that known texts are found without reading vectors. */
interface ChunkHead {
  /** Id of the vector space. */
  readonly space: string;
  /** Numbers a vector. */
  readonly width: number;
  /** Keys of the texts (core/embedding/text-keys), packed, one a vector. */
  readonly keys: Uint32Array<ArrayBuffer>;
}

export interface MurmurationSchema extends DBSchema {
  datasets: { key: string; value: { dataset: Dataset; savedAt: number } };
  datasetSummaries: { key: string; value: { id: string; name: string; rowCount: number; savedAt: number } };
  runs: { key: string; value: RunRecord; indexes: { byDataset: string } };
  spaces: { key: string; value: VectorSpace };
  chunks: { key: number; value: ChunkHead; indexes: { bySpace: string } };
  /** Vectors of the chunk with the same key, as they came: row-major. */
  chunkValues: { key: number; value: Float32Array<ArrayBuffer> };
  /** Batches of schema 1 whose texts were not there when schema 2 came; converted as soon as their dataset is kept again. */
  batches: { key: number; value: { runId: string; batch: VectorBatch }; indexes: { byRun: string } };
  settings: { key: string; value: unknown };
}

export type Database = IDBPDatabase<MurmurationSchema>;

const databaseName = 'murmuration';
/** What a run of schema 2 did not have yet. */
const fresh = { estimatedTokens: 0, cost: null } as const satisfies Partial<RunRecord>;

const schemaVersion = 3;

/** Runs from before schema 3 sent their texts as they were written. */
async function completeRuns(transaction: Writing): Promise<void> {
  for (
    let run = await transaction.objectStore('runs').openCursor();
    run !== null;
    run = await run.continue()
  ) {
    const { spec, ...record } = run.value;
    await run.update({ ...fresh, ...record, spec: { ...spec, texts: asWritten } });
  }
}

let opened: Promise<Database> | null = null;

/** The page's database, opened once a worker. A newer page's upgrade closes it; the next call opens it again. */
export function openDatabase(): Promise<Database> {
  opened ??= openDB<MurmurationSchema>(databaseName, schemaVersion, {
    async upgrade(database, oldVersion, _newVersion, transaction) {
      if (oldVersion < 1) {
        database.createObjectStore('datasets');
        database.createObjectStore('datasetSummaries', { keyPath: 'id' });
        database.createObjectStore('runs', { keyPath: 'id' }).createIndex('byDataset', 'spec.datasetId');
        database.createObjectStore('batches', { autoIncrement: true }).createIndex('byRun', 'runId');
        database.createObjectStore('settings');
      }
      if (oldVersion < 2) {
        database.createObjectStore('spaces', { keyPath: 'id' });
        database.createObjectStore('chunks', { autoIncrement: true }).createIndex('bySpace', 'space');
        database.createObjectStore('chunkValues');
      }
      const convert = async () => {
        if (oldVersion < 2) await convertAllBatches(transaction);
        if (oldVersion < 3) await completeRuns(transaction);
      };
      await finishTransaction(transaction, convert()).catch(() => {});
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
