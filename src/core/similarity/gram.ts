import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { rowsPerYield, tileRowsFor, type UnitRows } from './unit-rows';

/**
 * Second moments of the members' vectors about their mean, with Y the centred rows (m × d). Centring before multiplying keeps
 * the digits that matter where all vectors point almost the same way.
 */
export interface Gram {
  /** What `values` is: `columns` YᵀY (d × d), `rows` YYᵀ (m × m); the smaller of the two. */
  readonly kind: 'columns' | 'rows';
  /** Edge of `values`. */
  readonly size: number;
  /** size × size, symmetric; float32 products summed in float64. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Number of members, m. */
  readonly count: number;
  /** Mean of the uncentred rows, d numbers. */
  readonly mean: Float64Array<ArrayBuffer>;
  /** Dot product of each centred row with the mean, in members' order. */
  readonly alongMean: Float64Array<ArrayBuffer>;
  /** Squared length of each centred row, in members' order. */
  readonly squaredLengths: Float64Array<ArrayBuffer>;
}

/** Rows whose products are summed in float32 before they are added in float64. Not a power of two: columns that far apart would compete for the same cache lines. */
const chunkRows = 496;

/** The smaller Gram matrix of the members (ascending). Yields every few milliseconds. */
export function* smallerGram(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly product: TileProduct;
}): Work<Gram> {
  const { rows, members, product } = request;
  const { dims } = rows;
  const count = members.length;
  const kind = count <= dims ? 'rows' : 'columns';
  const size = Math.min(count, dims);
  const depth = kind === 'rows' ? dims : chunkRows;
  const tilesAChunk = triangleTiles(size, tileRowsFor(depth));
  const total = count + tilesAChunk * Math.ceil(count / (kind === 'rows' ? Math.max(1, count) : chunkRows));
  const rowsAYield = rowsPerYield(dims);
  let done = 0;

  const mean = new Float64Array(dims);
  for (let member = 0; member < count; member++) {
    const start = members[member]! * dims;
    for (let k = 0; k < dims; k++) mean[k]! += rows.values[start + k]!;
    if (++done % rowsAYield === 0) yield { done, total };
  }
  for (let k = 0; k < dims; k++) mean[k]! /= count;

  const values = new Float64Array(size * size);
  const alongMean = new Float64Array(count);
  const squaredLengths = new Float64Array(count);
  const centred = new Float32Array(size * depth);
  for (let start = 0; start < count; start += kind === 'rows' ? count : chunkRows) {
    const end = kind === 'rows' ? count : Math.min(start + chunkRows, count);
    if (end - start < chunkRows && kind === 'columns') centred.fill(0);
    for (let member = start; member < end; member++) {
      const row = members[member]! * dims;
      let along = 0;
      let squared = 0;
      for (let k = 0; k < dims; k++) {
        const value = rows.values[row + k]! - mean[k]!;
        along += value * mean[k]!;
        squared += value * value;
        centred[kind === 'rows' ? (member - start) * depth + k : k * depth + member - start] = value;
      }
      alongMean[member] = along;
      squaredLengths[member] = squared;
      if ((member + 1) % rowsAYield === 0) yield { done, total };
    }
    for (const _ of addUpperProduct(centred, size, depth, product, values)) {
      done++;
      yield { done, total };
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) values[i * size + j] = values[j * size + i]!;
  return { kind, size, values, count, mean, alongMean, squaredLengths };
}

/** Adds operand · operandᵀ (size × depth operand) to the upper triangle of `values`; yields after each tile. */
function* addUpperProduct(
  operand: Float32Array,
  size: number,
  depth: number,
  product: TileProduct,
  values: Float64Array,
): Generator<void, void, void> {
  const edge = tileRowsFor(depth);
  const tile = new Float32Array(edge * edge);
  for (let i = 0; i < size; i += edge) {
    const height = Math.min(edge, size - i);
    for (let j = i; j < size; j += edge) {
      const width = Math.min(edge, size - j);
      product(operand.subarray(i * depth), height, operand.subarray(j * depth), width, depth, tile);
      for (let line = 0; line < height; line++) {
        const target = (i + line) * size + j;
        for (let column = 0; column < width; column++)
          values[target + column]! += tile[line * width + column]!;
      }
      yield;
    }
  }
}

function triangleTiles(size: number, edge: number): number {
  const bands = Math.ceil(size / edge);
  return (bands * (bands + 1)) / 2;
}
