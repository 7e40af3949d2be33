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
  /** How many different values there are. */
  readonly distinctCount: number;
  /** Whether colours follow the logarithm: where none is negative and half of them would share the first tenth of the colours. */
  readonly isLogarithmic: boolean;
}

/** Up to so many different values are classes rather than amounts, told apart by colours rather than by a gradient. */
export const mostClasses = 12;
/** Below this place of the median on an even scale, colours follow the logarithm. */
const crowdedMedian = 0.1;
/** Share of the filled cells that must be dates. */
const leastShare = 0.95;
const rowsPerYield = 4096;

/** A column as numbers (`numberCells`) or dates, or null where it is neither, or holds one value only. */
export function* readScale(cells: TextColumn): Work<ColumnScale | null> {
  const numbers = yield* numberCells(cells);
  const values =
    numbers === null
      ? yield* dateCells(cells)
      : numbers.map((value) => (Number.isFinite(value) ? value : Number.NaN));
  if (values === null) return null;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinctCount = new Set(sorted).size;
  if (distinctCount < 2) return null;
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const [low, high] = [0.01, 0.99].map((share) => sorted[Math.round(share * (sorted.length - 1))]!);
  const hasRange = low! < high!;
  const ends = { low: hasRange ? low! : least, high: hasRange ? high! : most };
  const middle = (sorted[sorted.length >> 1]! - ends.low) / (ends.high - ends.low);
  return {
    kind: numbers === null ? 'date' : 'number',
    values,
    ...ends,
    least,
    most,
    emptyCount: values.length - sorted.length,
    distinctCount,
    isLogarithmic: numbers !== null && least >= 0 && middle < crowdedMedian,
  };
}

type Ends = Pick<ColumnScale, 'low' | 'high' | 'isLogarithmic'>;

/** Where a value lies between the ends of its scale: 0 to 1, NaN for NaN. A logarithm begins at 0 with 1 added to each value. */
export function placeOnScale({ low, high, isLogarithmic }: Ends, value: number): number {
  const of = transform(low, isLogarithmic);
  const place = (of(value) - of(low)) / (of(high) - of(low));
  return place < 0 ? 0 : place > 1 ? 1 : place;
}

/** The value at a place of 0 to 1 on a scale. */
export function valueOnScale({ low, high, isLogarithmic }: Ends, place: number): number {
  const of = transform(low, isLogarithmic);
  const at = of(low) + place * (of(high) - of(low));
  return !isLogarithmic ? at : low > 0 ? Math.exp(at) : Math.expm1(at);
}

function transform(low: number, isLogarithmic: boolean): (value: number) => number {
  if (!isLogarithmic) return (value) => value;
  return low > 0 ? (value) => Math.log(Math.max(value, low)) : (value) => Math.log1p(Math.max(value, 0));
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
