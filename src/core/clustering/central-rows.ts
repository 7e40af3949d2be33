import { rowsPerYield, type UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

/**
 * The rows of each cluster nearest to its mean vector, nearest first, equal ones by row.
 *
 * @param clusterOf for each member its cluster below `count`, −1 for none
 * @returns for each cluster up to `most` rows
 */
export function* centralRows(request: {
  readonly rows: UnitRows;
  readonly members: Uint32Array;
  readonly clusterOf: Int32Array;
  readonly count: number;
  readonly most: number;
}): Work<number[][]> {
  const { rows, members, clusterOf, count, most } = request;
  const { values, dims } = rows;
  const sums = new Float64Array(count * dims);
  const rowsAYield = rowsPerYield(dims);
  const total = 2 * members.length;
  for (let member = 0; member < members.length; member++) {
    const cluster = clusterOf[member]!;
    const start = members[member]! * dims;
    if (cluster >= 0) for (let i = 0; i < dims; i++) sums[cluster * dims + i]! += values[start + i]!;
    if ((member + 1) % rowsAYield === 0) yield { done: member + 1, total };
  }
  const nearest: { row: number; product: number }[][] = Array.from({ length: count }, () => []);
  for (let member = 0; member < members.length; member++) {
    const cluster = clusterOf[member]!;
    if (cluster >= 0) {
      const row = members[member]!;
      let product = 0;
      for (let i = 0; i < dims; i++) product += sums[cluster * dims + i]! * values[row * dims + i]!;
      const list = nearest[cluster]!;
      if (list.length < most || product > list.at(-1)!.product) {
        const at = list.findIndex((other) => product > other.product);
        list.splice(at < 0 ? list.length : at, 0, { row, product });
        if (list.length > most) list.pop();
      }
    }
    if ((member + 1) % rowsAYield === 0) yield { done: members.length + member + 1, total };
  }
  return nearest.map((list) => list.map(({ row }) => row));
}
