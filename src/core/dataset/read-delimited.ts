import Papa from 'papaparse';

import { type Delimiter, guessDelimiter } from './guess-delimiter';

/** How one reading of a file treats quotes. */
type Quoting = 'doubled' | 'backslash' | 'none';

interface Reading {
  readonly rows: string[][];
  readonly quoting: Quoting;
  /** Rows that speak against this reading. */
  readonly cost: number;
}

/** Cells as they stand in a delimited file; rows may differ in length. */
export interface DelimitedRows {
  readonly rows: string[][];
  readonly delimiter: Delimiter;
  /** What was assumed, in whole sentences. */
  readonly remarks: string[];
}

/**
 * Reads CSV, TSV and their relatives. Quotes follow RFC 4180 where the file does; a file whose quotes do not pair up
 * that way is read with backslashes as escapes, or with quotes as ordinary characters (plain TSV), whichever leaves
 * fewer rows out of line. Line ends inside quotes belong to the cell. Blank lines at either end are no rows.
 */
export function readDelimited(text: string, preferred: ',' | '\t' | null): DelimitedRows {
  const declared = /^sep=([^\r\n])\r?\n/i.exec(text);
  const body = (declared === null ? text : text.slice(declared[0].length))
    .replace(/^[\r\n]+/, '')
    .replace(/[\r\n]+$/, '');
  const delimiter = declared === null ? guessDelimiter(body, preferred) : (declared[1] as Delimiter);
  const ends = lineEnds(body);
  const read = (quoting: Quoting) => readWith(body, delimiter ?? unusedDelimiter(body), ends, quoting);

  let best = read(body.includes('"') ? 'doubled' : 'none');
  if (best.cost > 0 && body.includes('"')) {
    if (body.includes('\\"')) best = cheaper(best, read('backslash'));
    best = cheaper(best, read('none'));
  }
  const remarks: string[] = [];
  if (delimiter !== null && delimiter !== preferred && delimiter !== ', ') {
    remarks.push(`Cells are separated by ${delimiterNames[delimiter] ?? `“${delimiter}”`}.`);
  }
  if (best.quoting === 'none' && body.includes('"')) {
    remarks.push('Quotation marks were read as part of the texts, because they do not pair up as quoting.');
  } else if (best.quoting === 'backslash') {
    remarks.push('Quotation marks after a backslash were read as part of the texts.');
  }
  return { rows: best.rows, delimiter, remarks };
}

const delimiterNames: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

function cheaper(first: Reading, second: Reading): Reading {
  return second.cost < first.cost ? second : first;
}

function readWith(text: string, delimiter: string, ends: LineEnds, quoting: Quoting): Reading {
  const { data: rows, errors } = Papa.parse<string[]>(text, {
    delimiter,
    newline: ends.newline,
    escapeChar: quoting === 'backslash' ? '\\' : '"',
    fastMode: quoting === 'none',
  });
  if (ends.mixed) stripCarriageReturns(rows);
  const width = usualWidth(rows);
  let cost = 0;
  for (const row of rows) if (row.length !== width && !isBlankLine(row)) cost++;
  const malformed = new Set(errors.map((error) => error.row));
  for (const index of malformed) {
    const cells = index === undefined ? undefined : rows[index];
    // A quote that is never closed swallows the lines after it.
    cost += 1 + (cells?.join('').split('\n').length ?? 1);
  }
  if (quoting === 'none') cost += countQuotedCells(rows);
  return { rows, quoting, cost };
}

/** Cells such as "He said ""yes""": only quoting doubles quotation marks. */
function countQuotedCells(rows: readonly string[][]): number {
  let quoted = 0;
  for (const row of rows) {
    for (const cell of row) {
      if (cell.startsWith('"') && cell.endsWith('"') && /[^"]""[^"]/.test(cell)) quoted++;
    }
  }
  return quoted;
}

/** The commonest number of cells in a row, blank lines aside; the larger of two equally common ones. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (!isBlankLine(row)) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  }
  let width = 0;
  let most = 0;
  for (const [length, count] of counts) {
    if (count > most || (count === most && length > width)) [width, most] = [length, count];
  }
  return width;
}

/** A line with nothing on it, as opposed to a row of empty cells. */
export function isBlankLine(row: readonly string[]): boolean {
  return row.length === 0 || (row.length === 1 && row[0]!.trim() === '');
}

interface LineEnds {
  readonly newline: '\n' | '\r' | '\r\n';
  /** Some lines end in CR LF and some in LF alone. */
  readonly mixed: boolean;
}

function lineEnds(text: string): LineEnds {
  if (!text.includes('\r')) return { newline: '\n', mixed: false };
  const outside = text.replaceAll(/"[^"]*"/g, '');
  const both = outside.includes('\r\n');
  const alone = /(?:^|[^\r])\n/.test(outside);
  if (both) return { newline: alone ? '\n' : '\r\n', mixed: alone };
  return { newline: !alone && outside.includes('\r') ? '\r' : '\n', mixed: false };
}

function stripCarriageReturns(rows: string[][]): void {
  for (const row of rows) {
    const last = row.length - 1;
    if (row[last]?.endsWith('\r')) row[last] = row[last]!.slice(0, -1);
  }
}

function unusedDelimiter(text: string): string {
  let unit = 0x1f;
  while (unit > 0 && text.includes(String.fromCharCode(unit))) unit--;
  return String.fromCharCode(unit === 0 ? 0xe000 : unit);
}
