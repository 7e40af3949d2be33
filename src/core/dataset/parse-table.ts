import { describeBinary } from './binary-format';
import { guessCoordinates } from './coordinates';
import { decodeBytes } from './decode-bytes';
import { guessColumns } from './guess-columns';
import { guessDelimiter, looksLikeSheet, shareOfEqualRows } from './guess-delimiter';
import { looksLikeJsonLines, type NamedCells, readJson, readJsonLines } from './read-json';
import { readDelimitedColumns } from './read-rows';
import { type ParsedTable, TableError, type TableFormat } from './table';
import { packTexts } from './text-column';
import { takeVectorColumns } from './vectors/take-vector-columns';
import type { VectorColumn } from './vectors/vector-column';

/**
 * A file, or texts as pasted; `format: 'pasted'` takes texts as lines, whatever they look like, unless they are rows of a
 * spreadsheet. `header` says
 * whether the first row of CSV or TSV holds the column names; without it that is guessed.
 */
export type TableSource = { readonly header?: boolean } & (
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly text: string; readonly format?: 'pasted' }
);

const formatOfExtension: ReadonlyMap<string, TableFormat> = new Map([
  ['txt', 'lines'],
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['tab', 'tsv'],
  ['json', 'json'],
  ['jsonl', 'jsonl'],
  ['ndjson', 'jsonl'],
]);

/**
 * Reads a source into a table: by the extension of its name, else by its content. Throws TableError, whose message is
 * for the person, for what is empty, binary, malformed, of another shape, or without a column of texts.
 */
export function parseTable(source: TableSource): ParsedTable {
  const isFile = 'bytes' in source;
  const remarks: string[] = [];
  let text: string;
  if (isFile) {
    const binary = describeBinary(source.bytes);
    if (binary !== null) throw new TableError(binary);
    const decoded = decodeBytes(source.bytes);
    text = decoded.text;
    if (decoded.remark !== null) remarks.push(decoded.remark);
  } else {
    text = source.text;
  }
  if (text.startsWith('\uFEFF')) text = text.slice(1);
  if (text.trim() === '') {
    throw new TableError(isFile ? 'This file is empty.' : 'There is no text here yet.');
  }
  if (isFile && text.includes('\0')) {
    throw new TableError(
      'This is a binary file, not text: it has zero bytes in it. Texts can be read from .txt, .csv, .tsv, .json and .jsonl files.',
    );
  }
  const format =
    (isFile || source.format === undefined ? undefined : looksLikeSheet(text) ? 'tsv' : 'lines') ??
    formatOfExtension.get(/\.([^.]+)$/.exec(source.name)?.[1]?.toLowerCase() ?? '') ??
    sniffFormat(text);
  return assembleTable(source.name, readAs(format, text, source.header), remarks);
}

/** A source as it was read: columns of cells, and vectors where the format has them. */
export interface ReadTable {
  readonly format: TableFormat;
  readonly columns: readonly NamedCells[];
  readonly vectors?: readonly VectorColumn[];
  readonly hasHeader?: boolean;
  readonly remarks: readonly string[];
}

function readAs(format: TableFormat, text: string, header: boolean | undefined): ReadTable {
  switch (format) {
    case 'lines':
      return { format, columns: [{ name: 'text', cells: splitLines(text) }], remarks: [] };
    case 'csv':
      return readDelimitedColumns(text, ',', header);
    case 'tsv':
      return readDelimitedColumns(text, '\t', header);
    case 'json':
      // A .json file with an object a line is common; it is JSON lines by another name.
      return looksLikeJsonLines(text)
        ? { format: 'jsonl', columns: readJsonLines(text), remarks: [] }
        : { format, columns: readJson(text), remarks: [] };
    case 'jsonl':
      return isJsonList(text)
        ? { format: 'json', columns: readJson(text), remarks: [] }
        : { format, columns: readJsonLines(text), remarks: [] };
    default:
      throw new TableError('This is a file of numbers, not of text.');
  }
}

/**
 * A table of columns as they were read: vectors are taken out of them, text and label column are guessed. Throws TableError
 * where there are neither texts nor vectors nor places on a map.
 */
export function assembleTable(name: string, read: ReadTable, remarks: readonly string[]): ParsedTable {
  const baseName = name.replace(/\.[^.]*$/, '');
  const split =
    read.format === 'lines'
      ? { columns: read.columns, vectors: [], remarks: [] }
      : takeVectorColumns(read.columns, baseName);
  const vectors = [...(read.vectors ?? []), ...split.vectors];
  const first = vectors[0];
  const rowCount = split.columns[0]?.cells.length ?? (first ? first.values.length / first.width : 0);
  const columns = split.columns.map((column) => ({
    name: column.name,
    cells: packColumn(column.cells),
  }));
  const isLines = read.format === 'lines';
  const guess = isLines ? { text: 0, label: null } : guessColumns(columns, rowCount);
  const guessedCoordinates = isLines ? null : guessCoordinates(columns, rowCount);
  if (guess.text === null && vectors.length === 0 && guessedCoordinates === null) {
    const names = columns.slice(0, 5).map((column) => `“${column.name}”`);
    throw new TableError(
      `There is no column of texts here: ${names.join(', ')}${columns.length > 5 ? ' and the others hold' : columns.length > 1 ? ' hold' : ' holds'} only numbers, dates or nothing.${columns.length > 1 ? ' If two of them are places on a map, call these x and y.' : ''}`,
    );
  }
  return {
    name,
    format: read.format,
    rowCount,
    hasHeader: read.hasHeader ?? null,
    columns,
    vectors,
    guessedText: guess.text,
    guessedLabel: guess.label,
    guessedCoordinates,
    remarks: [...remarks, ...read.remarks, ...split.remarks],
  };
}

function packColumn(cells: readonly string[]) {
  try {
    return packTexts(cells);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TableError('There is too much text here to read at once. Split it into smaller files.');
  }
}

/** Lines end at CR LF, LF, or CR where there is no LF at all; line ends at the end of the text begin no line. */
function splitLines(text: string): string[] {
  const lines = text.split(text.includes('\n') ? /\r?\n/ : '\r');
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

function sniffFormat(text: string): TableFormat {
  const start = text.trimStart();
  if (isJsonList(start) || (start.startsWith('{') && isJson(start))) return 'json';
  if (looksLikeJsonLines(start)) return 'jsonl';
  const delimiter = guessDelimiter(start, null);
  if (delimiter === null) return 'lines';
  const sample = start.slice(0, 65_536);
  const evidence = shareOfEqualRows(sample, delimiter, sample.length < start.length);
  if (evidence === null || evidence.rows < 2 || evidence.share < 0.9) return 'lines';
  if (delimiter === '\t') return 'tsv';
  // Lines of prose have commas too: only short, usual column names on top make them a table.
  const named = evidence.firstRow.every((cell) => cell.trim().split(/\s+/).length <= 3);
  return named && evidence.named ? 'csv' : 'lines';
}

function isJsonList(text: string): boolean {
  return /^\s*\[/.test(text) && isJson(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
