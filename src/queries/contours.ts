import { queryOptions } from '@tanstack/react-query';
import { compute } from '@/queries/compute-client';
import { layoutNumber } from '@/queries/layout-number';
import { computedForever } from '@/queries/query-client';

/** Lines of equal density of a finished map. */
export function contoursQuery(positions: Float32Array) {
  return queryOptions({
    ...computedForever,
    gcTime: 60_000,
    queryKey: ['contours', layoutNumber(positions)],
    queryFn: ({ signal }) => compute.call('drawContours', { positions }, { signal }),
  });
}
