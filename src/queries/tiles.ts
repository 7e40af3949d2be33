import type { RunRecord } from '@/core/embedding/run';
import { compute } from '@/queries/compute-client';
import { ensureMatrix } from '@/queries/run-matrix';

/** Cells along each side of a tile. */
const tileSize = 256;

/** Where a drawn matrix comes from; `key` tells it from every other. */
export interface MatrixTiles {
  readonly key: string;
  load(level: number, rowTile: number, columnTile: number, signal: AbortSignal): Promise<Float32Array>;
}

/**
 * The similarity matrix of a run, its rows in `order` (dataset rows with a vector), in tiles of 256 × 256 cells. A cell of `level` is
 * the mean cosine of 2^level × 2^level pairs, NaN beyond the end. `orderKey` names the order: equal keys, equal orders.
 */
export function tileSource(run: RunRecord, orderKey: string, order: Uint32Array): MatrixTiles {
  // Rows that arrive later make another matrix.
  const fullKey = `${orderKey} ${run.doneCount}`;
  return {
    key: `${run.id} ${fullKey}`,
    load: async (level, rowTile, columnTile, signal) => {
      await ensureMatrix(run);
      return compute.call(
        'drawTile',
        {
          matrix: run.id,
          orderKey: fullKey,
          order,
          level,
          rowBlock: rowTile * tileSize,
          columnBlock: columnTile * tileSize,
          size: tileSize,
        },
        { signal },
      );
    },
  };
}

/** Cosines of dataset rows a and b, one a run in their order, float64; null where a run has no vector of one of them. */
export function cosinesOfPair(runs: readonly RunRecord[], a: number, b: number): Promise<(number | null)[]> {
  // A row without a vector is zero, so its cosine with itself is 0.
  const rows = Uint32Array.of(a, b, a, a, b, b);
  return Promise.all(
    runs.map(async (run) => {
      await ensureMatrix(run);
      const [cosine, ownA, ownB] = await compute.call('comparePairs', { matrix: run.id, rows });
      return cosine === undefined || ownA === 0 || ownB === 0 ? null : cosine;
    }),
  );
}
