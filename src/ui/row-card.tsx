import { offeredColumn } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import classes from './row-card.module.css';

/** The small card of a hovered row: its text in two lines, then its place and one field. */
export function RowCard({ dataset, row, field }: { dataset: Dataset; row: number; field: string | null }) {
  const column = offeredColumn(dataset, field);
  return (
    <div className={classes.card}>
      <p className={classes.text} dir="auto">
        {textAt(dataset.texts, row)}
      </p>
      <p className={classes.note}>
        row {row}
        {column !== undefined && (
          <span dir="auto">
            {' '}
            · {column.about === undefined ? '' : `${column.name} `}
            {textAt(column.cells, row)}
          </span>
        )}
      </p>
    </div>
  );
}
