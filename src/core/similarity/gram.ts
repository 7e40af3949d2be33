import type { Work } from '@/core/work';
import type { TileProduct } from './tile-product';
import { addRows, rowsPerYield, tileRowsFor, type UnitRows } from './unit-rows';

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
  for (let start = 0; start < count; start += rowsAYield) {
    const end = Math.min(count, start + rowsAYield);
    addRows(rows, members, start, end, mean);
    done += end - start;
    yield { done, total };
  }
  for (let k = 0; k < dims; k++) mean[k]! /= count;

  const values = new Float64Array(size * size);
  const alongMean = new Float64Array(count);
  const squaredLengths = new Float64Array(count);
  const centred = new Float32Array(size * depth);
  for (let start = 0; start < count; start += kind === 'rows' ? count : chunkRows) {
    const end = kind === 'rows' ? count : Math.min(start + chunkRows, count);
    if (end - start < chunkRows && kind === 'columns') centred.fill(0);
    for (let from = start; from < end; from += rowsAYield) {
      const to = Math.min(end, from + rowsAYield);
      if (kind === 'rows') centreRows(rows, members, from, to, mean, centred);
      else centreColumns(rows, members, from, to, mean, centred, start);
      measureRows(rows, members, from, to, mean, alongMean, squaredLengths);
      yield { done, total };
    }
    for (const _ of addUpperProduct(centred, size, depth, product, values)) {
      done++;
      yield { done, total };
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) values[i * size + j] = values[j * size + i]!;
  return { kind, size, values, count, mean, alongMean, squaredLengths };
}

// Loops of their own: in the middle of a generator they take several times as long.

/** Writes members[from..to) less the mean where they stand among the rows of `target`. */
function centreRows(
  { values, dims }: UnitRows,
  members: Uint32Array,
  from: number,
  to: number,
  mean: Float64Array,
  target: Float32Array,
): void {
  for (let member = from; member < to; member++) {
    const row = members[member]! * dims;
    for (let k = 0; k < dims; k++) target[member * dims + k] = values[row + k]! - mean[k]!;
  }
}

/** Writes members[from..to) less the mean as columns of `target` (dims × chunkRows), whose first is members[first]. */
function centreColumns(
  { values, dims }: UnitRows,
  members: Uint32Array,
  from: number,
  to: number,
  mean: Float64Array,
  target: Float32Array,
  first: number,
): void {
  let member = from;
  for (; member + 4 <= to; member += 4) {
    const r0 = members[member]! * dims;
    const r1 = members[member + 1]! * dims;
    const r2 = members[member + 2]! * dims;
    const r3 = members[member + 3]! * dims;
    let at = member - first;
    for (let k = 0; k < dims; k++) {
      const centre = mean[k]!;
      target[at] = values[r0 + k]! - centre;
      target[at + 1] = values[r1 + k]! - centre;
      target[at + 2] = values[r2 + k]! - centre;
      target[at + 3] = values[r3 + k]! - centre;
      at += chunkRows;
    }
  }
  for (; member < to; member++) {
    const row = members[member]! * dims;
    for (let k = 0; k < dims; k++) target[k * chunkRows + member - first] = values[row + k]! - mean[k]!;
  }
}

/** Of members[from..to) less the mean: their products with the mean and their squared lengths. Two sums each: one addition need not wait for the one before. */
function measureRows(
  { values, dims }: UnitRows,
  members: Uint32Array,
  from: number,
  to: number,
  mean: Float64Array,
  alongMean: Float64Array,
  squaredLengths: Float64Array,
): void {
  const even = dims - (dims % 2);
  for (let member = from; member < to; member++) {
    const row = members[member]! * dims;
    let along0 = 0;
    let along1 = 0;
    let squared0 = 0;
    let squared1 = 0;
    for (let k = 0; k < even; k += 2) {
      const value0 = values[row + k]! - mean[k]!;
      const value1 = values[row + k + 1]! - mean[k + 1]!;
      along0 += value0 * mean[k]!;
      along1 += value1 * mean[k + 1]!;
      squared0 += value0 * value0;
      squared1 += value1 * value1;
    }
    if (even < dims) {
      const value = values[row + even]! - mean[even]!;
      along0 += value * mean[even]!;
      squared0 += value * value;
    }
    alongMean[member] = along0 + along1;
    squaredLengths[member] = squared0 + squared1;
  }
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
      addTile(tile, height, width, values, i * size + j, size);
      yield;
    }
  }
}

function addTile(
  tile: Float32Array,
  height: number,
  width: number,
  values: Float64Array,
  start: number,
  stride: number,
): void {
  for (let line = 0; line < height; line++) {
    const target = start + line * stride;
    for (let column = 0; column < width; column++) values[target + column]! += tile[line * width + column]!;
  }
}

function triangleTiles(size: number, edge: number): number {
  const bands = Math.ceil(size / edge);
  return (bands * (bands + 1)) / 2;
}
