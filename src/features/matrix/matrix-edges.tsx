import { useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { RowGroups } from '@/core/dataset/group-rows';
import type { HeatView } from '@/gl/heat-scene';
import { groupColour } from '@/gl/row-colours';
import { formatCount } from './format-number';
import classes from './matrix-edges.module.css';
import { type DrawnSpan, type GroupSpan, placeSpans } from './matrix-order';

const barPx = 8;
const gapPx = 4;
const groundPx = 2;
const pinPx = 5;

interface Props {
  view: StoreApi<{ view: HeatView | null }>;
  spans: readonly GroupSpan[];
  groups: RowGroups | null;
  /** Ordered index of the pinned row, null where there is none or it has no vector. */
  pinned: number | null;
  isDark: boolean;
}

interface Named {
  group: number;
  x: number;
  y: number;
}

/** What stands at the top and left edges of the matrix and moves with it: bars of the groups and marks of the pinned row. */
export function MatrixEdges({ view: store, spans, groups, pinned, isDark }: Props) {
  const view = useStore(store, (state) => state.view);
  const [named, setNamed] = useState<Named | null>(null);
  if (view === null) return null;
  const { originX, originY, cellPx } = view;
  // Beside the matrix; at the edge of the stage, over the matrix, once that goes beyond it.
  const left = Math.max(groundPx, originX - barPx - gapPx);
  const top = Math.max(groundPx, originY - barPx - gapPx);
  const down = placeSpans(spans, { first: view.firstRow, last: view.lastRow, originPx: originY, cellPx });
  const across = placeSpans(spans, {
    first: view.firstColumn,
    last: view.lastColumn,
    originPx: originX,
    cellPx,
  });
  const nameAt = (group: number, event: React.PointerEvent<SVGElement>) => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (box !== undefined) setNamed({ group, x: event.clientX - box.left, y: event.clientY - box.top });
  };
  return (
    <>
      <svg className={classes.edges} aria-hidden="true">
        {spans.length > 0 && (
          <>
            <Bar
              drawn={across}
              least={left + barPx + gapPx}
              isDark={isDark}
              onPoint={nameAt}
              onLeave={() => setNamed(null)}
              place={(start, length) => ({ x: start, y: top, width: length, height: barPx })}
            />
            <Bar
              drawn={down}
              least={top + barPx + gapPx}
              isDark={isDark}
              onPoint={nameAt}
              onLeave={() => setNamed(null)}
              place={(start, length) => ({ x: left, y: start, width: barPx, height: length })}
            />
          </>
        )}
        {pinned !== null && pinned >= view.firstRow && pinned <= view.lastRow && (
          <path
            className={classes.pin}
            d={`M${left + barPx + 1} ${originY + (pinned + 0.5) * cellPx}l${-pinPx - 3} ${-pinPx}v${2 * pinPx}Z`}
          />
        )}
        {pinned !== null && pinned >= view.firstColumn && pinned <= view.lastColumn && (
          <path
            className={classes.pin}
            d={`M${originX + (pinned + 0.5) * cellPx} ${top + barPx + 1}l${-pinPx} ${-pinPx - 3}h${2 * pinPx}Z`}
          />
        )}
      </svg>
      {named !== null && groups !== null && (
        <div
          className={classes.name}
          role="tooltip"
          style={{ left: `min(${named.x + 14}px, calc(100% - 232px))`, top: named.y + 14 }}
        >
          <span dir="auto">{named.group < 0 ? 'no value' : groups.names[named.group]}</span>{' '}
          <span className={classes.count}>
            {countRows(named.group < 0 ? groups.emptyCount : groups.counts[named.group]!)}
          </span>
        </div>
      )}
    </>
  );
}

function countRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

interface BarProps {
  drawn: readonly DrawnSpan[];
  /** Where the bar may begin at the earliest: beyond the corner where both meet. */
  least: number;
  isDark: boolean;
  place(startPx: number, lengthPx: number): { x: number; y: number; width: number; height: number };
  onPoint(group: number, event: React.PointerEvent<SVGElement>): void;
  onLeave(): void;
}

function Bar({ drawn, least, isDark, place, onPoint, onLeave }: BarProps) {
  const cut = drawn
    .map(({ group, startPx, lengthPx }) => {
      const start = Math.max(least, startPx);
      return { group, start, end: startPx + lengthPx };
    })
    .filter(({ start, end }) => end > start);
  const first = cut[0];
  const last = cut.at(-1);
  if (first === undefined || last === undefined) return null;
  const groundStart = first.start > least ? first.start : least - barPx - gapPx;
  const whole = place(groundStart, last.end - groundStart);
  return (
    <g onPointerLeave={onLeave}>
      <rect
        className={classes.ground}
        x={whole.x - groundPx}
        y={whole.y - groundPx}
        width={whole.width + 2 * groundPx}
        height={whole.height + 2 * groundPx}
      />
      {cut.map(({ group, start, end }) => {
        // A seam tells neighbours of one colour apart where there is room for it.
        const seam = end - start > 4 ? 1 : 0;
        return (
          <rect
            key={start}
            {...place(start, Math.max(1, end - start - seam))}
            fill={groupColour(group, isDark)}
            onPointerMove={(event) => onPoint(group, event)}
          />
        );
      })}
    </g>
  );
}
