import { driveWork, type LaneHandlers } from '@/compute/job';
import { stored } from '@/compute/jobs/stored';
import { remoteBatches } from '@/core/embedding/batch-size';
import { prepareTexts } from '@/core/embedding/sent-texts';
import { estimateSpend } from '@/core/embedding/spend-estimate';
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
  prepareTexts: async ({ texts, options }, context) => {
    const sent = await driveWork(prepareTexts(texts, options), context);
    context.transfer(sent.keys.buffer, sent.lengths.buffer, sent.tokens.buffer);
    return sent;
  },
  estimateSpend: async ({ space, sent, failed, windowTokens }) => {
    const known = await stored(indexedDbVectorStore.findKnown(space, sent.keys));
    const isKnown = known[0]?.flags ?? new Uint8Array(sent.tokens.length);
    return estimateSpend(sent, isKnown, failed, windowTokens, remoteBatches);
  },
  countKnown: async ({ space, keys }) => {
    const known = await stored(indexedDbVectorStore.findKnown(space, keys));
    return known.map(({ width, count }) => ({ width, count }));
  },
  compactSpace: ({ space }) => stored(indexedDbVectorStore.compact(space)).then(() => null),
  listSpaces: () => stored(listSpaces()),
  removeSpace: ({ space }) => stored(removeSpace(space)).then(() => null),
  removeEverything: () => stored(removeEverything()).then(() => null),
  saveSetting: ({ key, value }) => stored(saveSetting(key, value)).then(() => null),
  loadSetting: ({ key }) => stored(loadSetting(key)),
};
