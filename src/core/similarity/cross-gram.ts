import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { rowsPerYield, tileRowsFor, type UnitRows } from './unit-rows';

/** One side of the products of two runs: the i-th listed row of one goes with the i-th listed row of the other. */
export interface CrossSide {
  readonly rows: UnitRows;
  /** Row indices in any order, repeats allowed. */
  readonly indices: Uint32Array;
}

/** XᵀY of two runs over the same rows, whose widths may differ. */
export interface CrossGram {
  /** Width of X by width of Y, row-major; float32 products summed in float64. The caller owns it. */
  readonly values: Float64Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  /** Means of the columns of X and of Y, before centring. */
  readonly means: readonly [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>];
}

/** Rows whose products are summed in float32 before they are added in float64. Not a power of two: columns that far apart would compete for the same cache lines. */
const chunkRows = 496;

/**
 * Products of the columns of two runs, XᵀY, or with `centred` those of the columns less their means: what CKA and Procrustes
 * need beside n × n. Takes n · width · width multiplications and memory for the result only. Yields every few milliseconds.
 * Throws RangeError where the sides do not list equally many rows.
 */
export function* crossGram(request: {
  readonly x: CrossSide;
  readonly y: CrossSide;
  readonly centred: boolean;
  readonly product: TileProduct;
}): Work<CrossGram> {
  const { x, y, centred, product } = request;
  const count = x.indices.length;
  if (y.indices.length !== count)
    throw new RangeError(`${count} rows cannot be paired with ${y.indices.length}.`);
  const height = x.rows.dims;
  const width = y.rows.dims;
  const edge = tileRowsFor(chunkRows);
  const total = Math.ceil(count / chunkRows) * (1 + Math.ceil(height / edge) * Math.ceil(width / edge)) || 1;
  let done = 0;
  const means = [yield* meansOf(x, total), yield* meansOf(y, total)] as const;
  const values = new Float64Array(height * width);
  const left = new Float32Array(height * chunkRows);
  const right = new Float32Array(width * chunkRows);
  const tile = new Float32Array(edge * edge);
  for (let start = 0; start < count; start += chunkRows) {
    const end = Math.min(count, start + chunkRows);
    transposeRows(x, start, end, centred ? means[0] : null, left);
    transposeRows(y, start, end, centred ? means[1] : null, right);
    done++;
    yield { done, total };
    for (let i = 0; i < height; i += edge) {
      const tileHeight = Math.min(edge, height - i);
      for (let j = 0; j < width; j += edge) {
        const tileWidth = Math.min(edge, width - j);
        product(
          left.subarray(i * chunkRows),
          tileHeight,
          right.subarray(j * chunkRows),
          tileWidth,
          chunkRows,
          tile,
        );
        for (let line = 0; line < tileHeight; line++) {
          const target = (i + line) * width + j;
          for (let column = 0; column < tileWidth; column++)
            values[target + column]! += tile[line * tileWidth + column]!;
        }
        done++;
        yield { done, total };
      }
    }
  }
  return { values, height, width, means };
}

function* meansOf({ rows, indices }: CrossSide, total: number): Work<Float64Array<ArrayBuffer>> {
  const { values, dims } = rows;
  const means = new Float64Array(dims);
  const rowsAYield = rowsPerYield(dims);
  for (let at = 0; at < indices.length; at++) {
    const start = indices[at]! * dims;
    for (let k = 0; k < dims; k++) means[k]! += values[start + k]!;
    if ((at + 1) % rowsAYield === 0) yield { done: 0, total };
  }
  for (let k = 0; k < dims; k++) means[k]! /= Math.max(1, indices.length);
  return means;
}

/** Writes listed rows start..end as columns of `target` (dims × chunkRows), the rest of which becomes zero. */
function transposeRows(
  { rows, indices }: CrossSide,
  start: number,
  end: number,
  means: Float64Array | null,
  target: Float32Array,
): void {
  const { values, dims } = rows;
  if (end - start < chunkRows) target.fill(0);
  for (let at = start; at < end; at++) {
    const row = indices[at]! * dims;
    for (let k = 0; k < dims; k++)
      target[k * chunkRows + at - start] = means === null ? values[row + k]! : values[row + k]! - means[k]!;
  }
}
