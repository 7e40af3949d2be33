import type { ProviderId } from '@/core/embedding/run';

/** How texts reach the host that was named, as the middle of a sentence; empty where that is not known or not a question. */
export function describeWay(
  provider: ProviderId,
  route: { readonly forwarder: string | null } | null,
): string {
  if (provider !== 'featherless' || route === null) return '';
  return route.forwarder === null ? ' directly' : ` through this page’s own server (${route.forwarder})`;
}
