import type { Work } from '@/core/work';

/** For each row the rows it counts, with multiplicity. */
export interface SparseRows {
  readonly count: number;
  entriesOf(row: number): number[];
}

const rowsPerYield = 64;

/** Keeps what `entriesOf` says of each of `count` rows, in one array. Yields every few rows. */
export function* sparseRows(count: number, entriesOf: (row: number) => readonly number[]): Work<SparseRows> {
  const starts = new Uint32Array(count + 1);
  const parts: number[] = [];
  for (let row = 0; row < count; row++) {
    for (const entry of entriesOf(row)) parts.push(entry);
    starts[row + 1] = parts.length;
    if (row % rowsPerYield === rowsPerYield - 1) yield { done: row, total: count };
  }
  const entries = Uint32Array.from(parts);
  return { count, entriesOf: (row) => [...entries.subarray(starts[row]!, starts[row + 1]!)] };
}

/**
 * Finds the other rows whose counted entries point the same way: cosine of at least `least`, ascending. Only rows that share an entry are looked at.
 * Yields every few rows.
 * @returns a function of a row; a row without entries has none
 */
export function* likeProfiles(rows: SparseRows, least: number): Work<(row: number) => number[]> {
  const { count } = rows;
  const counted: [number, number][][] = [];
  const lengths = new Float64Array(count);
  const holders: { row: number; times: number }[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < count; row++) {
    const entries = countEntries(rows.entriesOf(row));
    counted.push(entries);
    lengths[row] = Math.sqrt(entries.reduce((sum, [, times]) => sum + times * times, 0));
    for (const [entry, times] of entries) holders[entry]!.push({ row, times });
    if (row % rowsPerYield === rowsPerYield - 1) yield { done: row, total: count };
  }
  const dots = new Float64Array(count);
  return (row) => {
    const met: number[] = [];
    for (const [entry, times] of counted[row]!) {
      for (const holder of holders[entry]!) {
        if (dots[holder.row] === 0) met.push(holder.row);
        dots[holder.row]! += times * holder.times;
      }
    }
    const found = met.filter(
      (other) => other !== row && dots[other]! >= least * lengths[row]! * lengths[other]! - 1e-9,
    );
    for (const other of met) dots[other] = 0;
    return found.sort((one, other) => one - other);
  };
}

function countEntries(entries: readonly number[]): [number, number][] {
  const times = new Map<number, number>();
  for (const entry of entries) times.set(entry, (times.get(entry) ?? 0) + 1);
  return [...times];
}
