import { queryOptions } from '@tanstack/react-query';
import type { Dataset } from '@/core/dataset/dataset';
import type { RowCondition, RowSort } from '@/core/dataset/row-shelf';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';

const keptForMs = 30_000;

/** Gives the worker that sorts and searches the dataset's columns. */
function holdRows(dataset: Dataset, signal?: AbortSignal) {
  const columns = dataset.columns.map(({ cells }) => cells);
  return compute.call('holdRows', { dataset: dataset.id, texts: dataset.texts, columns }, { signal });
}

/** Asks the worker about the rows of a dataset; where it holds another one, or was replaced, it is given this one first. */
export async function askAboutRows<Answer>(
  dataset: Dataset,
  ask: () => Promise<Answer | null>,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await ask();
  if (answer !== null) return answer;
  await holdRows(dataset, signal);
  const second = await ask();
  if (second === null) throw new Error('The rows were changed while they were read. Try again.');
  return second;
}

/** Names of the columns that hold numbers and nothing else. */
export function numericColumnsQuery(dataset: Dataset) {
  return queryOptions({
    ...computedForever,
    queryKey: ['numeric-columns', dataset.id],
    queryFn: async ({ signal }): Promise<ReadonlySet<string>> => {
      const { numeric } = await holdRows(dataset, signal);
      return new Set(dataset.columns.filter((_, i) => numeric[i]).map(({ name }) => name));
    },
  });
}

/**
 * Rows that meet all conditions, sorted; without a sort by index. `key` tells equal requests from different ones and
 * names the computed columns they use, so that arrays need not be compared.
 */
export function arrangedRowsQuery(
  dataset: Dataset,
  key: readonly unknown[],
  conditions: readonly RowCondition[],
  sort: RowSort | null,
) {
  return queryOptions({
    ...computedForever,
    gcTime: keptForMs,
    queryKey: ['arranged-rows', dataset.id, ...key],
    queryFn: ({ signal }): Promise<Uint32Array> => {
      const request = { dataset: dataset.id, conditions, sort };
      return askAboutRows(dataset, () => compute.call('arrangeRows', request, { signal }), signal);
    },
  });
}
