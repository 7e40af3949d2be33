import type { MouseEvent, ReactNode } from 'react';
import classes from './near-rows.module.css';

interface Props {
  row: number;
  text: string;
  /** CSS colour of the bar. */
  colour: string;
  /** Length of the bar, 0 to 1. */
  share: number;
  /** The number behind the bar. */
  value: ReactNode;
  /** Said when the pointer rests. */
  title: string | undefined;
  isHovered: boolean;
  /** Whether no other column holds the row: it is drawn paler. */
  isAlone: boolean;
  onPick(event: MouseEvent): void;
  /** The row as the pointer or the keyboard comes to it, null as it leaves. */
  onHover(row: number | null): void;
  /** A further button. */
  children?: ReactNode;
}

/** A row in a list of the nearest: its text, a bar and a number. */
export function NearRow(props: Props) {
  const { row, text, colour, share, value, title, isHovered, isAlone, onPick, onHover, children } = props;
  return (
    <li className={classes.entry} data-alone={isAlone || undefined} data-hovered={isHovered || undefined}>
      <button
        type="button"
        className={classes.item}
        data-row={row}
        title={title}
        onClick={onPick}
        onPointerEnter={() => onHover(row)}
        onPointerLeave={() => onHover(null)}
        onFocus={() => onHover(row)}
        onBlur={() => onHover(null)}
      >
        <span className={classes.itemText} dir="auto">
          {text}
        </span>
        <span className={classes.measure}>
          <span className={classes.track}>
            <span
              className={classes.bar}
              style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%`, background: colour }}
            />
          </span>
          <span className={classes.value}>{value}</span>
        </span>
      </button>
      {children}
    </li>
  );
}
