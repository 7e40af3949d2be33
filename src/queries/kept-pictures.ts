import type { RunRecord } from '@/core/embedding/run';
import type { KeptPicture } from '@/core/export/kept-picture';
import { clampSettings, layoutOfVectors } from '@/core/projection/projection';
import { awaitQuery } from '@/queries/await-query';
import { type Clusters, clustersQuery } from '@/queries/clusters';
import { compute } from '@/queries/compute-client';
import { isSettled } from '@/queries/neighbours';
import { type Projection, projectionQuery } from '@/queries/projection';
import { queryClient } from '@/queries/query-client';
import { viewStore } from '@/state/view';

interface PictureOfRun {
  readonly runId: string;
  readonly picture: KeptPicture;
}

const settingOf = (datasetId: string) => `pictures ${datasetId}`;

/** Map and clusters of a run as the view asks for them; with `isMade` they are made where they are not there yet. */
export async function pictureOf(run: RunRecord, isMade: boolean): Promise<KeptPicture> {
  const { view } = viewStore.getState();
  const settings = layoutOfVectors(view.projection);
  const [map, clusters] = [projectionQuery(run, settings), clustersQuery(run, view.clusterResolution)];
  const canMake = isMade && isSettled(run);
  const projection = canMake
    ? await awaitQuery(map)
    : (queryClient.getQueryData<Projection>(map.queryKey) ?? null);
  return {
    map: projection === null ? null : { settings, ...projection },
    clusters: canMake
      ? await awaitQuery(clusters)
      : (queryClient.getQueryData<Clusters>(clusters.queryKey) ?? null),
  };
}

/** Puts a kept map and kept clusters where they are looked for, so that they are shown as they were. */
export function placePicture(run: RunRecord, { map, clusters }: KeptPicture): void {
  const put = (queryKey: readonly unknown[], data: object) => {
    // Without vectors they could not be made again.
    if (run.doneCount === 0) queryClient.setQueryDefaults(queryKey, { gcTime: Number.POSITIVE_INFINITY });
    queryClient.setQueryData(queryKey, data);
  };
  if (map !== null) {
    const { settings, ...projection } = map;
    put(projectionQuery(run, clampSettings(settings)).queryKey, projection satisfies Projection);
  }
  if (clusters !== null) put(clustersQuery(run, clusters.resolution).queryKey, clusters satisfies Clusters);
}

/** Keeps the pictures of runs whose vectors are not here, for the next visit. */
export function keepPictures(datasetId: string, pictures: readonly PictureOfRun[]): Promise<null> {
  return compute.call('saveSetting', { key: settingOf(datasetId), value: pictures });
}

/** Shows what was kept of runs that have no vectors. */
export async function restorePictures(datasetId: string, runs: readonly RunRecord[]): Promise<void> {
  if (runs.every(({ doneCount }) => doneCount > 0)) return;
  const stored = await compute.call('loadSetting', { key: settingOf(datasetId) }).catch(() => null);
  if (!Array.isArray(stored)) return;
  for (const { runId, picture } of stored as PictureOfRun[]) {
    const run = runs.find(({ id }) => id === runId);
    if (run?.doneCount === 0) placePicture(run, picture);
  }
}

export function forgetPictures(datasetId: string): Promise<null> {
  return compute.call('saveSetting', { key: settingOf(datasetId), value: null });
}
