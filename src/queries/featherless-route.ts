import { queryOptions } from '@tanstack/react-query';
import { type FeatherlessRoute, findFeatherlessRoute } from '@/providers/openai-compatible/featherless-route';
import { computedForever, queryClient } from '@/queries/query-client';

const decidedOnce = queryOptions<FeatherlessRoute>({
  ...computedForever,
  gcTime: Number.POSITIVE_INFINITY,
  queryKey: ['featherless-route'],
  queryFn: () => findFeatherlessRoute(location.origin, new AbortController().signal),
});

/**
 * Whether requests to Featherless go directly or through the page's own server: decided once a page, by a request without a
 * key that the first thing a person asks of Featherless causes. Screens only look.
 */
export const featherlessRouteQuery = queryOptions({ ...decidedOnce, enabled: false });

/** The route, found out at the first call. */
export function routeToFeatherless(): Promise<FeatherlessRoute> {
  return queryClient.fetchQuery(decidedOnce);
}
