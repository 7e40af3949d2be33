import { queryOptions, useQuery } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { ProjectionSettings } from '@/core/projection/projection';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { layoutNumber } from '@/queries/layout-number';
import { computedForever } from '@/queries/query-client';
import { nearestToTextQuery, queryVectorQuery } from '@/queries/query-vector';
import { ensureMatrix } from '@/queries/run-matrix';
import { spreadQuery } from '@/queries/spread';
import { askedTextStore } from '@/state/asked-text';

/** A typed text on the map of a run. */
export interface PlacedText {
  readonly text: string;
  /** In the map's own coordinates. */
  readonly x: number;
  readonly y: number;
  /** Rows that it was placed by, nearest first. */
  readonly near: readonly number[];
}

/** Where a finished map has its rows; `isPlane` for principal components as they are. */
interface MapLayout {
  /** rowCount × 2, compared by identity. */
  readonly positions: Float32Array;
  readonly isPlane: boolean;
}

const fewestNeighbours = 10;

function placedTextQuery(
  dataset: Dataset,
  run: RunRecord,
  text: string,
  { neighbours, minDist }: ProjectionSettings,
  { positions, isPlane }: MapLayout,
) {
  const k = Math.max(fewestNeighbours, neighbours);
  return queryOptions({
    ...computedForever,
    retry: false,
    gcTime: 60_000,
    queryKey: ['placed-text', run.id, run.doneCount, text, k, minDist, layoutNumber(positions), isPlane],
    queryFn: async ({ signal }): Promise<PlacedText | null> => {
      const nearest = await awaitQuery(nearestToTextQuery(dataset, run, text, k), signal);
      const near = nearest.map(({ row }) => row);
      if (isPlane) {
        const vector = await awaitQuery(queryVectorQuery(dataset, run, text), signal);
        const { plane, members } = await awaitQuery(spreadQuery(run), signal);
        await ensureMatrix(run);
        const place = await compute.call(
          'placeOnPlane',
          { matrix: run.id, members, plane, vector },
          { signal },
        );
        return { text, x: place[0]!, y: place[1]!, near };
      }
      const places = await compute.call(
        'placeByNeighbours',
        { ids: Int32Array.from(near), k: near.length, positions, minDist },
        { signal },
      );
      const [x, y] = places;
      return x === undefined || y === undefined || Number.isNaN(x) ? null : { text, x, y, near };
    },
  });
}

/**
 * The text asked for last, on a map of a run: only where that run was asked, since others might send it to a server nobody
 * chose for it. Null while there is none.
 */
export function usePlacedText(
  dataset: Dataset,
  run: RunRecord,
  settings: ProjectionSettings,
  layout: MapLayout | null,
): PlacedText | null {
  const asked = useStore(askedTextStore, (store) => store.asked);
  const isAsked = asked !== null && asked.datasetId === dataset.id && asked.runIds.includes(run.id);
  const query = useQuery({
    ...placedTextQuery(dataset, run, asked?.text ?? '', settings, layout ?? nowhere),
    enabled: isAsked && layout !== null,
    refetchOnMount: false,
  });
  return isAsked && layout !== null ? (query.data ?? null) : null;
}

const nowhere: MapLayout = { positions: new Float32Array(0), isPlane: false };
