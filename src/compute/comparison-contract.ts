import type { ListAgreement } from '@/core/comparison/list-agreement';
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
}

export const comparisonLanes = {
  compareLists: 'matrix',
} as const satisfies Record<keyof ComparisonContract, 'matrix'>;
