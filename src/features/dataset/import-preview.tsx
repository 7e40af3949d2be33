import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { TableHead } from '@/queries/read-table';
import { describeCounts, remarksOf } from './describe-import';
import styles from './import-preview.module.css';
import type { ColumnChoice } from './use-import';

const shownRows = 8;
const shownColumns = 5;
const shownLength = 240;

/** Text first, label second, then the others as they come. */
function columnOrder(table: TableHead, textColumn: number, labelColumn: number | null): number[] {
  const first = labelColumn === null || labelColumn === textColumn ? [textColumn] : [textColumn, labelColumn];
  return [...first, ...[...table.columns.keys()].filter((column) => !first.includes(column))];
}

/** What would come on the screen: counts, what was left out, how the file was read, and the first rows. */
export function ImportPreview({
  table,
  choice,
  built,
  base,
}: {
  table: TableHead;
  choice: ColumnChoice;
  built: Dataset;
  base: Dataset | null;
}) {
  const textColumn = choice.textColumn ?? 0;
  const order = columnOrder(table, textColumn, choice.labelColumn);
  const columns = order.slice(0, shownColumns);
  const hidden = order.length - columns.length;
  const rows = Array.from({ length: Math.min(shownRows, table.rowCount) }, (_, row) => row);
  const remarks = remarksOf(built, base);
  const roleOf = (column: number) =>
    column === textColumn
      ? 'text'
      : column === choice.labelColumn
        ? 'label'
        : column === choice.coordinates?.[0]
          ? 'map x'
          : column === choice.coordinates?.[1]
            ? 'map y'
            : undefined;

  return (
    <section className={styles.preview} aria-label="Preview">
      <p className={styles.counts}>
        {describeCounts(built, base).map((phrase, i) => (
          <span key={phrase}>
            {i > 0 && ' · '}
            {i === 0 ? <strong>{phrase}</strong> : phrase}
          </span>
        ))}
      </p>
      {remarks.length > 0 && (
        <ul className={styles.remarks}>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <table className={styles.table}>
        <caption className={styles.caption}>
          {rows.length < table.rowCount ? `The first ${rows.length} rows` : 'All rows'}
          {hidden > 0 && `, ${columns.length} of ${order.length} columns; the others are kept too`}
        </caption>
        <thead className={table.format === 'lines' ? styles.unseenHead : undefined}>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-role={roleOf(column)}>
                <span dir="auto">{table.columns[column]!.name}</span>
                {roleOf(column) !== undefined && roleOf(column) !== table.columns[column]!.name && (
                  <small>{roleOf(column)}</small>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const isBlank = textAt(table.columns[textColumn]!.cells, row).trim() === '';
            return (
              <tr key={row} data-blank={isBlank || undefined}>
                {columns.map((column) => (
                  <td key={column} data-role={roleOf(column)}>
                    {isBlank && column === textColumn ? (
                      <div className={styles.blank}>blank, skipped</div>
                    ) : (
                      <div dir="auto">{textAt(table.columns[column]!.cells, row).slice(0, shownLength)}</div>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
