import { seededRandom, shuffle } from '@/core/random';
import { type BlockPyramid, buildPyramid, similarityTile } from '@/core/similarity/block-pyramid';
import { tileRowsFor } from '@/core/similarity/unit-rows';
import { finishWork } from '@/core/work';
import { chooseLevel, coarsestLevel, type TileId, tileCells, visibleTiles } from '@/gl/tiles';
import type { Kernels } from '@/kernels/kernels';
import { type BenchmarkGroup, chooseShapes, compareFigures, timeInTurns } from '../benchmark';
import { makeClusteredRows } from '../contest/clustered-rows';
import { openNodeArena } from './node-arena';

/** Side of the picture, in CSS pixels. */
const sidePx = 640;
/** Multiplications after which the full matrix is measured by its share. */
const mostWork = 2 ** 34;
const seed = 1;

/** What the matrix view waits for, beside computing all cosines, which it never does. */
export const heatTiles: BenchmarkGroup = {
  name: 'matrix picture',
  about: 'the first picture of a matrix, a pan over single pairs and a new order, beside all its cosines',
  where: 'node',
  async *run(context) {
    const arena = await openNodeArena(context);
    try {
      const { kernels } = arena.engines;
      const own = [1000, 10_000].map((n) => ({ n, d: 1024 }));
      for (const { n, d } of chooseShapes(context, own, [{ n: 100_000, d: 1024 }])) {
        context.say(`${n} × ${d}: pictures …`);
        const { rows: values } = makeClusteredRows(n, d, seed);
        const rows = { values, dims: d };
        const order = Uint32Array.from({ length: n }, (_, at) => at);
        const other = order.slice();
        shuffle(other, seededRandom(seed));
        const size = { rows: n, columns: n };
        const whole = { minX: 0, minY: 0, maxX: n, maxY: n };
        const first = visibleTiles(whole, chooseLevel(sidePx / n, size), size);
        const pyramid = finishWork(buildPyramid({ rows, order }));
        // A pan by a tile's width brings one column of single pairs, as high as the picture.
        const down = Math.min(coarsestTiles(n), Math.ceil(sidePx / tileCells) + 1);
        const pan = Array.from(
          { length: down },
          (_, rowTile): TileId => ({ level: 0, rowTile, columnTile: 0 }),
        );
        const draw = (from: BlockPyramid, tiles: readonly TileId[]) => drawTiles(kernels, rows, from, tiles);
        const full = fullMatrix(kernels, values, n, d);
        const times = await timeInTurns(
          {
            first: () => draw(finishWork(buildPyramid({ rows, order })), first),
            pan: () => draw(pyramid, pan),
            reorder: () => draw(finishWork(buildPyramid({ rows, order: other })), first),
            full: full.run,
          },
          { rounds: context.rounds },
        );
        const peer = { name: 'all cosines', value: times.full / full.share };
        for (const name of ['first', 'pan', 'reorder'] as const) {
          const words = { first: 'first picture', pan: 'pan over single pairs', reorder: 'another order' };
          yield compareFigures({
            name: `matrix: ${words[name]}`,
            n,
            d,
            unit: 'ms',
            better: 'less',
            value: times[name],
            peer,
          });
        }
      }
    } finally {
      await arena.close();
    }
  },
};

/** Tiles along a side at single pairs. */
function coarsestTiles(n: number): number {
  return coarsestLevel({ rows: n, columns: n }) === 0 ? 1 : Math.ceil(n / tileCells);
}

function drawTiles(
  { tileProduct: product }: Kernels,
  rows: { readonly values: Float32Array; readonly dims: number },
  pyramid: BlockPyramid,
  tiles: readonly TileId[],
): void {
  for (const { level, rowTile, columnTile } of tiles) {
    similarityTile({
      rows,
      lines: pyramid,
      columns: pyramid,
      level,
      rowBlock: rowTile * tileCells,
      columnBlock: columnTile * tileCells,
      size: tileCells,
      product,
    });
  }
}

/** The upper triangle of all cosines, tile by tile and not kept; of large ones the first tiles, and which share of all these are. */
function fullMatrix(
  { tileProduct }: Kernels,
  values: Float32Array,
  n: number,
  d: number,
): { run(): void; share: number } {
  const edge = tileRowsFor(d);
  const tile = new Float32Array(edge * edge);
  const bands = Math.ceil(n / edge);
  const all = (bands * (bands + 1)) / 2;
  const wanted = Math.min(all, Math.max(1, Math.floor(mostWork / (edge * edge * d))));
  return {
    share: wanted / all,
    run() {
      let left = wanted;
      for (let i = 0; i < n && left > 0; i += edge) {
        for (let j = i; j < n && left > 0; j += edge) {
          const height = Math.min(edge, n - i);
          const width = Math.min(edge, n - j);
          tileProduct(values.subarray(i * d), height, values.subarray(j * d), width, d, tile);
          left--;
        }
      }
    },
  };
}
