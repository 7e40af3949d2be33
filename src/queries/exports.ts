import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { neighboursJsonl } from '@/core/export/neighbours-jsonl';
import { pointsCsv } from '@/core/export/points-csv';
import type { ProjectionSettings } from '@/core/projection/projection';
import { awaitQuery } from '@/queries/await-query';
import { clusterNamesOfRows, clustersQuery } from '@/queries/clusters';
import { compute } from '@/queries/compute-client';
import { mapQualityQuery } from '@/queries/map-quality';
import { isSettled, neighboursQuery } from '@/queries/neighbours';
import { projectionQuery } from '@/queries/projection';
import { ensureMatrix } from '@/queries/run-matrix';
import { viewStore } from '@/state/view';

/** Lets the page draw between two parts of a long file. */
const pause = () => new Promise((resolve) => setTimeout(resolve));

async function collect(parts: Iterable<string>): Promise<Blob> {
  const collected: string[] = [];
  for (const part of parts) {
    collected.push(part);
    if (collected.length % 4 === 0) await pause();
  }
  return new Blob(collected);
}

/** Points (CSV) of all runs; maps not drawn and clusters not found yet are made first. `clusters.names` are a person's own, by signature; with `rows` only those are written. */
export async function exportPoints(
  dataset: Dataset,
  runs: readonly RunRecord[],
  settings: ProjectionSettings,
  clusters: { resolution: number; names: Readonly<Record<string, string>> },
  rows?: readonly number[],
): Promise<Blob> {
  const points = [];
  for (const run of runs) {
    const projection = isSettled(run) ? await awaitQuery(projectionQuery(run, settings)) : null;
    const quality = isSettled(run) ? await awaitQuery(mapQualityQuery(run, settings)) : null;
    const found = isSettled(run) ? await awaitQuery(clustersQuery(run, clusters.resolution)) : null;
    points.push({
      id: run.id,
      clusters: found === null ? null : clusterNamesOfRows(found, clusters.names),
      positions: projection?.positions ?? null,
      trust: quality?.trustOfRow ?? null,
    });
  }
  return collect(pointsCsv(dataset, points, rows));
}

/** Similarity matrix (CSV) of a run. */
export async function exportSimilarities(run: RunRecord): Promise<Blob> {
  await ensureMatrix(run);
  const members = compute.membersOf(run.id);
  return new Blob(await compute.call('exportSimilarities', { matrix: run.id, members }));
}

/** Vectors (NPY) of a run. */
export async function exportVectors(run: RunRecord): Promise<Blob> {
  await ensureMatrix(run);
  return new Blob(await compute.call('exportVectors', { matrix: run.id }));
}

/** Neighbours (JSONL) of all runs, as many as the inspector lists. */
export async function exportNeighbours(runs: readonly RunRecord[]): Promise<Blob> {
  const lists = [];
  for (const run of runs.filter(isSettled)) {
    const { members, ids, similarities, k } = await awaitQuery(neighboursQuery(run));
    lists.push({ id: run.id, members, ids, similarities, listLength: k });
  }
  return collect(neighboursJsonl(lists, viewStore.getState().view.neighbourCount));
}
