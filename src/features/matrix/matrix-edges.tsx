import { type CSSProperties, useState } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { formatCount } from '@/core/similarity/format-similarity';
import type { HeatView } from '@/gl/heat-content';
import { groupColour } from '@/gl/row-colours';
import { hoverStore } from '@/state/hover';
import { barPaths } from './bar-paths';
import type { EdgeMarks, EdgeStrip } from './edge-strips';
import classes from './matrix-edges.module.css';
import { placeSpans } from './matrix-order';
import { treePath } from './tree-path';

const pinPx = 5;
/** Thickness of the marks between bar and matrix, and the least length of that of the hovered row. */
const markPx = 3;
const leastHoverPx = 5;
/** Least length of a bar that has room for a name, in CSS pixels. */
const namedPx = 40;

interface Props {
  view: StoreApi<{ view: HeatView | null }>;
  down: EdgeMarks;
  across: EdgeMarks;
  strips: { readonly down: EdgeStrip; readonly across: EdgeStrip };
  isDark: boolean;
}

/** What stands at the left and top of the matrix and moves with it: dendrogram or texts, names and bars of groups, the pinned row. */
export function MatrixEdges({ view: store, down, across, strips, isDark }: Props) {
  const view = useStore(store, (state) => state.view);
  const [named, setNamed] = useState<Named | null>(null);
  if (view === null) return null;
  const { cellPx } = view;
  // Beside the matrix; at the edge of the stage, over the matrix, once that goes beyond it.
  const left = Math.max(0, view.originX - strips.down.total);
  const top = Math.max(0, view.originY - strips.across.total);
  const side = { isDark, onName: setNamed, cellPx } as const;
  return (
    <div className={classes.edges} aria-hidden="true">
      <Edge
        {...side}
        marks={across}
        strip={strips.across}
        isAcross
        startPx={top}
        originPx={view.originX}
        first={view.firstColumn}
        last={view.lastColumn}
        leastPx={left + strips.down.total}
      />
      <Edge
        {...side}
        marks={down}
        strip={strips.down}
        isAcross={false}
        startPx={left}
        originPx={view.originY}
        first={view.firstRow}
        last={view.lastRow}
        leastPx={top + strips.across.total}
      />
      <div
        className={classes.corner}
        style={{ left, top, width: strips.down.total, height: strips.across.total }}
      />
      {named !== null && (
        <div
          className={classes.name}
          role="tooltip"
          style={{ left: `min(${named.x + 14}px, calc(100% - 232px))`, top: named.y + 14 }}
        >
          <span dir="auto">{named.name}</span> <span className={classes.count}>{countRows(named.count)}</span>
        </div>
      )}
    </div>
  );
}

interface Named {
  readonly name: string;
  readonly count: number;
  readonly x: number;
  readonly y: number;
}

function countRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

interface EdgeProps {
  marks: EdgeMarks;
  strip: EdgeStrip;
  /** Along the top instead of down the left. */
  isAcross: boolean;
  /** Where the strip begins, away from the matrix. */
  startPx: number;
  /** Where index 0 begins, and from where on along the side things are drawn: the corner lies before. */
  originPx: number;
  leastPx: number;
  cellPx: number;
  first: number;
  last: number;
  isDark: boolean;
  onName(named: Named | null): void;
}

