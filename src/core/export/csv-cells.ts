import Papa from 'papaparse';

const formulaStart = /^[=+\-@\t\r]/;
const plainNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets show as text. Plain
 * numbers such as −1.5 stay.
 */
export function guardCell(cell: string): string {
  return formulaStart.test(cell) && !plainNumber.test(cell) ? `'${cell}` : cell;
}

/** Lines of a CSV (comma, quotes as in RFC 4180, line feed after each line). */
export function csvLines(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return `${Papa.unparse(rows as string[][], { newline: '\n' })}\n`;
}

/** Lines as spreadsheets take them from the clipboard: tabs between cells, quotes around those with tabs, quotes or line ends. */
export function tabbedLines(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(rows as string[][], { delimiter: '\t', newline: '\n' });
}
