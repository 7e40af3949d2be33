import { queryOptions } from '@tanstack/react-query';
import { compute } from '@/queries/compute-client';
import { computedForever } from '@/queries/query-client';

export function datasetQuery(id: string) {
  return queryOptions({
    ...computedForever,
    gcTime: Number.POSITIVE_INFINITY,
    queryKey: ['dataset', id],
    queryFn: () => compute.call('loadDataset', { id }),
  });
}
