import { QueryClient } from '@tanstack/react-query';
import { ComputeError } from '@/compute/compute-error';
import { ProviderError } from '@/core/embedding/provider-error';

/** Whether a query has the workers compute something, which the status line says as long as it does. */
export const isWork = ({ meta }: { readonly meta?: Record<string, unknown> | undefined }): boolean =>
  meta?.isWork === true;

/** Results of the workers are the same whenever they are asked for: never stale, never shared structurally, no network. */
export const computedForever = {
  meta: { isWork: true },
  networkMode: 'always',
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 10 * 60_000,
  structuralSharing: false,
  retry: (failures: number, error: Error) =>
    failures < 1 && error instanceof ComputeError && error.code === 'restarted',
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** What a person asked a server for: asked once, and once more where the trouble may pass; never by itself again. */
export const askedOnce = {
  networkMode: 'always',
  retry: (failures: number, error: Error) => failures < 1 && error instanceof ProviderError && error.mayPass,
  retryDelay: 1500,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
  refetchOnMount: false,
} as const;

export const queryClient = new QueryClient();
