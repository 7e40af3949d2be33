import type { Job } from '@/compute/job-shape';
import type { Dataset } from '@/core/dataset/dataset';
import type { TextColumn } from '@/core/dataset/text-column';
import type { RunRecord, TextOptions } from '@/core/embedding/run';
import type { SentTexts } from '@/core/embedding/sent-texts';
import type { SpendEstimate } from '@/core/embedding/spend-estimate';
import type { VectorSpace } from '@/core/embedding/vector-space';
import type { WorkProgress } from '@/core/work';

/** What is kept of one model, and the datasets whose runs use it. */
export interface KeptSpace {
  readonly space: VectorSpace;
  readonly vectorCount: number;
  readonly byteCount: number;
  readonly datasetNames: readonly string[];
}

/** A dataset in storage without its texts. */
export interface DatasetSummary {
  readonly id: string;
  readonly name: string;
  readonly rowCount: number;
  readonly savedAt: number;
}

/** The jobs that keep texts, runs, vectors and settings. */
export interface StorageContract {
  /** Keeps one of the datasets built last, from the worker that built it. */
  saveDataset: Job<{ id: string; savedAt: number }, null>;
  loadDataset: Job<{ id: string }, Dataset | null>;
  listDatasets: Job<null, DatasetSummary[]>;
  /** Removes a dataset with its runs. Vectors that a server sent stay. */
  removeDataset: Job<{ id: string }, null>;
  saveRun: Job<{ record: RunRecord }, null>;
  listRuns: Job<{ datasetId: string }, RunRecord[]>;
  /** Removes a run. Vectors that a server sent stay. */
  removeRun: Job<{ runId: string }, null>;
  /** What is sent for every text, and the key by which its vectors are kept. */
  prepareTexts: Job<{ texts: TextColumn; options: TextOptions }, SentTexts, WorkProgress>;
  /** What sending the texts whose vectors are not kept yet would cost. */
  estimateSpend: Job<
    {
      space: string;
      sent: Pick<SentTexts, 'keys' | 'tokens'>;
      /** Rows of the run that failed before. */
      failed: Uint32Array;
      windowTokens: number | null;
    },
    SpendEstimate
  >;
  /** How many of the keys have a vector in a space, for each length of vector; the most frequent length first. */
  countKnown: Job<{ space: string; keys: Uint32Array }, { width: number; count: number }[]>;
  /** Merges the small pieces in which vectors of a space arrived. */
  compactSpace: Job<{ space: string }, null>;
  listSpaces: Job<null, KeptSpace[]>;
  /** Removes the vectors of a space and the runs that were drawn from them. */
  removeSpace: Job<{ space: string }, null>;
  /** Texts, runs, vectors and settings. */
  removeEverything: Job<null, null>;
  saveSetting: Job<{ key: string; value: unknown }, null>;
  loadSetting: Job<{ key: string }, unknown>;
}

export const storageLanes = {
  saveDataset: 'table',
  loadDataset: 'storage',
  listDatasets: 'storage',
  removeDataset: 'storage',
  saveRun: 'storage',
  listRuns: 'storage',
  removeRun: 'storage',
  prepareTexts: 'storage',
  estimateSpend: 'storage',
  countKnown: 'storage',
  compactSpace: 'storage',
  listSpaces: 'storage',
  removeSpace: 'storage',
  removeEverything: 'storage',
  saveSetting: 'storage',
  loadSetting: 'storage',
} as const;
