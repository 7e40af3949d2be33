import { countOf } from '@/core/count-of';
import { TableError } from './table';

const mostColumns = 10_000;
const mostCells = 200_000_000;

/** Throws TableError for a table whose cells, blank ones included, a tab's memory could not hold. */
export function checkTableSize(columnCount: number, rowCount: number): void {
  if (columnCount <= mostColumns && columnCount * rowCount <= mostCells) return;
  const columns = columnCount.toLocaleString('en');
  const rows = countOf(rowCount, 'row');
  throw new TableError(
    `This is too large for a table: ${columns} columns by ${rows}. Keep the column of texts and the few others you need.`,
  );
}
