import { ComputeError } from '@/compute/compute-error';
import type { LaneHandlers } from '@/compute/job';
import {
  listDatasets,
  listRuns,
  loadDataset,
  loadSetting,
  removeDataset,
  removeRun,
  saveDataset,
  saveRun,
  saveSetting,
} from '@/storage/workspace-store';

/** Storage errors keep the browser's words: they say whether it is full, blocked or broken. */
async function stored<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw new ComputeError('storage', describeRefusal(error));
  }
}

export function describeRefusal(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'The browser’s storage for this page is full.';
  const words = error instanceof Error ? error.message : String(error);
  return `The browser’s storage did not take it: ${words}`;
}

export const storageJobs: LaneHandlers<'storage'> = {
  saveDataset: ({ dataset, savedAt }) => stored(saveDataset(dataset, savedAt)).then(() => null),
  loadDataset: ({ id }) => stored(loadDataset(id)),
  listDatasets: () => stored(listDatasets()),
  removeDataset: ({ id }) => stored(removeDataset(id)).then(() => null),
  saveRun: ({ record }) => stored(saveRun(record)).then(() => null),
  listRuns: ({ datasetId }) => stored(listRuns(datasetId)),
  removeRun: ({ runId }) => stored(removeRun(runId)).then(() => null),
  saveSetting: ({ key, value }) => stored(saveSetting(key, value)).then(() => null),
  loadSetting: ({ key }) => stored(loadSetting(key)),
};
