import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { hoverChannel, hoverStore } from '@/state/hover';
import { commit } from '@/state/view';
import classes from './disagreement-table.module.css';
import type { RowLabel } from './use-row-label';

/** As in the style sheet. */
const dotPitchPx = 9;

interface Props {
  dataset: Dataset;
  row: number;
  shared: number;
  k: number;
  label: RowLabel | null;
  /** Place in the table, from 0. */
  index: number;
  isPinned: boolean;
  isSelected: boolean;
  /** Whether its neighbours are listed below it. */
  isOpen: boolean;
  isTabStop: boolean;
  /** The nearest compared row; undefined while it is being read. */
  nearestA: number | undefined;
  nearestB: number | undefined;
  onFocus(index: number): void;
  onOpen(row: number | null): void;
}

/** One line of the table. Its button reaches over the whole line and pins the row. */
export const DisagreementRow = memo(function DisagreementRow(props: Props) {
  const { dataset, row, shared, k, label, index, isPinned, isSelected, isOpen, isTabStop } = props;
  const { nearestA, nearestB, onFocus, onOpen } = props;
  const isHovered = useStore(hoverStore, (hovered) => hovered.row === row);
  const colour = label?.colourOf(row) ?? null;
  return (
    <tr
      aria-rowindex={index + 2}
      data-index={index}
      data-row={row}
      data-pinned={isPinned || undefined}
      data-selected={isSelected || undefined}
      data-hovered={isHovered || undefined}
      className={classes.row}
    >
      <td className={classes.number}>
        <button
          type="button"
          className={classes.open}
          tabIndex={-1}
          aria-expanded={isOpen}
          aria-label={`Neighbours of row ${row}`}
          onClick={() => onOpen(isOpen ? null : row)}
        >
          <ChevronRight size={14} strokeWidth={1.5} />
        </button>
        <button
          type="button"
          data-pin
          className={classes.pin}
          tabIndex={isTabStop ? 0 : -1}
          aria-pressed={isPinned}
          aria-label={`Pin row ${row}`}
          onClick={() => commit({ pinned: isPinned ? null : row })}
          onPointerEnter={() => hoverChannel.set(row)}
          onPointerLeave={() => hoverChannel.set(null)}
          onFocus={() => {
            hoverChannel.set(row);
            onFocus(index);
          }}
          onBlur={() => hoverChannel.set(null)}
        >
          {row}
        </button>
      </td>
      <td dir="auto">{textAt(dataset.texts, row)}</td>
      {label !== null && (
        <td>
          {colour !== null && (
            <span className={classes.colour} style={{ background: colour }} aria-hidden="true" />
          )}
          <span dir="auto">{label.valueOf(row)}</span>
        </td>
      )}
      <td>
        <span className="unseen">
          {shared} of {k}
        </span>
        <span className={classes.dots} style={{ width: k * dotPitchPx }} aria-hidden="true">
          <span className={classes.full} style={{ width: shared * dotPitchPx }} />
        </span>
      </td>
      <NearestCell dataset={dataset} row={nearestA} />
      <NearestCell dataset={dataset} row={nearestB} />
    </tr>
  );
});

function NearestCell({ dataset, row }: { dataset: Dataset; row: number | undefined }) {
  return (
    <td className={classes.other} dir="auto">
      {row !== undefined && textAt(dataset.texts, row)}
    </td>
  );
}
