import type { Work } from '@/core/work';
import { clampCosine } from './block-pyramid';
import { rowsPerYield, type UnitRows } from './unit-rows';

/** How alike groups of rows are among each other. */
export interface GroupMeans {
  /** count × count mean cosines, symmetric; within a group over its pairs, NaN for a group of fewer than two rows there. */
  readonly means: Float32Array<ArrayBuffer>;
  readonly sizes: Uint32Array<ArrayBuffer>;
}

/**
 * Mean cosine between all groups of members (`groupOf`, one a row of the matrix, −1 for none): the product of two mean vectors, and
 * within a group without the pairs of a row with itself (MEASURES, Blocks). In float64. Progress counts rows.
 */
export function* groupMeans(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly groupOf: Int32Array;
  readonly count: number;
}): Work<GroupMeans> {
  const { rows, members, groupOf, count } = request;
  const { values, dims } = rows;
  const pause = rowsPerYield(dims);
  const sums = new Float64Array(count * dims);
  const sizes = new Uint32Array(count);
  for (let at = 0; at < members.length; at++) {
    const row = members[at]!;
    const group = groupOf[row]!;
    if (group < 0) continue;
    sizes[group]! += 1;
    for (let k = 0; k < dims; k++) sums[group * dims + k]! += values[row * dims + k]!;
    if (at % pause === 0) yield { done: at, total: members.length };
  }
  const means = new Float32Array(count * count).fill(Number.NaN);
  for (let a = 0; a < count; a++) {
    for (let b = a; b < count; b++) {
      const pairs = a === b ? sizes[a]! * (sizes[a]! - 1) : sizes[a]! * sizes[b]!;
      if (pairs === 0) continue;
      let product = 0;
      for (let k = 0; k < dims; k++) product += sums[a * dims + k]! * sums[b * dims + k]!;
      const mean = clampCosine((product - (a === b ? sizes[a]! : 0)) / pairs);
      means[a * count + b] = mean;
      means[b * count + a] = mean;
    }
    yield { done: members.length, total: members.length };
  }
  return { means, sizes };
}
