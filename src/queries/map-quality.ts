import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { LayoutQuality } from '@/core/projection/map-quality';
import { sampleMembers, shufflePlaces } from '@/core/projection/map-sample';
import type { ProjectionSettings } from '@/core/projection/projection';
import { distinctMembers } from '@/core/projection/spread-twins';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { projectionQuery } from '@/queries/projection';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';
import { endTask, reportTask } from '@/state/tasks';

/** How far a finished map can be believed, beside PCA and a shuffled map of the same points. */
export interface MapQuality {
  readonly map: LayoutQuality;
  readonly pca: LayoutQuality;
  readonly shuffled: LayoutQuality;
  /** Neighbours looked at. */
  readonly k: number;
  /** Different vectors on the map, and how many of them were looked at. */
  readonly points: number;
  readonly sampled: number;
  /** Trustworthiness of each dataset row; NaN where it was not looked at. */
  readonly trustOfRow: Float32Array;
}

const neighboursMeasured = 15;
const limits = { all: 5000, some: 2000 };
const mostPairs = 200_000;
const seed = 1;

/** @param startRun as in projectionQuery */
export function mapQualityQuery(
  run: RunRecord,
  settings: ProjectionSettings,
  startRun: RunRecord | null = null,
) {
  const projection = projectionQuery(run, settings, startRun);
  return queryOptions({
    ...computedForever,
    queryKey: ['map-quality', ...projection.queryKey],
    queryFn: async ({ signal }): Promise<MapQuality> => {
      const map = await awaitQuery(projection, signal);
      const pca = await awaitQuery(projectionQuery(run, { ...settings, method: 'pca' }), signal);
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const twinOf = await compute.call('findTwins', { matrix: run.id, members }, { signal });
      const isFromFile = settings.method === 'columns';
      const distinct = isFromFile
        ? placedMembers(members, twinOf, map.positions)
        : distinctMembers(members, twinOf);
      const places = placesOf(map.positions, distinct);
      const layouts = [places, placesOf(pca.positions, distinct), shufflePlaces(places, seed)];
      const sample = sampleMembers(distinct.length, limits, seed);
      const pairs = Math.min(mostPairs, sample.length * Math.max(0, distinct.length - 1));
      const request = {
        matrix: run.id,
        members: distinct,
        layouts,
        k: neighboursMeasured,
        sample,
        pairs,
        seed,
      };
      const task = { id: `quality ${run.id}`, label: `Measuring the map of ${runName(run.spec)}` };
      try {
        const measured = await compute.call('measureMaps', request, {
          signal,
          onProgress: (progress) => reportTask({ ...task, ...progress, unit: 'rows', cancel: null }),
        });
        const [ofMap, ofPca, ofShuffled] = measured as [LayoutQuality, LayoutQuality, LayoutQuality];
        const trustOfRow = new Float32Array(run.rowCount).fill(Number.NaN);
        sample.forEach((member, i) => {
          trustOfRow[distinct[member]!] = ofMap.trust[i]!;
        });
        // Places from a file are not those of the vectors: what holds for one row says nothing of its twin.
        if (!isFromFile)
          members.forEach((row, i) => {
            trustOfRow[row] = trustOfRow[twinOf[i]!]!;
          });
        return {
          map: ofMap,
          pca: ofPca,
          shuffled: ofShuffled,
          k: neighboursMeasured,
          points: distinct.length,
          sampled: sample.length,
          trustOfRow,
        };
      } finally {
        endTask(task.id);
      }
    },
  });
}

/** Of rows with the same vector the first that has a place. */
function placedMembers(
  members: Uint32Array,
  twinOf: Int32Array,
  positions: Float32Array,
): Uint32Array<ArrayBuffer> {
  const seen = new Set<number>();
  return Uint32Array.from(
    members.filter((row, i) => {
      const twin = twinOf[i]!;
      if (Number.isNaN(positions[2 * row]!) || seen.has(twin)) return false;
      seen.add(twin);
      return true;
    }),
  );
}

/** The places of some rows, in their order, in a new array. */
export function placesOf(positions: Float32Array, rows: Uint32Array): Float32Array<ArrayBuffer> {
  const places = new Float32Array(rows.length * 2);
  rows.forEach((row, i) => {
    places[2 * i] = positions[2 * row]!;
    places[2 * i + 1] = positions[2 * row + 1]!;
  });
  return places;
}
