import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** Means of blocks of consecutive rows in an order, each level's blocks eight times those below; about an eighth of the rows' size. */
export interface BlockPyramid {
  /** Row indices in the order of the matrix. */
  readonly order: Uint32Array;
  /** levels[0] has the means of 8 rows each, levels[1] of 64, and so on until one block holds all; the last block of a level is the mean of what it has. */
  readonly levels: readonly Float32Array<ArrayBuffer>[];
}

/** Children a block. */
const fanOut = 8;
const fanOutBits = 3;

/** Builds the means for `order` (which the pyramid keeps) in one pass: sums in float64, means stored in float32. */
export function* buildPyramid(request: {
  readonly rows: UnitRows;
  readonly order: Uint32Array;
}): Work<BlockPyramid> {
  const { rows, order } = request;
  const { values, dims } = rows;
  const total = order.length;
  const rowsAYield = rowsPerYield(dims);
  const levels: Float32Array<ArrayBuffer>[] = [];
  for (let span = fanOut; span < total * fanOut && total > 1; span *= fanOut) {
    levels.push(new Float32Array(Math.ceil(total / span) * dims));
  }
  const sums = levels.map(() => new Float64Array(dims));
  for (let at = 0; at < total; at++) {
    const start = order[at]! * dims;
    const lowest = sums[0];
    if (lowest) for (let k = 0; k < dims; k++) lowest[k]! += values[start + k]!;
    let span = fanOut;
    for (let level = 0; level < levels.length; level++, span *= fanOut) {
      if ((at + 1) % span !== 0 && at + 1 < total) break;
      closeBlock(sums, level, levels[level]!, at, span);
    }
    if ((at + 1) % rowsAYield === 0) yield { done: at + 1, total };
  }
  return { order, levels };
}

/** Writes the mean of the block that ends at ordered row `last`, hands its sum to the level above and starts anew. */
function closeBlock(
  sums: Float64Array[],
  level: number,
  means: Float32Array,
  last: number,
  span: number,
): void {
  const sum = sums[level]!;
  const above = sums[level + 1];
  const block = Math.floor(last / span);
  const size = last + 1 - block * span;
  for (let k = 0; k < sum.length; k++) {
    means[block * sum.length + k] = sum[k]! / size;
    if (above) above[k]! += sum[k]!;
    sum[k] = 0;
  }
}

/**
 * One tile of the ordered similarity matrix: size × size cells, cell (i, j) being the mean cosine between block rowBlock + i and
 * block columnBlock + j of 2^level ordered rows each (the last block may have fewer). A block with itself is without the
 * diagonal, but a single row with itself is 1. Cells beyond the end are NaN. The mean over a block is the product of the two mean
 * vectors, so a tile costs the same at every level; a few milliseconds up to a size of 256. The caller owns the result.
 */
export function similarityTile(request: {
  readonly rows: UnitRows;
  readonly pyramid: BlockPyramid;
  readonly level: number;
  readonly rowBlock: number;
  readonly columnBlock: number;
  readonly size: number;
  readonly product: TileProduct;
}): Float32Array<ArrayBuffer> {
  const { rows, pyramid, level, rowBlock, columnBlock, size, product } = request;
  const tile = new Float32Array(size * size).fill(Number.NaN);
  const span = 2 ** level;
  const blocks = Math.ceil(pyramid.order.length / span);
  const height = Math.max(0, Math.min(size, blocks - rowBlock));
  const width = Math.max(0, Math.min(size, blocks - columnBlock));
  if (height === 0 || width === 0) return tile;

  const lineMeans = blockMeans(rows, pyramid, level, rowBlock, height);
  const columnMeans =
    rowBlock === columnBlock ? lineMeans : blockMeans(rows, pyramid, level, columnBlock, width);
  const products = new Float32Array(height * width);
  product(lineMeans, height, columnMeans, width, rows.dims, products);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      let mean = products[i * width + j]!;
      if (rowBlock + i === columnBlock + j) {
        const own = Math.min(span, pyramid.order.length - (rowBlock + i) * span);
        mean = own === 1 ? 1 : (own * mean - 1) / (own - 1);
      }
      tile[i * size + j] = Math.max(-1, Math.min(1, mean));
    }
  }
  return tile;
}

/** Means of `count` blocks of 2^level rows from block `first`: each of 1, 2 or 4 blocks of the pyramid, weighted by their sizes. */
function blockMeans(
  rows: UnitRows,
  pyramid: BlockPyramid,
  level: number,
  first: number,
  count: number,
): Float32Array {
  const { dims } = rows;
  const rowTotal = pyramid.order.length;
  const pyramidLevel = Math.min(Math.floor(level / fanOutBits), pyramid.levels.length);
  const source = pyramidLevel === 0 ? rows.values : pyramid.levels[pyramidLevel - 1]!;
  const span = 2 ** level;
  const partSpan = fanOut ** pyramidLevel;
  const means = new Float32Array(count * dims);
  const sum = new Float64Array(dims);
  for (let block = 0; block < count; block++) {
    const start = (first + block) * span;
    const end = Math.min(start + span, rowTotal);
    sum.fill(0);
    for (let partStart = start; partStart < end; partStart += partSpan) {
      const part = partStart / partSpan;
      const at = (pyramidLevel === 0 ? pyramid.order[partStart]! : part) * dims;
      const weight = Math.min(partSpan, end - partStart);
      for (let k = 0; k < dims; k++) sum[k]! += weight * source[at + k]!;
    }
    for (let k = 0; k < dims; k++) means[block * dims + k] = sum[k]! / (end - start);
  }
  return means;
}
