import type { Dataset } from '@/core/dataset/dataset';
import { compilePattern, type RowSearch } from '@/core/dataset/row-shelf';

interface Typed {
  readonly text: string;
  readonly isPattern: boolean;
  /** Null for any column, `text`, or the place of another one. */
  readonly column: string | null;
}

/** What was typed as the worker takes it, what to mark in a text, and what is wrong with it. */
export function readSearch(
  dataset: Pick<Dataset, 'columns'>,
  { text, isPattern, column }: Typed,
): { search: RowSearch; wanted: string | RegExp; problem: string | null } {
  const all: ('text' | number)[] = ['text', ...dataset.columns.keys()];
  const place: 'text' | number = column === 'text' ? column : Number(column ?? Number.NaN);
  const columns: ('text' | number)[] = all.includes(place) ? [place] : all;
  const search: RowSearch = { text, isPattern, columns };
  if (!isPattern) return { search, wanted: text, problem: null };
  try {
    return { search, wanted: compilePattern(text), problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^.*:\s*/, '') : String(error);
    return { search, wanted: text, problem: `Not a regular expression: ${reason}.` };
  }
}
