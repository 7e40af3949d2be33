import { rowsPerYield, type UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

interface ClassedRows {
  readonly rows: UnitRows;
  /** Dataset rows. */
  readonly members: Uint32Array;
  /** Class of each member, from 0; at least two classes, each of at least two members. */
  readonly classOf: Int32Array;
  readonly classCount: number;
}

/**
 * Silhouette of each member with 1 − cos (Rousseeuw 1987), exact in n · classes · d: the mean similarity of x to a class is x·m, to its
 * own (|C| x·m − 1)/(|C| − 1).
 */
export function* silhouettes({
  rows,
  members,
  classOf,
  classCount,
}: ClassedRows): Work<Float64Array<ArrayBuffer>> {
  const { dims } = rows;
  const count = members.length;
  const sizes = new Uint32Array(classCount);
  const means = new Float64Array(classCount * dims);
  const rowsAdded = rowsPerYield(dims);
  for (let from = 0; from < count; from += rowsAdded) {
    const to = Math.min(count, from + rowsAdded);
    for (let i = from; i < to; i++) {
      sizes[classOf[i]!]!++;
      addRow(rows, members[i]!, means, classOf[i]! * dims);
    }
    yield { done: 0, total: count };
  }
  for (let group = 0; group < classCount; group++)
    for (let k = 0; k < dims; k++) means[group * dims + k]! /= sizes[group]!;
  const result = new Float64Array(count);
  const rowsAYield = rowsPerYield(dims * classCount);
  for (let i = 0; i < count; i++) {
    result[i] = silhouetteOf(rows, members[i]!, classOf[i]!, sizes, means);
    if ((i + 1) % rowsAYield === 0) yield { done: i, total: count };
  }
  return result;
}

// Loops of their own: in the middle of a generator they take several times as long.

function addRow({ values, dims }: UnitRows, row: number, sums: Float64Array, at: number): void {
  for (let k = 0; k < dims; k++) sums[at + k]! += values[row * dims + k]!;
}

function silhouetteOf(
  { values, dims }: UnitRows,
  row: number,
  ownClass: number,
  sizes: Uint32Array,
  means: Float64Array,
): number {
  const start = row * dims;
  let own = 0;
  let other = Number.NEGATIVE_INFINITY;
  for (let group = 0; group < sizes.length; group++) {
    const mean = group * dims;
    let dot = 0;
    for (let k = 0; k < dims; k++) dot += values[start + k]! * means[mean + k]!;
    const size = sizes[group]!;
    if (group === ownClass) own = 1 - (size * dot - 1) / (size - 1);
    else other = Math.max(other, dot);
  }
  const nearest = 1 - other;
  const longer = Math.max(own, nearest);
  return longer > 0 ? (nearest - own) / longer : 0;
}
