import { similarityCsvLine } from '@/core/export/similarity-csv';
import { similarityLines } from '@/core/similarity/similarity-matrix';
import type { TileProduct } from '@/core/similarity/tile-product';
import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work, WorkProgress } from '@/core/work';

/** The n × n cosines of a dataset as CSV parts, one line a dataset row; rows without a vector are empty cells. */
export function* similarityCsv(request: {
  rows: UnitRows;
  rowCount: number;
  members: Uint32Array;
  product: TileProduct;
}): Work<string[]> {
  const { rows, rowCount, members, product } = request;
  const parts: string[] = [];
  const emptyLine = similarityCsvLine(new Float32Array(rowCount).fill(Number.NaN));
  const line = new Float32Array(rowCount).fill(Number.NaN);
  let row = 0;
  const blocks = similarityLines({ rows, members, product });
  for (let step = blocks.next(); !step.done; step = blocks.next()) {
    const { from, count, values, done, total } = step.value;
    for (let i = 0; i < count; i++) {
      for (; row < members[from + i]!; row++) parts.push(emptyLine);
      members.forEach((member, position) => {
        line[member] = values[i * members.length + position]!;
      });
      parts.push(similarityCsvLine(line));
      row++;
    }
    yield { done, total } satisfies WorkProgress;
  }
  for (; row < rowCount; row++) parts.push(emptyLine);
  return parts;
}
