import { formatCosine, formatCount } from './format-number';

/** What the picture is, in a bold start and a rest. */
export function describeMatrix({
  size,
  level,
  leftOut,
}: {
  /** Rows drawn. */
  size: number;
  /** A cell is a block of 2^level × 2^level pairs; null before the first frame. */
  level: number | null;
  /** Rows of the dataset without a vector. */
  leftOut: number;
}): { headline: string; text: string } {
  const span = 2 ** (level ?? 0);
  const cells =
    level === null
      ? ''
      : span === 1
        ? 'Every cell is exact: the cosine of one pair.'
        : `Each cell is the exact mean of ${span} × ${span} pairs; zoom in for single pairs.`;
  const missing =
    leftOut === 0
      ? ''
      : leftOut === 1
        ? ' 1 row without a vector is not in it.'
        : ` ${formatCount(leftOut)} rows without a vector are not in it.`;
  return { headline: `${formatCount(size)} × ${formatCount(size)}.`, text: `${cells}${missing}`.trim() };
}

/** What a cell that is a block stands for; null where it is a single pair or its value is not there yet. */
export function describeBlock(
  cell: { row: number; column: number; level: number; value: number | null },
  size: number,
): string | null {
  const { row, column, level, value } = cell;
  if (level === 0 || value === null) return null;
  const span = 2 ** level;
  const rowBlock = Math.floor(row / span);
  const columnBlock = Math.floor(column / span);
  const height = Math.min(span, size - rowBlock * span);
  const width = Math.min(span, size - columnBlock * span);
  if (rowBlock !== columnBlock) return `cell: mean of ${height} × ${width} pairs ${formatCosine(value)}`;
  if (height === 1) return null;
  const pairs = formatCount((height * (height - 1)) / 2);
  return `cell: mean of the ${pairs} ${height === 2 ? 'pair' : 'pairs'} among ${height} rows ${formatCosine(value)}`;
}
