import { queryOptions } from '@tanstack/react-query';
import type { Keyword } from '@/core/clustering/keywords';
import type { Dataset } from '@/core/dataset/dataset';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';
import type { RowSubset } from '@/queries/row-subset';

const keywordsShown = 8;

/** The words that tell some rows from all others, best first. */
export function selectionWordsQuery(dataset: Dataset, subset: RowSubset) {
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey: ['selection-words', dataset.id, subset.key],
    queryFn: async ({ signal }): Promise<Keyword[]> => {
      const groupOf = new Int32Array(dataset.rowCount).fill(-1);
      for (const row of subset.rows) groupOf[row] = 0;
      const [found = []] = await compute.call(
        'findKeywords',
        { textsKey: dataset.id, texts: dataset.texts, groupOf, groupCount: 1, most: keywordsShown },
        { signal },
      );
      return found;
    },
  });
}
