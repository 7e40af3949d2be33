import type { ComparisonContract } from '@/compute/comparison-contract';
import { driveWork, type LaneHandlers } from '@/compute/job';
import { listAgreement } from '@/core/comparison/list-agreement';
import { findMovingGroups } from '@/core/comparison/moving-groups';

/** The jobs that measure and compare runs. */
export function createComparisonJobs(): Pick<LaneHandlers<'matrix'>, keyof ComparisonContract> {
  return {
    compareLists: async (request, context) => {
      const agreement = await driveWork(listAgreement(request), context);
      context.transfer(agreement.perRow.buffer);
      return agreement;
    },

    findMovingGroups: (request, context) => driveWork(findMovingGroups(request), context),
  };
}
