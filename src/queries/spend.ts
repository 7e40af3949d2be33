import { queryOptions } from '@tanstack/react-query';
import { type RunSpec, rowPrefixOf } from '@/core/embedding/run';
import { runIdOf } from '@/core/embedding/run-id';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { compute } from '@/queries/compute-client';
import { sentTextsQuery } from '@/queries/matrix-source';
import { computedForever, queryClient } from '@/queries/query-client';
import { listedRun } from '@/queries/run-list';

/**
 * What a run would cost, from estimates and what is kept; nothing leaves the page for it. `windowTokens` is the longest text
 * the model reads, null where unknown. It is estimated anew whenever it is shown, since other runs deliver meanwhile.
 */
export function spendQuery(spec: RunSpec, windowTokens: number | null) {
  return queryOptions({
    ...computedForever,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    queryKey: [
      'spend',
      vectorSpaceOf(spec).id,
      spec.datasetId,
      rowPrefixOf(spec.texts),
      spec.texts.maxTokens,
      windowTokens,
    ],
    queryFn: async ({ signal }) => {
      const sent = await queryClient.fetchQuery(sentTextsQuery(spec.datasetId, spec.texts));
      const { keys, tokens } = sent;
      const space = vectorSpaceOf(spec).id;
      const failures = listedRun(spec.datasetId, runIdOf(spec))?.failures ?? [];
      const failed = Uint32Array.from(failures, ({ row }) => row);
      return compute.call(
        'estimateSpend',
        { space, sent: { keys, tokens }, failed, windowTokens },
        { signal },
      );
    },
  });
}
