import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { csvLines, guardCell } from '@/core/export/csv-cells';
import type { RankedPairs } from '@/core/similarity/pair-scan';

/** CSV of pairs, foremost first: `a,b,<measure>,text a,text b`; a and b are dataset rows. */
export function pairsCsv(
  dataset: Dataset,
  { a, b, values }: RankedPairs,
  measure: 'similarity' | 'difference',
): string {
  return csvLines([
    ['a', 'b', measure, 'text a', 'text b'],
    ...Array.from(values, (value, i) => [
      String(a[i]),
      String(b[i]),
      value.toFixed(6),
      guardCell(textAt(dataset.texts, a[i]!)),
      guardCell(textAt(dataset.texts, b[i]!)),
    ]),
  ]);
}

/**
 * CSV of the rows that stay when of each set only its first is kept: `row,text`, the dataset's other columns, and `stands for`, the
 * dropped rows with a space between them.
 */
export function keptRowsCsv(dataset: Dataset, sets: readonly Uint32Array[]): string {
  const standsFor = new Map(sets.map((set) => [set[0]!, [...set.subarray(1)]]));
  const dropped = new Set([...standsFor.values()].flat());
  const { columns, rowCount } = dataset;
  const rows = Array.from({ length: rowCount }, (_, row) => row).filter((row) => !dropped.has(row));
  return csvLines([
    ['row', 'text', ...columns.map(({ name }) => guardCell(name)), 'stands for'],
    ...rows.map((row) => [
      String(row),
      guardCell(textAt(dataset.texts, row)),
      ...columns.map(({ cells }) => guardCell(textAt(cells, row))),
      (standsFor.get(row) ?? []).join(' '),
    ]),
  ]);
}
