import { nameColumns } from './column-names';
import { hasHeader } from './detect-header';
import { isBlankLine, readDelimited, usualWidth } from './read-delimited';
import type { NamedCells } from './read-json';
import { TableError } from './table';
import { checkTableSize } from './table-limits';

/** Columns of a delimited file, and what was assumed about it in whole sentences. */
export interface DelimitedColumns {
  readonly columns: NamedCells[];
  readonly format: 'csv' | 'tsv';
  readonly hasHeader: boolean;
  readonly remarks: string[];
}

/**
 * Columns of CSV or TSV. Whether the first row is a header is guessed unless `isHeaded` says it. Without one they are
 * `column 1`, `column 2` … (`text` for a single one). Short rows are padded; cells beyond the last column stay in it,
 * with the delimiter between them, so that nothing is lost. Both are counted in the remarks. Throws TableError for a
 * header without rows.
 */
export function readDelimitedColumns(
  text: string,
  preferred: ',' | '\t' | null,
  isHeaded?: boolean,
): DelimitedColumns {
  const { rows, delimiter, remarks } = readDelimited(text, preferred);
  const filled = rows.filter((row) => !isBlankLine(row));
  const header = (isHeaded ?? hasHeader(filled.slice(0, 201))) ? (filled[0] ?? null) : null;
  const body = header === null ? rows : rows.slice(rows.indexOf(header) + 1);
  if (body.every(isBlankLine)) {
    throw new TableError('There is only a row of column names here, and no rows under it.');
  }
  const width = usualWidth(body);
  checkTableSize(Math.max(width, header?.length ?? 1), body.length);
  const rawNames = header === null ? [] : nameCells(header, width, body);
  const columnCount = Math.max(1, header === null ? width : rawNames.length);
  const names =
    header === null && columnCount === 1
      ? ['text']
      : nameColumns(Array.from({ length: columnCount }, (_, i) => rawNames[i] ?? ''));

  const columns = names.map((name) => ({ name, cells: new Array<string>(body.length).fill('') }));
  let short = 0;
  let long = 0;
  for (const [r, row] of body.entries()) {
    if (row.length < columnCount && !isBlankLine(row)) short++;
    for (let c = 0; c < Math.min(row.length, columnCount); c++) columns[c]!.cells[r] = row[c]!;
    const extra = row.slice(columnCount);
    while (extra.at(-1)?.trim() === '') extra.pop();
    if (extra.length === 0) continue;
    long++;
    columns[columnCount - 1]!.cells[r] = [row[columnCount - 1], ...extra].join(delimiter ?? '');
  }
  if (header === null && columnCount > 1 && isHeaded === undefined) {
    remarks.push('The first row does not look like column names and was read as a row.');
  }
  const owner = header === null ? 'most rows' : 'the header';
  if (short > 0) {
    remarks.push(`${countRows(short)} fewer cells than ${owner}; the missing cells were left empty.`);
  }
  if (long > 0) {
    remarks.push(
      `${countRows(long)} more cells than ${owner}; the extra cells were kept in the last column.`,
    );
  }
  return { columns, format: delimiter === '\t' ? 'tsv' : 'csv', hasHeader: header !== null, remarks };
}

/**
 * The header's cells; where nine in ten rows have more filled cells than it, blank ones besides: one at the start (row
 * names, as R writes them), or several at the end.
 */
function nameCells(header: readonly string[], width: number, body: readonly string[][]): string[] {
  const names = [...header];
  while (names.length > width && names.length > 1 && names.at(-1)!.trim() === '') names.pop();
  const missing = width - names.length;
  if (missing <= 0) return names;
  const filled = body.filter((row) => !isBlankLine(row));
  const wider = filled.filter((row) => row.length === width && row.at(-1)!.trim() !== '');
  if (wider.length < 0.9 * filled.length) return names;
  const blanks = new Array<string>(missing).fill('');
  return missing === 1 ? [...blanks, ...names] : [...names, ...blanks];
}

function countRows(count: number): string {
  return count === 1 ? '1 row has' : `${count.toLocaleString('en')} rows have`;
}
