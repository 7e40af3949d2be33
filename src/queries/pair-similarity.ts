import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { computedForever } from '@/queries/query-client';
import { cosinesOfPair } from '@/queries/tiles';

/** Cosine of two dataset rows in a run, float64; null where it has no vector of one of them. */
export function pairSimilarityQuery(run: RunRecord, a: number, b: number) {
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey: ['pair-similarity', run.id, run.doneCount, Math.min(a, b), Math.max(a, b)],
    queryFn: async () => (await cosinesOfPair([run], a, b))[0] ?? null,
  });
}
