import { countOf } from '@/core/count-of';

interface Shown {
  readonly rowCount: number;
  /** Rows that pass the filters; null while they are being looked for the first time. */
  readonly shownCount: number | null;
  /** Name of the column sorted by, null for the order of the source. */
  readonly sortedBy: string | null;
  readonly isDescending: boolean;
  /** Names of the columns that are filtered. */
  readonly filtered: readonly string[];
  readonly isSelectedOnly: boolean;
}

/** The sentence over the table: how many of the rows, in what order, and why not all. */
export function describeTable(shown: Shown): { headline: string; text: string } {
  const { rowCount, shownCount, sortedBy, isDescending, filtered, isSelectedOnly } = shown;
  const isAll = filtered.length === 0 && !isSelectedOnly;
  const headline =
    shownCount === null || isAll
      ? countOf(rowCount, 'row')
      : `${shownCount.toLocaleString('en')} of ${countOf(rowCount, 'row')}`;
  const parts = [
    sortedBy === null
      ? 'in the order of the source'
      : `by ${sortedBy}, ${isDescending ? 'high to low' : 'low to high'}`,
  ];
  if (filtered.length > 0) parts.push(`filtered by ${filtered.join(' and ')}`);
  if (isSelectedOnly) parts.push('selected rows only');
  return { headline, text: parts.join(' · ') };
}
