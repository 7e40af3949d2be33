import type { LaneHandlers } from '@/compute/job';
import { stored } from '@/compute/jobs/stored';
import {
  listDatasets,
  listRuns,
  loadDataset,
  loadSetting,
  removeDataset,
  removeRun,
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
  saveSetting: ({ key, value }) => stored(saveSetting(key, value)).then(() => null),
  loadSetting: ({ key }) => stored(loadSetting(key)),
};
