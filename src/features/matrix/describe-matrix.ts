import { rowsOfMaximum } from '@/core/similarity/block-maximum';
import { formatCount, formatHundredths } from '@/core/similarity/format-similarity';

/** What the picture is, in a bold start and a rest. */
export function describeMatrix({
  rows,
  columns,
  level,
  cells,
  subject,
  leftOut,
}: {
  /** Rows and columns drawn. */
  rows: number;
  columns: number;
  /** A cell is a block of 2^level × 2^level pairs; null before the first frame. */
  level: number | null;
  /** What a cell of several pairs shows. */
  cells: 'mean' | 'largest';
  /** What the numbers are, where that is not the cosine of one run: `z in A less z in B`. */
  subject: string;
  /** Rows of the dataset without a vector. */
  leftOut: number;
}): { headline: string; text: string } {
  const missing =
    leftOut === 0
      ? ''
      : leftOut === 1
        ? ' 1 row without a vector is not in it.'
        : ` ${formatCount(leftOut)} rows without a vector are not in it.`;
  return {
    headline: `${formatCount(rows)} × ${formatCount(columns)}.`,
    text: `${subject === '' ? '' : `${subject}. `}${describeCells(level, cells)}${missing}`.trim(),
  };
}

function describeCells(level: number | null, cells: 'mean' | 'largest'): string {
  if (level === null) return '';
  const span = 2 ** level;
  if (span === 1) return 'Every cell is exact: one pair.';
  if (cells === 'mean')
    return `Each cell is the exact mean of ${span} × ${span} pairs; zoom in for single pairs.`;
  if (span <= rowsOfMaximum)
    return `Each cell is the largest of ${span} × ${span} pairs; zoom in for single pairs.`;
  return `Each cell is the largest of ${rowsOfMaximum ** 2} pairs sampled out of ${span} × ${span}; zoom in for all.`;
}

/** How a drawn value is worded. */
export interface CellWords {
  readonly cells: 'mean' | 'largest';
  /** What follows a number that is not a plain cosine: `centred`, `z, A − B`; empty for cosines. */
  readonly unit: string;
  /** Percentile of a cosine where the scale is that. */
  readonly percentile: ((cosine: number) => string) | null;
}

/** What a cell that is a block stands for; null where it is a single pair or its value is not there yet. */
export function describeBlock(
  cell: { row: number; column: number; level: number; value: number | null },
  size: { readonly rows: number; readonly columns: number; readonly isSquare: boolean },
  { cells, unit, percentile }: CellWords,
): string | null {
  const { row, column, level, value } = cell;
  if (level === 0 || value === null) return null;
  const span = 2 ** level;
  const rowBlock = Math.floor(row / span);
  const columnBlock = Math.floor(column / span);
  const height = Math.min(span, size.rows - rowBlock * span);
  const width = Math.min(span, size.columns - columnBlock * span);
  const isDiagonal = size.isSquare && rowBlock === columnBlock;
  if (isDiagonal && height === 1) return null;
  const pairs = isDiagonal ? (height * (height - 1)) / 2 : height * width;
  const shape = isDiagonal
    ? `the ${formatCount(pairs)} ${pairs === 1 ? 'pair' : 'pairs'} among ${height} rows`
    : `${height} × ${width} pairs`;
  const isSampled = cells === 'largest' && span > rowsOfMaximum;
  const measure = cells === 'mean' ? 'mean' : isSampled ? 'largest of a sample' : 'largest';
  const block = `cell: ${measure} of ${shape} ${formatHundredths(value)}${unit === '' ? '' : ` ${unit}`}`;
  if (percentile === null) return block;
  return `${block}, percentile of the block’s ${cells === 'mean' ? 'mean' : 'largest'} ${percentile(value)}`;
}
