import { claimName } from './column-names';
import { lineAndColumn, locateJsonError } from './locate-json-error';
import { TableError } from './table';
import { checkTableSize } from './table-limits';

/** Columns by name, each with a cell for every row. */
export interface NamedCells {
  readonly name: string;
  readonly cells: string[];
}

const expectedShape = 'Expected a list of texts, ["…", "…"], or a list of objects, [{"text": "…"}, …].';

/**
 * Columns of a JSON text: a list of strings, a list of objects, or an object with exactly one such list. Throws
 * TableError with line and column for invalid JSON, and for every other shape.
 */
export function readJson(text: string): NamedCells[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { line, column } = lineAndColumn(text, locateJsonError(text) ?? text.length);
    throw new TableError(`This is not valid JSON: reading stopped at line ${line}, column ${column}.`);
  }
  return columnsOf(findList(value), (index) => `Item ${index + 1}`);
}

/**
 * Columns of JSON lines: a string or an object a line; blank lines are no rows. Throws TableError naming the first line
 * that is not valid JSON or not of that shape.
 */
export function readJsonLines(text: string): NamedCells[] {
  const items: unknown[] = [];
  const lines: number[] = [];
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '') continue;
    try {
      items.push(JSON.parse(line));
    } catch {
      const column = raw.length - raw.trimStart().length + (locateJsonError(line) ?? line.length) + 1;
      throw new TableError(
        `Line ${i + 1} is not valid JSON (reading stopped at column ${column}). Every line has to be a text in quotes or an object of its own.`,
      );
    }
    lines.push(i + 1);
  }
  return columnsOf(items, (index) => `Line ${lines[index]}`);
}

/** Whether the first line with anything on it is a JSON string or object of its own, and more lines follow it. */
export function looksLikeJsonLines(text: string): boolean {
  const start = text.trimStart();
  const end = start.indexOf('\n');
  if (end === -1 || start.slice(end).trim() === '' || !/^["{]/.test(start)) return false;
  try {
    JSON.parse(start.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

function findList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) {
    throw new TableError(`This JSON holds ${nameShape(value)}. ${expectedShape}`);
  }
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] => isRowList(entry[1]));
  const [only, second] = lists;
  if (only === undefined) {
    throw new TableError(`This JSON object has no list of texts in it. ${expectedShape}`);
  }
  if (second !== undefined) {
    const names = lists.slice(0, 5).map(([name]) => `“${name}”`);
    throw new TableError(
      `This JSON object has several lists (${names.join(', ')}), and which one holds the texts cannot be told. ${expectedShape}`,
    );
  }
  return only[1];
}

function isRowList(value: unknown): boolean {
  return Array.isArray(value) && value.some((item) => typeof item === 'string' || isObject(item));
}

function columnsOf(items: readonly unknown[], place: (index: number) => string): NamedCells[] {
  if (items.length === 0) throw new TableError('There are no texts in it: the list is empty.');
  const first = items.find((item) => item !== null);
  if (typeof first === 'string') return [{ name: 'text', cells: stringCells(items, place) }];
  if (isObject(first)) return objectColumns(items, place);
  const index = items.indexOf(first);
  throw new TableError(`${place(Math.max(0, index))} is ${nameShape(first ?? null)}. ${expectedShape}`);
}

function stringCells(items: readonly unknown[], place: (index: number) => string): string[] {
  return items.map((item, index) => {
    if (item !== null && typeof item === 'object') {
      throw new TableError(
        `${place(index)} is ${nameShape(item)}, where those before are texts. ${expectedShape}`,
      );
    }
    return cellOf(item);
  });
}

/** Own keys only, and into a Map: a key such as `__proto__` is a column like any other. */
function objectColumns(items: readonly unknown[], place: (index: number) => string): NamedCells[] {
  const columns = new Map<string, string[]>();
  for (const [row, item] of items.entries()) {
    if (item === null) continue;
    if (!isObject(item)) {
      throw new TableError(
        `${place(row)} is ${nameShape(item)}, where those before are objects. ${expectedShape}`,
      );
    }
    for (const [key, value] of Object.entries(item)) {
      let cells = columns.get(key);
      if (cells === undefined) {
        checkTableSize(columns.size + 1, items.length);
        cells = new Array<string>(items.length).fill('');
        columns.set(key, cells);
      }
      cells[row] = cellOf(value);
    }
  }
  if (columns.size === 0) throw new TableError('There are no texts in it: the objects are empty.');
  const keys = new Set(columns.keys());
  const taken = new Set<string>();
  return Array.from(columns, ([key, cells], i) => {
    const name = key.trim();
    const free =
      name === ''
        ? claimName(`column ${i + 1}`, taken, keys)
        : claimName(name, taken, name === key ? undefined : keys);
    return { name: free, cells };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new TableError(
      'A value in this JSON holds lists in lists too deep to be shown. Leave that field out.',
    );
  }
}

function nameShape(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'a single text';
  return typeof value === 'number' ? 'a number' : 'true or false';
}
