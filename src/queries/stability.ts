import { queryOptions } from '@tanstack/react-query';
import type { RunRecord } from '@/core/embedding/run';
import { type ProjectionSettings, projectionRanges } from '@/core/projection/projection';
import { distinctMembers } from '@/core/projection/spread-twins';
import { awaitQuery } from '@/queries/await-query';
import { compute } from '@/queries/compute-client';
import { placesOf } from '@/queries/map-quality';
import { projectionQuery } from '@/queries/projection';
import { computedForever } from '@/queries/query-client';
import { ensureMatrix } from '@/queries/run-matrix';

/** What stays of a map when it is drawn from other seeds. */
export interface MapStability {
  /** Share of its nearest on the map that each dataset row keeps, 0 to 1; NaN without a vector. */
  readonly keptOfRow: Float32Array;
  /** Mean over the different vectors. */
  readonly mean: number;
  /** Dataset rows that wander, ascending. */
  readonly wandering: readonly number[];
  /** Neighbours looked at, and other seeds drawn. */
  readonly k: number;
  readonly seeds: number;
}

const neighboursMeasured = 15;
const otherSeeds = 4;

/** Draws the map of a run from four more seeds and holds it against them. */
export function stabilityQuery(run: RunRecord, settings: ProjectionSettings) {
  const projection = projectionQuery(run, settings);
  return queryOptions({
    ...computedForever,
    queryKey: ['stability', ...projection.queryKey],
    queryFn: async ({ signal }): Promise<MapStability> => {
      const map = await awaitQuery(projection, signal);
      await ensureMatrix(run);
      const members = compute.membersOf(run.id);
      const twinOf = await compute.call('findTwins', { matrix: run.id, members }, { signal });
      const distinct = distinctMembers(members, twinOf);
      const others: Float32Array[] = [];
      for (let step = 1; step <= otherSeeds; step++) {
        const seed = (settings.seed + step) % (projectionRanges.seed.max + 1);
        const other = await awaitQuery(projectionQuery(run, { ...settings, seed }), signal);
        others.push(placesOf(other.positions, distinct));
      }
      const { kept, wandering, k } = await compute.call(
        'measureStability',
        { layout: placesOf(map.positions, distinct), others, k: neighboursMeasured },
        { signal },
      );
      const keptOfRow = new Float32Array(run.rowCount).fill(Number.NaN);
      distinct.forEach((row, i) => {
        keptOfRow[row] = kept[i]!;
      });
      members.forEach((row, i) => {
        keptOfRow[row] = keptOfRow[twinOf[i]!]!;
      });
      return {
        keptOfRow,
        mean: kept.reduce((sum, share) => sum + share, 0) / Math.max(1, kept.length),
        wandering: Array.from(wandering, (at) => distinct[at]!),
        k,
        seeds: otherSeeds,
      };
    },
  });
}
