import { memo, type PointerEvent } from 'react';
import { useStore } from 'zustand';
import { hoverChannel, hoverStore } from '@/state/hover';
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

/** One line of the table. The grid around it hears its clicks and keys. */
export const GridRow = memo(function GridRow({ columns, row, index, pin, isSelected, isTabStop }: Props) {
  const isHovered = useStore(hoverStore, (hovered) => hovered.row === row);
  const point = ({ pointerType }: PointerEvent) => pointerType === 'mouse' && hoverChannel.set(row);
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
      onPointerEnter={point}
      onPointerLeave={() => hoverChannel.set(null)}
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
          {column.textAt(row)}
          {column.key === 'row' && pin !== null && (
            <span className="unseen">{pin === 'first' ? ' pinned' : ' pinned as second'}</span>
          )}
        </td>
      ))}
    </tr>
  );
});
