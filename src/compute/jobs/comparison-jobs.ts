import type { ComparisonContract } from '@/compute/comparison-contract';
import { driveWork, type LaneHandlers } from '@/compute/job';
import type { MatrixShelf } from '@/compute/jobs/matrix-shelf';
import { hsicTerms, linearCka } from '@/core/comparison/linear-cka';
import { listAgreement } from '@/core/comparison/list-agreement';
import { findMovingGroups } from '@/core/comparison/moving-groups';
import { procrustesAgreement } from '@/core/comparison/procrustes';
import { rankedPairs, rankSimilarity } from '@/core/comparison/rank-similarity';
import { goldScores } from '@/core/evaluation/gold-pairs';
import { labelScores } from '@/core/evaluation/label-scores';
import { reductionCosts } from '@/core/evaluation/reduction-cost';
import { effectiveRank, spaceScores } from '@/core/evaluation/space-scores';
import { cosineOf } from '@/core/similarity/cosine';
import { smallerGram } from '@/core/similarity/gram';
import { pairCosines, samplePairs } from '@/core/similarity/pair-sample';
import { averageRanksOf } from '@/core/similarity/sort-order';
import type { Kernels } from '@/kernels/kernels';

/** The jobs that measure and compare runs. */
export function createComparisonJobs(
  shelf: MatrixShelf,
  kernelsReady: Promise<Kernels>,
): Pick<LaneHandlers<'matrix'>, keyof ComparisonContract> {
  const sideOf = async (matrix: string, members: Uint32Array) => {
    const { rows } = await shelf.complete(matrix);
    return { rows, indices: members };
  };

  return {
    compareLists: async (request, context) => {
      const agreement = await driveWork(listAgreement(request), context);
      context.transfer(agreement.perRow.buffer);
      return agreement;
    },

    findMovingGroups: (request, context) => driveWork(findMovingGroups(request), context),
    rankPairs: async ({ matrix, members }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      const pairs = samplePairs(members.length, rankedPairs(members.length));
      const cosines = await driveWork(pairCosines({ rows, members, pairs, product }), context);
      const ranks = await driveWork(averageRanksOf(cosines), context);
      context.transfer(ranks.buffer);
      return ranks;
    },

    correlatePairs: async ({ ranksA, ranksB, count }, context) => {
      const pairs = samplePairs(count, rankedPairs(count));
      return driveWork(rankSimilarity({ ranksA, ranksB, pairs, count }), context);
    },

    describeSpace: async ({ matrix, members }, context) => {
      const side = await sideOf(matrix, members);
      const { tileProduct: product } = await kernelsReady;
      return driveWork(hsicTerms({ x: side, y: side, product }), context);
    },

    compareSpaces: async ({ a, b, members, ofA, ofB }, context) => {
      const [x, y] = [await sideOf(a, members), await sideOf(b, members)];
      const { tileProduct: product } = await kernelsReady;
      const ofPair = await driveWork(hsicTerms({ x, y, product }), context);
      return driveWork(linearCka({ ofPair, ofA, ofB }), context);
    },

    alignSpaces: async ({ a, b, members }, context) => {
      const [x, y] = [await sideOf(a, members), await sideOf(b, members)];
      const { tileProduct: product } = await kernelsReady;
      return driveWork(procrustesAgreement({ x, y, product }), context);
    },

    scoreSpace: async ({ matrix, members, ...lists }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      const gram = await driveWork(smallerGram({ rows, members, product }), context);
      const scores = await driveWork(spaceScores({ rows, members, gram, ...lists, product }), context);
      context.transfer(scores.inListsOf.buffer);
      return scores;
    },

    measureRank: async ({ matrix, members }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      const gram = await driveWork(smallerGram({ rows, members, product }), context);
      return driveWork(effectiveRank(gram), context);
    },

    scoreLabels: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product } = await kernelsReady;
      return driveWork(labelScores({ rows, ...request, product }), context);
    },

    measureReductions: async ({ matrix, ...request }, context) => {
      const { rows } = await shelf.complete(matrix);
      const { tileProduct: product, openRowProducts } = await kernelsReady;
      return driveWork(reductionCosts({ rows, ...request, product, openRowProducts }), context);
    },

    scorePairs: async ({ matrix, rows: pairs, scores, kind }, context) => {
      const { rows } = await shelf.complete(matrix);
      const cosines = Float64Array.from(scores, (_, i) => cosineOf(rows, pairs[2 * i]!, pairs[2 * i + 1]!));
      return driveWork(goldScores(cosines, scores, kind), context);
    },
  };
}
