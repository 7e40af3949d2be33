import { packTexts, type TextColumn, textAt, textsOf } from '@/core/dataset/text-column';
import type { Work } from '@/core/work';

const cellsASlice = 500;
const hitsASlice = 2000;

/** Lower case of every cell, to be searched without regard to case. */
export function foldColumn(column: TextColumn): TextColumn {
  const joined = column.joined.toLowerCase();
  // Lower case is never shorter, so where the length is the same every cell ends where it did.
  if (joined.length === column.joined.length) return { joined, ends: column.ends };
  return packTexts(textsOf(column).map((cell) => cell.toLowerCase()));
}

/** Sets the flag of every row whose folded cell contains the text, whatever its case. An empty text is in every cell. */
export function* flagContaining(folded: TextColumn, text: string, flags: Uint8Array): Work<void> {
  const needle = text.toLowerCase();
  const { joined, ends } = folded;
  if (needle === '') {
    flags.fill(1);
    return;
  }
  const total = ends.length;
  let row = 0;
  let hits = 0;
  let at = joined.indexOf(needle);
  while (at >= 0) {
    while (ends[row]! <= at) row++;
    const end = ends[row]!;
    const isInside = at + needle.length <= end;
    if (isInside) flags[row] = 1;
    if (++hits % hitsASlice === 0) yield { done: row, total };
    at = joined.indexOf(needle, isInside ? end : at + 1);
  }
}

/** Sets the flag of every row whose cell the pattern finds something in. The pattern must not be sticky or global. */
export function* flagMatching(column: TextColumn, pattern: RegExp, flags: Uint8Array): Work<void> {
  const total = column.ends.length;
  for (let row = 0; row < total; row++) {
    if (pattern.test(textAt(column, row))) flags[row] = 1;
    if (row % cellsASlice === cellsASlice - 1) yield { done: row, total };
  }
}

/** Numbers from `low` to `high`; an open end does not include its bound. */
export interface NumberRange {
  readonly low: number;
  readonly high: number;
  readonly isLowOpen: boolean;
  readonly isHighOpen: boolean;
}

/** Whether a number lies in a range; NaN lies in none. */
export function isInRange(value: number, { low, high, isLowOpen, isHighOpen }: NumberRange): boolean {
  return (isLowOpen ? value > low : value >= low) && (isHighOpen ? value < high : value <= high);
}

const number = String.raw`([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)`;
const comparison = new RegExp(`^(>=|≥|>|<=|≤|<|=)\\s*${number}$`, 'i');
const between = new RegExp(`^${number}\\s*(?:\\.\\.+|…|–)\\s*${number}$`, 'i');

/** Reads `> 0.5`, `<= 3`, `= 2`, `1..5`; null where it says no range. */
export function readRange(text: string): NumberRange | null {
  const trimmed = text.trim();
  const pair = between.exec(trimmed);
  if (pair !== null) {
    return { low: Number(pair[1]), high: Number(pair[2]), isLowOpen: false, isHighOpen: false };
  }
  const [, sign, bound] = comparison.exec(trimmed) ?? [];
  if (sign === undefined) return null;
  const value = Number(bound);
  const all = {
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    isLowOpen: false,
    isHighOpen: false,
  };
  if (sign === '=') return { ...all, low: value, high: value };
  if (sign.startsWith('>') || sign === '≥') return { ...all, low: value, isLowOpen: sign === '>' };
  return { ...all, high: value, isHighOpen: sign === '<' };
}