function Edge(props: EdgeProps) {
  const { marks, strip, isAcross, startPx, originPx, leastPx, cellPx, first, last, isDark, onName } = props;
  const { groups, own, tree, spans, pinned, count } = marks;
  const endPx = originPx + count * cellPx;
  const from = Math.max(leastPx, originPx);
  const length = Math.max(0, endPx - from);
  const place = (along: number, size: number, offset: number, width: number) =>
    isAcross
      ? { left: along, width: size, top: startPx + offset, height: width }
      : { top: along, height: size, left: startPx + offset, width };
  const treeAt = strip.text;
  const namesAt = treeAt + strip.tree;
  const barAt = namesAt + strip.names;
  const drawn = groups === null ? [] : placeSpans(spans, { first, last, originPx, cellPx });
  const bars = drawn.flatMap(({ group, startPx, lengthPx }) => {
    const start = Math.max(leastPx, startPx);
    const size = startPx + lengthPx - start;
    return size > 0 ? [{ group, start, size }] : [];
  });
  const nameOf = (group: number) => (group < 0 ? 'no value' : groups!.names[group]!);
  return (
    <div className={isAcross ? classes.top : classes.left}>
      <div className={classes.ground} style={place(from, length, 0, strip.total)} />
      {strip.tree > 0 && tree !== null && (
        <svg
          aria-hidden="true"
          className={classes.tree}
          style={place(from, length, treeAt, strip.tree)}
          width={isAcross ? length : strip.tree}
          height={isAcross ? strip.tree : length}
        >
          <path
            d={treePath(tree, { originPx: originPx - from, cellPx, lengthPx: length }, (along, height) => {
              const away = (strip.tree - 2) * (1 - height) + 1;
              return isAcross
                ? `${along.toFixed(1)},${away.toFixed(1)}`
                : `${away.toFixed(1)},${along.toFixed(1)}`;
            })}
          />
        </svg>
      )}
      {strip.text > 0 &&
        Array.from({ length: last - first + 1 }, (_, i) => first + i)
          .filter((index) => originPx + index * cellPx >= leastPx - cellPx / 2)
          .map((index) => (
            <div
              key={index}
              className={isAcross ? classes.columnText : classes.rowText}
              data-pinned={index === pinned || undefined}
              dir="auto"
              style={{
                ...place(originPx + index * cellPx, cellPx, 0, strip.text - 6),
                fontSize: Math.min(12, Math.max(8, cellPx - 2)),
                lineHeight: `${cellPx}px`,
              }}
            >
              {marks.textAt(index)}
            </div>
          ))}
      {bars.length > 0 && (
        <svg
          aria-hidden="true"
          className={classes.bars}
          style={place(from, length, barAt, strip.bar)}
          width={isAcross ? length : strip.bar}
          height={isAcross ? strip.bar : length}
          onPointerMove={(event) => {
            const box = event.currentTarget.closest(`.${classes.edges}`)?.getBoundingClientRect();
            if (box === undefined) return;
            const at = { x: event.clientX - box.left, y: event.clientY - box.top };
            const along = isAcross ? at.x : at.y;
            const bar = bars.findLast(
              ({ start, size }) => along >= start && along < start + Math.max(1, size),
            );
            if (bar === undefined) return onName(null);
            const count = bar.group < 0 ? groups!.emptyCount : groups!.counts[bar.group]!;
            onName({ name: nameOf(bar.group), count, ...at });
          }}
          onPointerLeave={() => onName(null)}
        >
          {[
            ...barPaths(bars, { from, widthPx: strip.bar, isAcross }, (group) =>
              groupColour(group, isDark, own),
            ),
          ].map(([colour, d]) => (
            <path key={colour} fill={colour} d={d} />
          ))}
        </svg>
      )}
      {strip.names > 0 &&
        bars
          .filter(({ size }) => size >= namedPx)
          .map(({ group, start, size }) => (
            <div
              key={start}
              className={isAcross ? classes.nameAcross : classes.nameDown}
              style={place(start, size - 2, namesAt, strip.names)}
              dir="auto"
            >
              {nameOf(group)}
            </div>
          ))}
      {placeSpans(marks.selected, { first, last, originPx, cellPx }).map(({ startPx: at, lengthPx }) => {
        const start = Math.max(leastPx, at);
        const size = at + lengthPx - start;
        return size <= 0 ? null : (
          <div
            key={at}
            className={classes.selected}
            style={place(start, Math.max(1, size), strip.total - markPx - 1, markPx)}
          />
        );
      })}
      <HoverMark {...props} place={place} />
      {pinned !== null &&
        pinned >= first &&
        pinned <= last &&
        originPx + (pinned + 0.5) * cellPx >= leastPx && (
          <svg
            aria-hidden="true"
            className={classes.pin}
            style={place(originPx + (pinned + 0.5) * cellPx - pinPx, 2 * pinPx, strip.total - 12, 12)}
            viewBox="0 0 10 10"
          >
            <path d={isAcross ? 'M5 10L0 1h10Z' : 'M10 5L1 0v10Z'} />
          </svg>
        )}
    </div>
  );
}

interface HoverProps extends EdgeProps {
  place(along: number, size: number, offset: number, width: number): CSSProperties;
}

/** Where the row under the pointer stands, wherever the pointer is. Only it renders again on hover. */
function HoverMark({ marks, strip, originPx, leastPx, cellPx, first, last, place }: HoverProps) {
  const row = useStore(hoverStore, (state) => state.row);
  const at = row === null ? -1 : marks.placeOf(row);
  const along = originPx + at * cellPx;
  if (at < first || at > last || along + cellPx < leastPx) return null;
  const size = Math.max(leastHoverPx, cellPx);
  return (
    <div
      className={classes.hovered}
      style={place(along + (cellPx - size) / 2, size, strip.total - markPx - 2, markPx + 2)}
    />
  );
}
