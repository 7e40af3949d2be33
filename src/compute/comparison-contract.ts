import type { ListAgreement } from '@/core/comparison/list-agreement';
import type { MovingGroup } from '@/core/comparison/moving-groups';
import type { WorkProgress } from '@/core/work';

interface Job<Args, Result> {
  args: Args;
  result: Result;
  progress: WorkProgress;
}

/** The jobs that measure and compare runs. Members are the rows compared: ascending, with a vector in every run. */
export interface ComparisonContract {
  /** How far two runs' neighbour lists among the same rows agree. Progress counts rows, then draws. */
  compareLists: Job<
    { a: Int32Array; b: Int32Array; count: number; k: number; listLength: number },
    ListAgreement
  >;
  /** Groups of rows whose neighbourhoods change in the same way from the first run to the second; lists of positions. */
  findMovingGroups: Job<
    { a: Int32Array; b: Int32Array; count: number; k: number; listLength: number },
    MovingGroup[]
  >;
}

export const comparisonLanes = {
  compareLists: 'matrix',
  findMovingGroups: 'matrix',
} as const satisfies Record<keyof ComparisonContract, 'matrix'>;
