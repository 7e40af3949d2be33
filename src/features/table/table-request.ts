import { readRange } from '@/core/dataset/match-rows';
import type { RowCondition, RowSort } from '@/core/dataset/row-shelf';
import type { TableColumn } from './table-column';

/** What the table asks for, and what of it cannot be understood. */
export interface TableRequest {
  readonly conditions: readonly RowCondition[];
  readonly sort: RowSort | null;
  /** Names the request: equal keys, equal rows. */
  readonly key: readonly unknown[];
  /** Keys of columns whose filter says nothing that can be looked for. */
  readonly unreadable: ReadonlySet<string>;
}

interface Choices {
  readonly sort: { readonly column: string; readonly isDescending: boolean } | null;
  readonly filters: Readonly<Record<string, string>>;
  /** Rows the table is limited to, null for all. */
  readonly among: readonly number[] | null;
}

/** Turns the choices into a request. Choices about columns that are not there are left aside. */
export function readRequest(
  columns: readonly TableColumn[],
  { sort, filters, among }: Choices,
): TableRequest {
  const conditions: RowCondition[] = [];
  const key: unknown[] = [];
  const unreadable = new Set<string>();
  for (const column of columns) {
    const text = filters[column.key]?.trim() ?? '';
    if (text === '') continue;
    const condition = conditionOf(column, text);
    if (condition === null) {
      unreadable.add(column.key);
      continue;
    }
    conditions.push(condition);
    key.push([column.sourceKey, text]);
  }
  if (among !== null) {
    conditions.push({ kind: 'among', rows: Uint32Array.from(among) });
    key.push(['among', nameOf(among)]);
  }
  const sorted = columns.find((column) => column.key === sort?.column);
  if (sorted === undefined || sort === null) return { conditions, sort: null, key, unreadable };
  const { isDescending } = sort;
  return {
    conditions,
    sort: { column: sorted.source, isDescending },
    key: [...key, 'sort', sorted.sourceKey, isDescending],
    unreadable,
  };
}

const names = new WeakMap<readonly number[], number>();
let lastName = 0;

/** Tells lists of rows apart by identity: they can be too long to write out. */
function nameOf(rows: readonly number[]): number {
  const name = names.get(rows) ?? ++lastName;
  names.set(rows, name);
  return name;
}

function conditionOf({ source, isNumeric }: TableColumn, text: string): RowCondition | null {
  const range = isNumeric ? readRange(text) : null;
  if (range !== null) return { kind: 'range', column: source, range };
  if (!(source instanceof Float64Array)) return { kind: 'contains', column: source, text };
  // A number alone means itself, as it is written in the cell.
  const value = Number(text.replaceAll(',', ''));
  if (Number.isNaN(value)) return null;
  const half = Number.isInteger(value) && !text.includes('.') ? 0 : 0.5 * 10 ** -decimalsOf(text);
  return {
    kind: 'range',
    column: source,
    range: { low: value - half, high: value + half, isLowOpen: false, isHighOpen: half > 0 },
  };
}

function decimalsOf(text: string): number {
  return text.length - text.indexOf('.') - 1;
}
