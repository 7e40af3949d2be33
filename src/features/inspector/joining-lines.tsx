import { useStore } from 'zustand';
import { hoverStore } from '@/state/hover';
import type { Match } from './match-lists';
import classes from './neighbours.module.css';

/** As in the style sheet. */
const itemHeightPx = 50;
const widthPx = 32;

/** Lines from each row of the left list to the same row in the right one; the hovered row's is drawn last. */
export function JoiningLines({ matches, rowCount }: { matches: readonly Match[]; rowCount: number }) {
  const hovered = useStore(hoverStore, ({ row }) => row);
  const ordered = [...matches].sort((a, b) => Number(a.row === hovered) - Number(b.row === hovered));
  return (
    <svg className={classes.lines} width={widthPx} height={rowCount * itemHeightPx} aria-hidden="true">
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
