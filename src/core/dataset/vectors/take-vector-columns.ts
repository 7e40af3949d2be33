import { cellKind } from '@/core/dataset/cell-kind';
import type { NamedCells } from '@/core/dataset/read-json';
import { checkVectorSize, describeRefused, type VectorColumn, VectorGatherer } from './vector-column';

/** A table's columns with its vectors taken out. */
export interface SplitColumns {
  readonly columns: NamedCells[];
  readonly vectors: VectorColumn[];
  /** Rows without a vector, in whole sentences. */
  readonly remarks: string[];
}

const sampledCells = 50;
/** Fewer numbered columns than this are fields, such as years or ratings. */
const fewestNumbers = 8;

/**
 * Takes vectors out of a table: columns whose cells are lists of numbers (`[0.1, 0.2]`, commas or spaces between), and runs
 * of eight or more columns of numbers whose names count up (`0`, `1` …; `dim_1`, `dim_2` …), one column a number. `fallback`
 * names vectors whose columns have no name of their own.
 */
export function takeVectorColumns(columns: readonly NamedCells[], fallback: string): SplitColumns {
  const vectors: VectorColumn[] = [];
  const remarks: string[] = [];
  const rest: NamedCells[] = [];
  for (const column of columns) {
    if (!holdsLists(column.cells)) {
      rest.push(column);
      continue;
    }
    const gatherer = new VectorGatherer(column.cells.length);
    column.cells.forEach((cell, row) => {
      gatherer.put(row, cell.trim() === '' ? null : (readList(cell) ?? []));
    });
    const { column: gathered, refused } = gatherer.finish(column.name);
    if (gathered === null) rest.push(column);
    else {
      vectors.push(gathered);
      const remark = describeRefused(column.name, refused);
      if (remark !== null) remarks.push(remark);
    }
  }
  const runs = numberedRuns(rest);
  for (const run of runs) vectors.push(joinColumns(run.columns, run.prefix, fallback));
  const taken = new Set(runs.flatMap((run) => run.columns));
  return { columns: rest.filter((column) => !taken.has(column)), vectors, remarks };
}

function sample(cells: readonly string[]): string[] {
  const filled: string[] = [];
  const step = Math.max(1, Math.floor(cells.length / sampledCells));
  for (let row = 0; row < cells.length; row += step) if (cells[row]!.trim() !== '') filled.push(cells[row]!);
  return filled;
}

function holdsLists(cells: readonly string[]): boolean {
  const filled = sample(cells);
  const lists = filled.filter((cell) => /^\s*\[/.test(cell) && readList(cell) !== null);
  return lists.length > 0 && lists.length >= 0.9 * filled.length;
}

/** The numbers of `[0.1, 0.2]` or `[0.1 0.2]`; null where it is no such list of two or more. */
export function readList(cell: string): number[] | null {
  const inner = /^\s*\[([^[\]]*)\]\s*$/.exec(cell)?.[1]?.trim();
  if (inner === undefined || inner === '') return null;
  const parts = inner.split(inner.includes(',') ? /\s*,\s*/ : /\s+/);
  if (parts.length < 2) return null;
  const numbers = parts.map((part) => (part === '' || part === 'null' ? Number.NaN : Number(part)));
  // A list of words is none; single missing numbers are for the gatherer to refuse.
  return Number.isNaN(numbers[0]) && numbers.every(Number.isNaN) ? null : numbers;
}

interface NumberedRun {
  readonly prefix: string;
  readonly columns: NamedCells[];
}

function numberedRuns(columns: readonly NamedCells[]): NumberedRun[] {
  const byPrefix = new Map<string, { number: number; column: NamedCells }[]>();
  for (const column of columns) {
    const [, prefix, digits] = /^(.*?)(\d+)$/s.exec(column.name) ?? [];
    if (prefix === undefined || digits === undefined || !holdsNumbers(column.cells)) continue;
    const group = byPrefix.get(prefix) ?? [];
    group.push({ number: Number(digits), column });
    byPrefix.set(prefix, group);
  }
  const runs: NumberedRun[] = [];
  for (const [prefix, group] of byPrefix) {
    group.sort((a, b) => a.number - b.number);
    const first = group[0]!.number;
    const isRun = first <= 1 && group.every(({ number }, i) => number === first + i);
    if (isRun && group.length >= fewestNumbers)
      runs.push({ prefix, columns: group.map(({ column }) => column) });
  }
  return runs;
}

function holdsNumbers(cells: readonly string[]): boolean {
  const filled = sample(cells);
  const numbers = filled.filter((cell) => /^(integer|float)$/.test(cellKind(cell)) || isFloat(cell));
  return filled.length > 0 && numbers.length === filled.length;
}

/** Also long ones, such as 17 digits with an exponent. */
function isFloat(cell: string): boolean {
  return cell.trim() !== '' && Number.isFinite(Number(cell));
}

function joinColumns(columns: readonly NamedCells[], prefix: string, fallback: string): VectorColumn {
  const rowCount = columns[0]!.cells.length;
  const width = columns.length;
  checkVectorSize(rowCount, width);
  const values = new Float32Array(rowCount * width);
  columns.forEach(({ cells }, i) => {
    cells.forEach((cell, row) => {
      values[row * width + i] = cell.trim() === '' ? Number.NaN : Number(cell);
    });
  });
  // One missing number leaves the row without a vector.
  for (let row = 0; row < rowCount; row++) {
    const at = row * width;
    if (!values.subarray(at, at + width).every(Number.isFinite)) values.fill(Number.NaN, at, at + width);
  }
  const name = prefix.replace(/[\s_.:-]+$/, '');
  return { name: name === '' || name === 'column' ? fallback : name, width, values };
}
