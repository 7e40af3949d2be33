import { driveWork, type LaneHandlers } from '@/compute/job';
import { umapLayout } from '@/core/projection/umap';

/** A layout shown is a picture drawn; more often than this they would only queue. */
const layoutEveryMs = 150;

export const projectionJobs: LaneHandlers<'projection'> = {
  layOut: (request, context) => driveWork(umapLayout(request), context, layoutEveryMs),
};
