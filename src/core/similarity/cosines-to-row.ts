import { cosineOf } from '@/core/similarity/cosine';
import type { UnitRows } from '@/core/similarity/unit-rows';
import type { Work } from '@/core/work';

const rowsASlice = 512;

/** Cosine of one row with every row, float64, 1 with itself; NaN for rows that are no members (ascending), all NaN where it is none. */
export function* cosinesToRow(request: {
  readonly rows: UnitRows;
  readonly rowCount: number;
  readonly members: Uint32Array;
  readonly row: number;
}): Work<Float64Array<ArrayBuffer>> {
  const { rows, rowCount, members, row } = request;
  const cosines = new Float64Array(rowCount).fill(Number.NaN);
  if (!members.includes(row)) return cosines;
  for (let i = 0; i < members.length; i++) {
    const other = members[i]!;
    cosines[other] = other === row ? 1 : cosineOf(rows, row, other);
    if (i % rowsASlice === rowsASlice - 1) yield { done: i, total: members.length };
  }
  return cosines;
}
