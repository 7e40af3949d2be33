import {
  flagContaining,
  flagMatching,
  foldColumn,
  isInRange,
  type NumberRange,
} from '@/core/dataset/match-rows';
import { numberCells } from '@/core/dataset/number-cells';
import { orderByNumber, orderByText } from '@/core/dataset/order-rows';
import type { TextColumn } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

/**
 * The texts, one of the other columns by its place, or what was computed, one a row: numbers, NaN for none, or words, empty for
 * none.
 */
export type ColumnSource = 'text' | number | Float64Array | TextColumn;

/** What a row must be like. */
export type RowCondition =
  | { readonly kind: 'contains'; readonly column: ColumnSource; readonly text: string }
  | { readonly kind: 'matches'; readonly column: ColumnSource; readonly pattern: string }
  | { readonly kind: 'range'; readonly column: ColumnSource; readonly range: NumberRange }
  | { readonly kind: 'among'; readonly rows: Uint32Array };

export interface RowSort {
  readonly column: ColumnSource;
  readonly isDescending: boolean;
}

/** A text or pattern, looked for in some columns. */
export interface RowSearch {
  readonly text: string;
  readonly isPattern: boolean;
  readonly columns: readonly ('text' | number)[];
}

/** How a pattern is read: case does not matter, `^` and `$` are the ends of lines, Unicode throughout. Throws a SyntaxError. */
export function compilePattern(pattern: string): RegExp {
  return new RegExp(pattern, 'imu');
}

/** The columns of a dataset beside what was worked out of them once: lower case, numbers, orders. */
export class RowShelf {
  readonly #folded = new Map<TextColumn, TextColumn>();
  readonly #numbers = new Map<TextColumn, Float64Array<ArrayBuffer> | null>();
  readonly #orders = new Map<string, Uint32Array<ArrayBuffer>>();

  constructor(
    readonly texts: TextColumn,
    readonly columns: readonly TextColumn[],
  ) {}

  get rowCount(): number {
    return this.texts.ends.length;
  }

  /** Numbers of a column, null where it holds anything else. */
  *numbersOf(column: TextColumn): Work<Float64Array<ArrayBuffer> | null> {
    const known = this.#numbers.get(column);
    if (known !== undefined) return known;
    const numbers = yield* numberCells(column);
    this.#numbers.set(column, numbers);
    return numbers;
  }

  /** Rows that meet every condition, in the order of the sort, else by index. A new array. */
  *arrange(conditions: readonly RowCondition[], sort: RowSort | null): Work<Uint32Array<ArrayBuffer>> {
    const order = sort === null ? null : yield* this.#order(sort);
    const { rowCount } = this;
    const passes = new Uint8Array(rowCount).fill(1);
    for (const condition of conditions) {
      const flags = yield* this.#flag(condition);
      for (let row = 0; row < rowCount; row++) passes[row]! &= flags[row]!;
    }
    const rows = new Uint32Array(rowCount);
    let count = 0;
    for (let place = 0; place < rowCount; place++) {
      const row = order === null ? place : order[place]!;
      if (passes[row] === 1) rows[count++] = row;
    }
    return rows.slice(0, count);
  }

  /** Rows of which some column holds the text, or a match of the pattern; ascending, a new array. Throws a SyntaxError. */
  *search({ text, isPattern, columns }: RowSearch): Work<Uint32Array<ArrayBuffer>> {
    const holds = new Uint8Array(this.rowCount);
    for (const column of columns) {
      const flags = yield* this.#flag(
        isPattern ? { kind: 'matches', column, pattern: text } : { kind: 'contains', column, text },
      );
      for (let row = 0; row < holds.length; row++) holds[row]! |= flags[row]!;
    }
    const rows: number[] = [];
    holds.forEach((flag, row) => {
      if (flag === 1) rows.push(row);
    });
    return Uint32Array.from(rows);
  }

  /** One byte a row: 1 where it meets the condition. */
  *#flag(condition: RowCondition): Work<Uint8Array<ArrayBuffer>> {
    const flags = new Uint8Array(this.rowCount);
    if (condition.kind === 'among') {
      for (const row of condition.rows) flags[row] = 1;
      return flags;
    }
    const { column } = condition;
    if (condition.kind === 'range') {
      const values = column instanceof Float64Array ? column : yield* this.numbersOf(this.#cellsOf(column));
      values?.forEach((value, row) => {
        if (isInRange(value, condition.range)) flags[row] = 1;
      });
      return flags;
    }
    if (column instanceof Float64Array) return flags;
    const cells = this.#cellsOf(column);
    if (condition.kind === 'contains') yield* flagContaining(this.#foldedOf(cells), condition.text, flags);
    else yield* flagMatching(cells, compilePattern(condition.pattern), flags);
    return flags;
  }

  *#order({ column, isDescending }: RowSort): Work<Uint32Array<ArrayBuffer>> {
    if (column instanceof Float64Array) return yield* orderByNumber(column, isDescending);
    if (typeof column === 'object') return yield* orderByText(column, isDescending);
    const key = `${column} ${isDescending}`;
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const cells = this.#cellsOf(column);
    const numbers = column === 'text' ? null : yield* this.numbersOf(cells);
    const order = yield* numbers === null
      ? orderByText(cells, isDescending)
      : orderByNumber(numbers, isDescending);
    this.#orders.set(key, order);
    return order;
  }

  /** Lower case of a column; words that were computed cross anew with every request, so theirs is not kept. */
  #foldedOf(column: TextColumn): TextColumn {
    if (column !== this.texts && !this.columns.includes(column)) return foldColumn(column);
    const folded = this.#folded.get(column) ?? foldColumn(column);
    this.#folded.set(column, folded);
    return folded;
  }

  #cellsOf(column: 'text' | number | TextColumn): TextColumn {
    if (typeof column === 'object') return column;
    const cells = column === 'text' ? this.texts : this.columns[column];
    if (cells === undefined) throw new RangeError(`There is no column ${column}.`);
    return cells;
  }
}
