import { driveWork, type LaneHandlers } from '@/compute/job';
import { umapLayout } from '@/core/projection/umap';

const layoutEveryEpochs = 10;

export const projectionJobs: LaneHandlers<'projection'> = {
  layOut: (request, context) =>
    driveWork(umapLayout({ ...request, layoutEvery: layoutEveryEpochs }), context),
};
