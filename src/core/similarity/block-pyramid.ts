import type { Work } from '@/core/work';
import type { Centring } from './centring';
import type { TileProduct } from './tile-product';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** Means of blocks of consecutive rows in an order, each level's blocks eight times those below; about a seventh of the rows' size. */
export interface BlockPyramid {
  /** Row indices in the order of the matrix, no row twice. */
  readonly order: Uint32Array;
  /** Place in the order of each row of the matrix, −1 where it is not in it. */
  readonly places: Int32Array<ArrayBuffer>;
  /** The rows are mean-centred by this; null where they are as they are. */
  readonly centring: Centring | null;
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
  readonly centring?: Centring | null;
}): Work<BlockPyramid> {
  const { rows, order, centring = null } = request;
  const { values, dims } = rows;
  const total = order.length;
  const rowsAYield = rowsPerYield(dims);
  const places = new Int32Array(dims === 0 ? 0 : values.length / dims).fill(-1);
  const levels: Float32Array<ArrayBuffer>[] = [];
  for (let span = fanOut; span < total * fanOut && total > 1; span *= fanOut) {
    levels.push(new Float32Array(Math.ceil(total / span) * dims));
  }
  const sums = levels.map(() => new Float64Array(dims));
  for (let at = 0; at < total; at++) {
    const row = order[at]!;
    places[row] = at;
    const lowest = sums[0];
    if (lowest) addRow(lowest, 1, values, row, centring);
    let span = fanOut;
    for (let level = 0; level < levels.length; level++, span *= fanOut) {
      if ((at + 1) % span !== 0 && at + 1 < total) break;
      closeBlock(sums, level, levels[level]!, at, span);
    }
    if ((at + 1) % rowsAYield === 0) yield { done: at + 1, total };
  }
  return { order, places, centring, levels };
}

/** Bytes that a pyramid holds beside the rows and the order it was given. */
export function pyramidBytes({ places, levels }: BlockPyramid): number {
  return places.byteLength + levels.reduce((sum, level) => sum + level.byteLength, 0);
}

