import { memo } from 'react';
import { useStore } from 'zustand';
import { hoverStore } from '@/state/hover';
import type { TableColumn } from './table-column';
import classes from './table-view.module.css';

interface Props {
  columns: readonly TableColumn[];
  row: number;
  /** Place in the table, from 0. */
  index: number;
  pin: 'first' | 'second' | null;
  isSelected: boolean;
  isTabStop: boolean;
}

/** Characters of a text that a line may show: more are wider than any screen, and cost as much as a page. */
const mostCharacters = 400;

/** One line of the table. The grid around it hears its pointer, clicks and keys. */
export const GridRow = memo(function GridRow({ columns, row, index, pin, isSelected, isTabStop }: Props) {
  const isHovered = useStore(hoverStore, (hovered) => hovered.row === row);
  return (
    <tr
      aria-rowindex={index + 3}
      aria-selected={isSelected}
      data-index={index}
      data-row={row}
      data-pinned={pin === 'first' || undefined}
      data-second={pin === 'second' || undefined}
      data-selected={isSelected || undefined}
      data-hovered={isHovered || undefined}
      tabIndex={isTabStop ? 0 : -1}
      className={classes.row}
    >
      <td>
        <input
          type="checkbox"
          className={classes.tick}
          tabIndex={-1}
          checked={isSelected}
          readOnly
          aria-label={`Select row ${row}`}
        />
      </td>
      {columns.map((column) => (
        <td
          key={column.key}
          dir={column.isNumeric ? undefined : 'auto'}
          className={column.isNumeric ? classes.numeric : undefined}
        >
          {column.textAt(row).slice(0, mostCharacters)}
          {column.key === 'row' && pin !== null && (
            <span className="unseen">{pin === 'first' ? ' pinned' : ' pinned as second'}</span>
          )}
        </td>
      ))}
    </tr>
  );
});
