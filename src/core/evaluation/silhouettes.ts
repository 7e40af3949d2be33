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
  const { values, dims } = rows;
  const sizes = new Uint32Array(classCount);
  const means = new Float64Array(classCount * dims);
  members.forEach((row, i) => {
    const group = classOf[i]!;
    sizes[group]!++;
    for (let k = 0; k < dims; k++) means[group * dims + k]! += values[row * dims + k]!;
  });
  for (let at = 0; at < means.length; at++) means[at]! /= sizes[Math.floor(at / dims)]!;
  const result = new Float64Array(members.length);
  const rowsAYield = rowsPerYield(dims * classCount);
  for (let i = 0; i < members.length; i++) {
    const row = members[i]! * dims;
    let own = 0;
    let other = Number.NEGATIVE_INFINITY;
    for (let group = 0; group < classCount; group++) {
      let dot = 0;
      const mean = group * dims;
      for (let k = 0; k < dims; k++) dot += values[row + k]! * means[mean + k]!;
      const size = sizes[group]!;
      if (group === classOf[i]) own = 1 - (size * dot - 1) / (size - 1);
      else other = Math.max(other, dot);
    }
    const nearest = 1 - other;
    const longer = Math.max(own, nearest);
    result[i] = longer > 0 ? (nearest - own) / longer : 0;
    if ((i + 1) % rowsAYield === 0) yield { done: i, total: members.length };
  }
  return result;
}
