import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import { copyRows } from './copy-rows';
import { GridHead } from './grid-head';
import { GridRow } from './grid-row';
import type { TableColumn } from './table-column';
import classes from './table-view.module.css';
import { useGridKeys } from './use-grid-keys';
import { useGridPointer } from './use-grid-pointer';

const rowHeightPx = 28;
const headRows = 2;
const headHeightPx = headRows * rowHeightPx;
const tickWidthPx = 34;
/** Rows beyond the edge that are drawn, so that a fast scroll meets no gap. */
const overscan = 8;

interface Props {
  columns: readonly TableColumn[];
  /** Dataset rows in the order they are listed. */
  rows: Uint32Array;
  unreadable: ReadonlySet<string>;
  /** What stands under the head where no row is listed. */
  children: ReactNode;
}

/** The rows of a dataset under their columns. Only the rows in sight are in the page. */
export function RowGrid({ columns, rows, unreadable, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const secondPin = useStore(viewStore, ({ view }) => view.secondPin);
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const sort = useStore(viewStore, ({ view }) => view.tableSort);
  const filters = useStore(viewStore, ({ view }) => view.tableFilters);
  const [wanted, setCurrent] = useState(0);
  const current = Math.max(0, Math.min(wanted, rows.length - 1));
  const selected = useMemo(() => new Set(selection), [selection]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan,
    scrollMargin: headHeightPx,
    scrollPaddingStart: headHeightPx,
    // The row that the keyboard is on stays in the page, however far away.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].sort((x, y) => x - y),
  });

  const shownPin = useRef<number | null>(null);
  useEffect(() => {
    if (pinned === shownPin.current) return;
    shownPin.current = pinned;
    const index = pinned === null ? -1 : rows.indexOf(pinned);
    if (index < 0) return;
    setCurrent(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [pinned, rows, virtualizer]);

  const goTo = (index: number) => {
    setCurrent(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }),
    );
  };
  const handlers = useGridKeys({
    scroller,
    rows,
    current,
    selected,
    rowHeightPx,
    headHeightPx,
    goTo,
    setCurrent,
    copy: () => {
      const wanted = rows.filter((row) => selected.has(row));
      void copyRows(columns, wanted.length > 0 ? wanted : rows.subarray(current, current + 1));
    },
  });

  const pointer = useGridPointer(scroller);

  const shownSelected = useMemo(() => countSelected(rows, selected), [rows, selected]);
  const items = virtualizer.getVirtualItems();
  const widthPx = columns.reduce((sum, column) => sum + column.widthPx, tickWidthPx);
  return (
    <div ref={scroller} className={classes.scroller} onScroll={pointer.onScroll}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its rows are moved over, pinned and selected
        role="grid"
        aria-label="Rows"
        aria-multiselectable="true"
        aria-rowcount={rows.length + headRows}
        aria-colcount={columns.length + 1}
        className={classes.grid}
        style={{ minWidth: widthPx }}
        {...handlers}
        onPointerOver={pointer.onPointerOver}
        onPointerLeave={pointer.onPointerLeave}
      >
        <colgroup>
          <col style={{ width: tickWidthPx }} />
          {columns.map(({ key, widthPx: width }) => (
            <col key={key} style={key === 'text' ? undefined : { width }} />
          ))}
        </colgroup>
        <GridHead
          columns={columns}
          sort={sort}
          filters={filters}
          unreadable={unreadable}
          selected={shownSelected === 0 ? 'none' : shownSelected === rows.length ? 'all' : 'some'}
          onSelectAll={() =>
            shownSelected === rows.length
              ? selectRows(rows, 'subtract', 'Deselect rows of the table')
              : selectRows(rows, 'add', 'Select rows of the table')
          }
        />
        <tbody>
          {items.map(({ index, start }, place) => {
            const row = rows[index];
            return row === undefined ? null : (
              <Fragment key={row}>
                <Gap columns={columns.length} heightPx={start - (items[place - 1]?.end ?? headHeightPx)} />
                <GridRow
                  columns={columns}
                  row={row}
                  index={index}
                  pin={row === pinned ? 'first' : row === secondPin ? 'second' : null}
                  isSelected={selected.has(row)}
                  isTabStop={index === current}
                />
              </Fragment>
            );
          })}
          <Gap
            columns={columns.length}
            heightPx={virtualizer.getTotalSize() + headHeightPx - (items.at(-1)?.end ?? headHeightPx)}
          />
        </tbody>
      </table>
      {rows.length === 0 && <div className={classes.none}>{children}</div>}
    </div>
  );
}

/** Stands for the rows that are not in the page. */
function Gap({ columns, heightPx }: { columns: number; heightPx: number }) {
  return heightPx <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty line cannot be focused
    <tr aria-hidden="true">
      <td colSpan={columns + 1} className={classes.gap} style={{ height: heightPx }} />
    </tr>
  );
}

function countSelected(rows: Uint32Array, selected: ReadonlySet<number>): number {
  if (selected.size === 0) return 0;
  let count = 0;
  for (const row of rows) if (selected.has(row)) count++;
  return count;
}
