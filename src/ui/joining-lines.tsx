import type { ReactNode } from 'react';
import classes from './near-rows.module.css';

/** As in the style sheet. */
const itemHeightPx = 50;
const widthPx = 32;

/** A row that stands in both of two lists, by its places. */
export interface JoinedRow {
  readonly row: number;
  readonly left: number;
  readonly right: number;
}

interface Listed {
  readonly row: number;
}

/** The rows two lists share, in the order of the left one. */
export function joinLists(left: readonly Listed[], right: readonly Listed[]): JoinedRow[] {
  const places = new Map(right.map(({ row }, place) => [row, place]));
  return left.flatMap(({ row }, place) => {
    const other = places.get(row);
    return other === undefined ? [] : [{ row, left: place, right: other }];
  });
}

interface Props {
  joined: readonly JoinedRow[];
  /** Length of the longer list. */
  length: number;
  hovered: number | null;
}

/** Lines from each row of one list to the same row in the list beside it; the hovered row's lies on top. */
export function JoiningLines({ joined, length, hovered }: Props) {
  const ordered = [...joined].sort((a, b) => Number(a.row === hovered) - Number(b.row === hovered));
  return (
    <svg className={classes.lines} width={widthPx} height={length * itemHeightPx} aria-hidden="true">
      {ordered.map(({ row, left, right }) => {
        const from = (left + 0.5) * itemHeightPx;
        const to = (right + 0.5) * itemHeightPx;
        const middle = widthPx / 2;
        return (
          <g key={row} data-hovered={row === hovered || undefined} className={classes.line}>
            <path d={`M4 ${from}C${middle} ${from} ${middle} ${to} ${widthPx - 4} ${to}`} />
            <circle cx={4} cy={from} r={2} />
            <circle cx={widthPx - 4} cy={to} r={2} />
          </g>
        );
      })}
    </svg>
  );
}

/** What the lines between lists mean, and words on them. */
export function JoinedLegend({ children }: { children: ReactNode }) {
  return (
    <p className={classes.legend}>
      <svg width="22" height="6" aria-hidden="true" className={classes.line}>
        <path d="M3 3H19" />
        <circle cx="3" cy="3" r="2" />
        <circle cx="19" cy="3" r="2" />
      </svg>
      {children}
    </p>
  );
}
