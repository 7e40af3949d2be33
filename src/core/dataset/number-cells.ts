import { type TextColumn, textAt } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}(?:[,\s]\d{3})+(?:\.\d+)?$/;
const decimalComma = /^[+-]?\d*,\d+$/;
const surelyDecimalComma = /^[+-]?(?:0?,\d+|\d*,(?:\d{1,2}|\d{4,}))$/;
const units = /^[$€£]|\s?[%$€£]$/g;
const cellsASlice = 2000;

/**
 * A cell as a number: thousands may be parted by commas or spaces, a currency or percent sign stands for nothing. NaN for an
 * empty cell or `nan`; null where it is no number. With `hasDecimalCommas` a comma is the decimal point.
 */
export function readNumber(cell: string, hasDecimalCommas = false): number | null {
  const bare = bareNumber(cell);
  if (bare === '' || /^[+-]?nan$/i.test(bare)) return Number.NaN;
  if (plain.test(bare)) return Number(bare);
  if (hasDecimalCommas && decimalComma.test(bare)) return Number(bare.replace(',', '.'));
  if (!hasDecimalCommas && grouped.test(bare)) return Number(bare.replace(/[,\s]/g, ''));
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(bare);
  if (infinite !== null) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return null;
}

/** The cells of a column as numbers, NaN where a cell is none; commas are read one way throughout. */
export function* looseNumbers(column: TextColumn): Work<Float64Array<ArrayBuffer>> {
  const total = column.ends.length;
  let hasDecimalCommas = false;
  for (let row = 0; row < total && !hasDecimalCommas; row++) {
    hasDecimalCommas = surelyDecimalComma.test(bareNumber(textAt(column, row)));
    if (row % cellsASlice === cellsASlice - 1) yield { done: row, total };
  }
  const numbers = new Float64Array(total);
  for (let row = 0; row < total; row++) {
    numbers[row] = readNumber(textAt(column, row), hasDecimalCommas) ?? Number.NaN;
    if (row % cellsASlice === cellsASlice - 1) yield { done: row, total };
  }
  return numbers;
}

function bareNumber(cell: string): string {
  return cell.trim().replace(units, '').trim();
}

/**
 * The cells of a column as numbers, NaN where empty; null where a cell is no number or all are empty. Commas are read one
 * way throughout: as decimal points where some cell leaves no other reading ("3,5"), else between thousands.
 */
export function* numberCells(column: TextColumn): Work<Float64Array<ArrayBuffer> | null> {
  const total = column.ends.length;
  const cells: string[] = [];
  let hasDecimalCommas = false;
  for (let row = 0; row < total; row++) {
    const cell = textAt(column, row);
    // The cheap look first: most text columns part here, at their first cell.
    if (cell.length > 48) return null;
    if (readNumber(cell) === null && readNumber(cell, true) === null) return null;
    hasDecimalCommas ||= surelyDecimalComma.test(bareNumber(cell));
    cells.push(cell);
    if (row % cellsASlice === cellsASlice - 1) yield { done: row, total };
  }
  const numbers = new Float64Array(total);
  let filled = 0;
  for (let row = 0; row < total; row++) {
    const value = readNumber(cells[row]!, hasDecimalCommas);
    if (value === null) return null;
    numbers[row] = value;
    if (!Number.isNaN(value)) filled++;
    if (row % cellsASlice === cellsASlice - 1) yield { done: row, total };
  }
  return filled === 0 ? null : numbers;
}
