import { driveWork, type LaneHandlers } from '@/compute/job';
import { findClusters } from '@/core/clustering/find-clusters';
import { keywordsOf } from '@/core/clustering/keywords';
import { patternWords, segmenterWords } from '@/core/embedding/baseline/split-words';
import { countTerms, type TermCounts } from '@/core/embedding/baseline/term-counts';
import { densityContours } from '@/core/projection/density-contours';
import { takeNearest } from '@/core/similarity/row-lists';

export function createClusterJobs(): LaneHandlers<'clusters'> {
  const split = segmenterWords() ?? patternWords;
  /** The words of the texts asked for last. */
  let counted: { key: string; counts: TermCounts } | null = null;

  return {
    findClusters: async ({ lists, ...request }, context) => {
      const found = await driveWork(findClusters({ ...request, ...takeNearest(lists, request.k) }), context);
      context.transfer(found.clusterOf.buffer);
      return found;
    },

    drawContours: ({ positions }, context) => driveWork(densityContours(positions), context),

    findKeywords: async ({ textsKey, texts, ...request }, context) => {
      if (counted?.key !== textsKey) {
        const counts = await driveWork(countTerms(texts, split), context);
        counted = { key: textsKey, counts };
      }
      return driveWork(keywordsOf({ texts, counts: counted.counts, ...request }), context);
    },
  };
}
