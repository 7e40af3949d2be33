import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import type { RowSearch } from '@/core/dataset/row-shelf';
import { compute } from '@/queries/compute-client';
import { askAboutRows } from '@/queries/dataset-rows';
import { computedForever } from '@/queries/query-client';

const keptForMs = 30_000;
const longestMs = 10_000;

/**
 * Rows of which some column holds a text or a match of a pattern, ascending. A later question takes the place of an
 * earlier one. Fails where a pattern goes on for more than ten seconds.
 */
export function searchRowsQuery(dataset: Dataset, search: RowSearch) {
  return queryOptions({
    ...computedForever,
    gcTime: keptForMs,
    queryKey: ['search-rows', dataset.id, search],
    queryFn: async ({ signal }): Promise<Uint32Array> => {
      const limit = AbortSignal.timeout(longestMs);
      const either = AbortSignal.any([signal, limit]);
      try {
        return await askAboutRows(
          dataset,
          () => compute.call('searchRows', { dataset: dataset.id, search }, { signal: either }),
          either,
        );
      } catch (error) {
        if (limit.aborted && !signal.aborted)
          throw new Error('This takes longer than 10 seconds and was stopped. A simpler pattern is faster.');
        throw error;
      }
    },
  });
}
