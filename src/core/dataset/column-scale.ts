import { cellKind } from '@/core/dataset/cell-kind';
import { numberCells } from '@/core/dataset/number-cells';
import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

/** A column whose values lie on a line. */
export interface ColumnScale {
  readonly kind: 'number' | 'date';
  /** One value a row, dates in milliseconds since 1970; NaN where the cell is empty or neither. */
  readonly values: Float64Array<ArrayBuffer>;
  /** Where colours begin and end: the 1st and the 99th percentile, so that a few far values leave the others their colours. */
  readonly low: number;
  readonly high: number;
  /** The smallest and the largest value. */
  readonly least: number;
  readonly most: number;
  /** Rows without a value. */
  readonly emptyCount: number;
}

/** Up to so many different values are classes rather than amounts. */
const mostClasses = 12;
/** Share of the filled cells that must be dates. */
const leastShare = 0.95;
const rowsPerYield = 4096;

/** A column as numbers (`numberCells`) or dates, or null where it is neither, or holds so few different values that they are classes. */
export function* readScale(cells: TextColumn): Work<ColumnScale | null> {
  const numbers = yield* numberCells(cells);
  const values =
    numbers === null
      ? yield* dateCells(cells)
      : numbers.map((value) => (Number.isFinite(value) ? value : Number.NaN));
  if (values === null) return null;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (new Set(sorted).size <= mostClasses) return null;
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const [low, high] = [0.01, 0.99].map((share) => sorted[Math.round(share * (sorted.length - 1))]!);
  const hasRange = low! < high!;
  return {
    kind: numbers === null ? 'date' : 'number',
    values,
    low: hasRange ? low! : least,
    high: hasRange ? high! : most,
    least,
    most,
    emptyCount: values.length - sorted.length,
  };
}

function* dateCells(cells: TextColumn): Work<Float64Array<ArrayBuffer> | null> {
  const total = cells.ends.length;
  const dates = new Float64Array(total).fill(Number.NaN);
  let [filled, found] = [0, 0];
  for (let row = 0; row < total; row++) {
    const cell = textAt(cells, row).trim();
    if (cell !== '') {
      filled++;
      if (cellKind(cell) === 'date') dates[row] = readDate(cell);
      if (!Number.isNaN(dates[row]!)) found++;
    }
    if ((row + 1) % rowsPerYield !== 0) continue;
    if (found < filled / 2) return null;
    yield { done: row + 1, total };
  }
  return found > 0 && found >= leastShare * filled ? dates : null;
}

/** A day, with or without a time, in milliseconds since 1970 (UTC): year first, or day and month by whichever can be; NaN else. */
export function readDate(cell: string): number {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(cell);
  if (yearFirst !== null) {
    const [year, month, day, hour = 0, minute = 0, second = 0] = yearFirst
      .slice(1)
      .map((part) => Number(part ?? 0));
    return utc(year!, month!, day!, hour, minute, second);
  }
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})/.exec(cell);
  if (yearLast === null) return Number.NaN;
  const [first, second, year] = yearLast.slice(1).map(Number);
  // Day before month, as most of the world writes; month before day where it cannot be otherwise.
  return second! > 12 ? utc(year!, first!, second!) : utc(year!, second!, first!);
}

function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  if (month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
