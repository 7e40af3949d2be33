import { queryOptions } from '@tanstack/react-query';
import type { KeptSpace } from '@/compute/contract';
import { vectorSpaceOf } from '@/core/embedding/vector-space';
import { compute } from '@/queries/compute-client';
import { queryClient } from '@/queries/query-client';
import { cancelRun, removeRun } from '@/queries/run-engine';
import { loadedRuns } from '@/queries/run-list';

/** What this browser keeps for the page. */
export interface StorageState {
  /** By model, the largest first. */
  readonly spaces: readonly KeptSpace[];
  /** Bytes the page takes and may take, as the browser estimates them; null where it does not say. */
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  /** Whether the browser promised not to clear it when space is short; null where it cannot promise. */
  readonly isPersisted: boolean | null;
}

/** Missing where the page is not served securely. */
function storageManager(): StorageManager | undefined {
  return (navigator as { readonly storage?: StorageManager }).storage;
}

export function storageQuery() {
  return queryOptions({
    queryKey: ['storage'],
    networkMode: 'always',
    staleTime: 0,
    retry: false,
    queryFn: async (): Promise<StorageState> => {
      const manager = storageManager();
      const [spaces, estimate, isPersisted] = await Promise.all([
        compute.call('listSpaces', null),
        manager?.estimate(),
        manager?.persisted(),
      ]);
      return {
        spaces,
        usedBytes: estimate?.usage ?? null,
        quotaBytes: estimate?.quota ?? null,
        isPersisted: isPersisted ?? null,
      };
    },
  });
}

/** Deletes the vectors of a space, and the runs that were drawn from them, here and in storage. */
export async function deleteSpace(spaceId: string): Promise<void> {
  for (const run of loadedRuns()) if (vectorSpaceOf(run.spec).id === spaceId) await removeRun(run);
  await compute.call('removeSpace', { space: spaceId });
  await queryClient.invalidateQueries({ queryKey: storageQuery().queryKey });
}

/** Deletes texts, runs, vectors and settings, and begins anew: what is still in memory goes with a reload. */
export async function deleteEverything(): Promise<void> {
  for (const { id } of loadedRuns()) cancelRun(id);
  await compute.call('removeEverything', null);
  location.reload();
}

/** Asks the browser to keep the page's storage when it is short of space. False where it refused. */
export async function persistStorage(): Promise<boolean> {
  const isPersisted = (await storageManager()?.persist()) ?? false;
  await queryClient.invalidateQueries({ queryKey: storageQuery().queryKey });
  return isPersisted;
}
