import { queryOptions } from '@tanstack/react-query';
import { compute } from '@/queries/compute-client';
import { computedForever, queryClient } from '@/queries/query-client';

const tourSetting = 'tour';

/** Whether the tour may be offered: until someone has taken it or said no, on this device. */
export const tourOfferQuery = queryOptions({
  ...computedForever,
  queryKey: ['tour-offer'],
  queryFn: async (): Promise<boolean> => (await compute.call('loadSetting', { key: tourSetting })) !== 'done',
});

/** Offers it no more. */
export function endTourOffer(): void {
  queryClient.setQueryData(tourOfferQuery.queryKey, false);
  // Where nothing can be kept it is offered again next time, which does no harm.
  compute.call('saveSetting', { key: tourSetting, value: 'done' }).catch(() => {});
}
