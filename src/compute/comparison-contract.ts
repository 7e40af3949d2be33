import type { Job as AnyJob } from '@/compute/job-shape';
import type { HsicTerms } from '@/core/comparison/linear-cka';
import type { ListAgreement } from '@/core/comparison/list-agreement';
import type { MovingGroup } from '@/core/comparison/moving-groups';
import type { ProcrustesAgreement } from '@/core/comparison/procrustes';
import type { Estimate } from '@/core/evaluation/bootstrap';
import type { GoldScores } from '@/core/evaluation/gold-pairs';
import type { LabelScores } from '@/core/evaluation/label-scores';
import type { ReductionCost } from '@/core/evaluation/reduction-cost';
import type { SpaceScores } from '@/core/evaluation/space-scores';
import type { WorkProgress } from '@/core/work';

type Job<Args, Result> = AnyJob<Args, Result, WorkProgress>;

interface Lists {
  /** members.length × listLength dataset rows, nearest first. */
  readonly ids: Int32Array;
  readonly listLength: number;
}

interface Pair {
  readonly a: string;
  readonly b: string;
  readonly members: Uint32Array;
}

/**
 * The jobs that measure and compare runs; each only reads matrices, so any worker of the pool can do it. Members are the rows
 * compared: ascending, with a vector in every run.
 */
export interface ComparisonContract {
  /** How far two runs' neighbour lists among the same rows agree. */
  compareLists: Job<
    { a: Int32Array; b: Int32Array; count: number; k: number; listLength: number },
    ListAgreement
  >;
  /** Groups of rows whose neighbourhoods change in the same way from the first run to the second; lists of positions. */
  findMovingGroups: Job<
    { a: Int32Array; b: Int32Array; count: number; k: number; listLength: number },
    MovingGroup[]
  >;
  /** Ranks of the cosines of all pairs of members, or of a sample: the same pairs for every run. */
  rankPairs: Job<{ matrix: string; members: Uint32Array }, Float32Array<ArrayBuffer>>;
  /** RSA from two runs' ranks over `count` rows. */
  correlatePairs: Job<{ ranksA: Float32Array; ranksB: Float32Array; count: number }, Estimate>;
  /** What HSIC of a run with itself is made of. */
  describeSpace: Job<{ matrix: string; members: Uint32Array }, HsicTerms>;
  /** Debiased CKA of two runs, given what describes each. */
  compareSpaces: Job<Pair & { ofA: HsicTerms; ofB: HsicTerms }, Estimate>;
  /** Corrected Procrustes agreement of two runs; up to a minute where rows and widths are many. */
  alignSpaces: Job<Pair, ProcrustesAgreement>;
  /** Spread, hubness and dimension of one run. */
  scoreSpace: Job<{ matrix: string; members: Uint32Array } & Lists, SpaceScores>;
  /** Effective rank of one run; null where nothing varies. */
  measureRank: Job<{ matrix: string; members: Uint32Array }, number | null>;
  /** Scores by labels of one run; the lists are among the members. */
  scoreLabels: Job<
    {
      matrix: string;
      members: Uint32Array;
      classOf: Int32Array;
      classCount: number;
      k: number;
      similarities: Float32Array;
    } & Lists,
    LabelScores
  >;
  /** What every smaller way to keep a run's vectors costs. Positions count the members, or the labelled ones. */
  measureReductions: Job<
    {
      matrix: string;
      members: Uint32Array;
      queries: Uint32Array;
      labelled: {
        members: Uint32Array;
        queries: Uint32Array;
        classOf: Int32Array;
        classCount: number;
        k: number;
      } | null;
    },
    ReductionCost[]
  >;
  /** How well a run's cosines follow judgements of pairs; two rows a pair. */
  scorePairs: Job<
    { matrix: string; rows: Uint32Array; scores: Float64Array; kind: 'score' | 'same' },
    GoldScores
  >;
}

export const comparisonLanes = {
  compareLists: 'matrix',
  findMovingGroups: 'matrix',
  rankPairs: 'matrix',
  correlatePairs: 'matrix',
  describeSpace: 'matrix',
  compareSpaces: 'matrix',
  alignSpaces: 'matrix',
  scoreSpace: 'matrix',
  measureRank: 'matrix',
  scoreLabels: 'matrix',
  measureReductions: 'matrix',
  scorePairs: 'matrix',
} as const satisfies Record<keyof ComparisonContract, 'matrix'>;
