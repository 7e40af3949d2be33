import { driveWork, type LaneHandlers } from '@/compute/job';
import { stored } from '@/compute/jobs/stored';
import { textKeys } from '@/core/embedding/text-keys';
import { indexedDbVectorStore } from '@/storage/vector-store';
import {
  listDatasets,
  listRuns,
  listSpaces,
  loadDataset,
  loadSetting,
  removeDataset,
  removeEverything,
  removeRun,
  removeSpace,
  saveRun,
  saveSetting,
} from '@/storage/workspace-store';

export const storageJobs: LaneHandlers<'storage'> = {
  loadDataset: ({ id }) => stored(loadDataset(id)),
  listDatasets: () => stored(listDatasets()),
  removeDataset: ({ id }) => stored(removeDataset(id)).then(() => null),
  saveRun: ({ record }) => stored(saveRun(record)).then(() => null),
  listRuns: ({ datasetId }) => stored(listRuns(datasetId)),
  removeRun: ({ runId }) => stored(removeRun(runId)).then(() => null),
  keyTexts: async ({ texts }, context) => {
    const keys = await driveWork(textKeys(texts), context);
    context.transfer(keys.buffer);
    return keys;
  },
  countKnown: ({ space, keys }) => stored(indexedDbVectorStore.countKnown(space, keys)),
  compactSpace: ({ space }) => stored(indexedDbVectorStore.compact(space)).then(() => null),
  listSpaces: () => stored(listSpaces()),
  removeSpace: ({ space }) => stored(removeSpace(space)).then(() => null),
  removeEverything: () => stored(removeEverything()).then(() => null),
  saveSetting: ({ key, value }) => stored(saveSetting(key, value)).then(() => null),
  loadSetting: ({ key }) => stored(loadSetting(key)),
};