/** sum += weight · row, centred where there is a centring. */
function addRow(
  sum: Float64Array,
  weight: number,
  values: Float32Array,
  row: number,
  centring: Centring | null,
): void {
  const start = row * sum.length;
  if (centring === null) {
    for (let k = 0; k < sum.length; k++) sum[k]! += weight * values[start + k]!;
    return;
  }
  const { mean, scale } = centring;
  const factor = weight * scale[row]!;
  for (let k = 0; k < sum.length; k++) sum[k]! += factor * (values[start + k]! - mean[k]!);
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

/** Which tile of an ordered matrix: size × size cells from block rowBlock down and columnBlock across, blocks of 2^level rows. */
export interface TilePlace {
  readonly level: number;
  readonly rowBlock: number;
  readonly columnBlock: number;
  readonly size: number;
}

/** The part of a tile that lies within the matrix. */
export interface TileCut {
  /** Rows and columns a block. */
  readonly span: number;
  /** Blocks down and across, 0 beyond the end. */
  readonly height: number;
  readonly width: number;
  /** Ordered rows and columns [from, to) that it covers. */
  readonly lines: { readonly from: number; readonly to: number };
  readonly columns: { readonly from: number; readonly to: number };
}

export function cutTile(
  { level, rowBlock, columnBlock, size }: TilePlace,
  rows: number,
  columns: number,
): TileCut {
  const span = 2 ** level;
  const along = (block: number, total: number) => {
    const from = Math.min(total, block * span);
    return { from, to: Math.min(total, (block + size) * span) };
  };
  const down = along(rowBlock, rows);
  const across = along(columnBlock, columns);
  return {
    span,
    height: Math.ceil((down.to - down.from) / span),
    width: Math.ceil((across.to - across.from) / span),
    lines: down,
    columns: across,
  };
}

/** Calls `meet` for every row of the tile that is a column of it too, with its cell (block down, block across). */
function eachSelfPair(
  lines: BlockPyramid,
  columns: BlockPyramid,
  cut: TileCut,
  meet: (row: number, line: number, column: number) => void,
): void {
  for (let at = cut.lines.from; at < cut.lines.to; at++) {
    const row = lines.order[at]!;
    const place = columns.places[row]!;
    if (place < cut.columns.from || place >= cut.columns.to) continue;
    meet(
      row,
      Math.floor((at - cut.lines.from) / cut.span),
      Math.floor((place - cut.columns.from) / cut.span),
    );
  }
}

/**
 * One tile of the similarity matrix whose rows are ordered as in `lines` and whose columns as in `columns` (the same pyramid where
 * it is square): cell (i, j) is the mean cosine between block rowBlock + i and block columnBlock + j of 2^level ordered rows each
 * (the last block may have fewer). Pairs of a row with itself are left out, but a cell of nothing else is 1. Cells beyond the end
 * are NaN. The mean over a block is the product of the two mean vectors, and of rows that occur on both sides the sum of their own
 * products, 1 each, is taken off (MEASURES, Blocks). The caller owns the tile.
 */
export function similarityTile(
  request: TilePlace & {
    readonly rows: UnitRows;
    readonly lines: BlockPyramid;
    readonly columns: BlockPyramid;
    readonly product: TileProduct;
  },
): Float32Array<ArrayBuffer> {
  const { rows, lines, columns, level, rowBlock, columnBlock, size, product } = request;
  const tile = new Float32Array(size * size).fill(Number.NaN);
  const cut = cutTile(request, lines.order.length, columns.order.length);
  const { span, height, width } = cut;
  if (height === 0 || width === 0) return tile;

  const lineMeans = blockMeans(rows, lines, level, rowBlock, height);
  const isDiagonal = lines === columns && rowBlock === columnBlock;
  const columnMeans = isDiagonal ? lineMeans : blockMeans(rows, columns, level, columnBlock, width);
  const products = new Float32Array(height * width);
  product(lineMeans, height, columnMeans, width, rows.dims, products);
  for (let i = 0; i < height; i++) {
    for (let j = 0; j < width; j++) tile[i * size + j] = clampCosine(products[i * width + j]!);
  }

  // Few cells have a row on both sides; only those are corrected.
  const selves = new Map<number, { count: number; sum: number }>();
  eachSelfPair(lines, columns, cut, (row, line, column) => {
    const cell = line * width + column;
    const known = selves.get(cell) ?? { count: 0, sum: 0 };
    known.count += 1;
    known.sum += lines.centring === null || lines.centring.scale[row]! > 0 ? 1 : 0;
    selves.set(cell, known);
  });
  for (const [cell, { count, sum }] of selves) {
    const line = Math.floor(cell / width);
    const column = cell % width;
    const down = Math.min(span, cut.lines.to - cut.lines.from - line * span);
    const across = Math.min(span, cut.columns.to - cut.columns.from - column * span);
    const pairs = down * across;
    tile[line * size + column] =
      pairs === count ? 1 : clampCosine((pairs * products[cell]! - sum) / (pairs - count));
  }
  return tile;
}

export function clampCosine(value: number): number {
  return Math.max(-1, Math.min(1, value));
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
  const span = 2 ** level;
  const partSpan = fanOut ** pyramidLevel;
  const means = new Float32Array(count * dims);
  const sum = new Float64Array(dims);
  for (let block = 0; block < count; block++) {
    const start = (first + block) * span;
    const end = Math.min(start + span, rowTotal);
    sum.fill(0);
    for (let partStart = start; partStart < end; partStart += partSpan) {
      const weight = Math.min(partSpan, end - partStart);
      if (pyramidLevel === 0) addRow(sum, weight, rows.values, pyramid.order[partStart]!, pyramid.centring);
      else addRow(sum, weight, pyramid.levels[pyramidLevel - 1]!, partStart / partSpan, null);
    }
    for (let k = 0; k < dims; k++) means[block * dims + k] = sum[k]! / (end - start);
  }
  return means;
}
