import type { KeyedOrder } from '@/compute/contract';
import type { RunRecord } from '@/core/embedding/run';
import { combineTiles, type TwoRuns } from '@/core/similarity/combine-tiles';
import { compute } from '@/queries/compute-client';
import { ensureMatrix } from '@/queries/run-matrix';

/** Cells along each side of a tile. */
const tileSize = 256;

/** Where a drawn matrix comes from; `key` tells it from every other. */
export interface MatrixTiles {
  readonly key: string;
  load(level: number, rowTile: number, columnTile: number, signal: AbortSignal): Promise<Float32Array>;
}

/** What of a run a matrix shows. Rows are dataset rows with a vector. */
export interface MatrixContent {
  readonly lines: KeyedOrder;
  /** The same as the lines where null. */
  readonly columns: KeyedOrder | null;
  /** Whether rows are taken less their mean. */
  readonly centred: boolean;
  /** What a cell of several pairs shows. */
  readonly cells: 'mean' | 'largest';
}

/**
 * The similarity matrix of a run in tiles of 256 × 256 cells, NaN beyond the end. A cell of `level` stands for 2^level × 2^level
 * pairs: their mean, or their largest cosine.
 */
export function tileSource(run: RunRecord, { lines, columns, centred, cells }: MatrixContent): MatrixTiles {
  // Rows that arrive later make another matrix.
  const keyed = ({ key, rows }: KeyedOrder): KeyedOrder => ({ key: `${key} ${run.doneCount}`, rows });
  const down = keyed(lines);
  const across = columns === null ? null : keyed(columns);
  const kind = `${centred ? 'centred' : 'plain'} ${cells}`;
  return {
    key: `${run.id} ${kind} ${down.key} × ${across?.key ?? 'same'}`,
    load: async (level, rowTile, columnTile, signal) => {
      await ensureMatrix(run);
      return compute.call(
        'drawTile',
        {
          matrix: run.id,
          lines: down,
          columns: across,
          centred,
          cells,
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

/** Two runs in one matrix, each on the scale of its own pairs. */
export function combinedSource(
  a: MatrixTiles,
  b: MatrixTiles,
  { lines, columns }: MatrixContent,
  runs: Omit<TwoRuns, 'lines' | 'columns'>,
): MatrixTiles {
  const orders = { lines: lines.rows, columns: (columns ?? lines).rows };
  const scales = [runs.a.mean, runs.a.sd, runs.b.mean, runs.b.sd].join(' ');
  return {
    key: `${runs.kind} of ${a.key} and ${b.key} on ${scales}`,
    load: async (level, rowTile, columnTile, signal) => {
      const place = {
        level,
        rowBlock: rowTile * tileSize,
        columnBlock: columnTile * tileSize,
        size: tileSize,
      };
      const [ofA, ofB] = await Promise.all([
        a.load(level, rowTile, columnTile, signal),
        b.load(level, rowTile, columnTile, signal),
      ]);
      return combineTiles(ofA, ofB, place, { ...runs, ...orders });
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
