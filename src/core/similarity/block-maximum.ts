import type { Work } from '@/core/work';
import { type BlockPyramid, clampCosine, cutTile, type TilePlace } from './block-pyramid';
import type { TileProduct } from './tile-product';
import { RowGatherer, type UnitRows } from './unit-rows';

/** Rows of each block that stand for it. Blocks of up to so many rows are looked at whole. */
export const rowsOfMaximum = 8;

/** Blocks taken at once in each direction: a product of 256 × 256 rows, a few milliseconds. */
const blocksAtOnce = 32;

/**
 * One tile whose cells are the largest cosine of their pairs, places as in `similarityTile`. Exact for blocks of up to eight rows;
 * larger blocks are sampled, eight rows each, evenly spaced, so up to 64 pairs a cell. A row with itself does not count, but a
 * cell of nothing else is 1. Yields after each product. The caller owns the tile.
 */
export function* maximumTile(
  request: TilePlace & {
    readonly rows: UnitRows;
    readonly lines: BlockPyramid;
    readonly columns: BlockPyramid;
    readonly product: TileProduct;
  },
): Work<Float32Array<ArrayBuffer>> {
  const { rows, lines, columns, size, product } = request;
  const tile = new Float32Array(size * size).fill(Number.NaN);
  const { span, height, width, ...cut } = cutTile(request, lines.order.length, columns.order.length);
  const down = pickRows(lines.order, cut.lines, span, height);
  const across = pickRows(columns.order, cut.columns, span, width);
  const lineRows = new RowGatherer(rows, down.picked, lines.centring);
  const columnRows = new RowGatherer(rows, across.picked, columns.centring);
  const products = new Float32Array((blocksAtOnce * rowsOfMaximum) ** 2);
  const total = Math.ceil(height / blocksAtOnce) * Math.ceil(width / blocksAtOnce);
  let done = 0;
  for (let line = 0; line < height; line += blocksAtOnce) {
    const lineEnd = Math.min(line + blocksAtOnce, height);
    const lineFrom = down.starts[line]!;
    const lineCount = down.starts[lineEnd]! - lineFrom;
    const block = lineRows.take(lineFrom, lineFrom + lineCount);
    for (let column = 0; column < width; column += blocksAtOnce) {
      const columnEnd = Math.min(column + blocksAtOnce, width);
      const columnFrom = across.starts[column]!;
      const columnCount = across.starts[columnEnd]! - columnFrom;
      const others = columnRows.take(columnFrom, columnFrom + columnCount);
      product(block, lineCount, others, columnCount, rows.dims, products);
      for (let i = line; i < lineEnd; i++) {
        for (let j = column; j < columnEnd; j++) {
          let most = Number.NEGATIVE_INFINITY;
          for (let a = down.starts[i]!; a < down.starts[i + 1]!; a++) {
            for (let b = across.starts[j]!; b < across.starts[j + 1]!; b++) {
              if (down.picked[a] === across.picked[b]) continue;
              most = Math.max(most, products[(a - lineFrom) * columnCount + b - columnFrom]!);
            }
          }
          tile[i * size + j] = most === Number.NEGATIVE_INFINITY ? 1 : clampCosine(most);
        }
      }
      done++;
      yield { done, total };
    }
  }
  return tile;
}

/** Up to eight rows of each block, and where each block's begin; one more start for the end. */
function pickRows(
  order: Uint32Array,
  { from, to }: { readonly from: number; readonly to: number },
  span: number,
  blocks: number,
): { picked: Uint32Array; starts: Uint32Array } {
  const picked: number[] = [];
  const starts = new Uint32Array(blocks + 1);
  for (let block = 0; block < blocks; block++) {
    const start = from + block * span;
    const length = Math.min(span, to - start);
    const count = Math.min(rowsOfMaximum, length);
    for (let i = 0; i < count; i++) picked.push(order[start + Math.floor(((i + 0.5) * length) / count)]!);
    starts[block + 1] = picked.length;
  }
  return { picked: Uint32Array.from(picked), starts };
}
