import { type CellKind, cellKind } from './cell-kind';
import { isUsualColumnName } from './column-names';

const sampledRows = 200;
const longestName = 60;
/** Fewer numbers in a row may be anything. */
const fewestCounted = 8;

/**
 * Whether the first of these rows names the columns. A usual name decides (`text`, `label`, `id`), beside a long cell
 * or one of several lines only where it does not occur again in its column; else the first row has to differ from the
 * rows under it: words above numbers, short above long, and no cell that occurs again below. Whole numbers that count up name
 * the numbers of vectors.
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const first = rows[0];
  if (first === undefined || first.every((cell) => cell.trim() === '')) return false;
  if (countsUp(first)) return true;
  const kinds = first.map(cellKind);
  const unlikeName = first.some((cell) => cell.length > longestName || /[\r\n]/.test(cell.trim()));
  const body = rows.slice(1, 1 + sampledRows);
  if (first.some(isUsualColumnName) && !kinds.some(isValue)) {
    return !unlikeName || (body.length > 0 && first.some((cell, i) => isNameOnlyOnTop(cell, i, body)));
  }
  if (unlikeName || kinds.some(isValue) || first.some(endsSentence) || body.length === 0) return false;
  const names = first.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (new Set(names).size < names.length) return false;

  let contrasts = 0;
  for (const [i, name] of first.entries()) {
    const cells = body.map((row) => row[i] ?? '').filter((cell) => cell.trim() !== '');
    if (cells.length === 0) continue;
    if (cells.includes(name)) return false;
    const values = cells.filter((cell) => isValue(cellKind(cell))).length;
    const meanLength = cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length;
    if (values >= 0.8 * cells.length || meanLength > 3 * Math.max(4, name.length)) contrasts++;
  }
  return contrasts > 0 || (first.length > 1 && body.length > 1 && names.length === first.length);
}

/** Names of the columns of a vector, as pandas writes them: 0, 1, 2 …, beside words and blanks. */
function countsUp(cells: readonly string[]): boolean {
  const isWhole = (cell: string) => /^\d+$/.test(cell.trim());
  const numbers = cells.filter(isWhole).map(Number);
  const [start = 2] = numbers;
  return (
    numbers.length >= fewestCounted &&
    start <= 1 &&
    numbers.every((number, i) => number === start + i) &&
    cells.every((cell) => isWhole(cell) || !isValue(cellKind(cell)))
  );
}

/** A label may be called `question` too, but then more than one row has it. */
function isNameOnlyOnTop(cell: string, column: number, body: readonly (readonly string[])[]): boolean {
  return isUsualColumnName(cell) && body.every((row) => row[column]?.trim() !== cell.trim());
}

function isValue(kind: CellKind): boolean {
  return kind === 'integer' || kind === 'float' || kind === 'date' || kind === 'url';
}

function endsSentence(cell: string): boolean {
  return /[.!?。！？؟।…]["'”»」)]*\s*$/u.test(cell);
}
