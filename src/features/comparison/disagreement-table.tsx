import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import type { ComparedLists } from '@/queries/comparison';
import { viewStore } from '@/state/view';
import { DisagreementRow } from './disagreement-row';
import classes from './disagreement-table.module.css';
import { nearestOf } from './nearest-of';
import type { ComparedRow } from './order-by-overlap';
import { neighboursHeightPx, RowNeighbours } from './row-neighbours';
import { useRowLabel } from './use-row-label';

const rowHeightPx = 28;
/** Rows beyond the edge that are drawn, so that a fast scroll meets no gap. */
const overscan = 6;

interface Props {
  dataset: Dataset;
  a: RunRecord;
  b: RunRecord;
  /** In the order in which they are listed. */
  rows: readonly ComparedRow[];
  k: number;
  /** Undefined while they are being read. */
  lists: { a: ComparedLists | undefined; b: ComparedLists | undefined };
}

/** Compared rows with their nearest row in both runs. Only the rows in sight are in the page; one can be opened. */
export function DisagreementTable({ dataset, a, b, rows, k, lists }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const label = useRowLabel(dataset);
  const pinned = useDeferredValue(useStore(viewStore, ({ view }) => view.pinned));
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const selected = useMemo(() => new Set(selection), [selection]);
  const [chosen, setCurrent] = useState(0);
  const [openRow, setOpenRow] = useState<number | null>(null);
  const current = Math.min(chosen, Math.max(0, rows.length - 1));
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => rowHeightPx + (rows[index]!.row === openRow ? neighboursHeightPx(k) : 0),
    overscan,
    scrollMargin: rowHeightPx,
    scrollPaddingStart: rowHeightPx,
    // The row that the keyboard is on stays in the page, however far away.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), current])]
        .filter((index) => index < rows.length)
        .sort((x, y) => x - y),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heights are other ones
  useEffect(() => virtualizer.measure(), [openRow, k, rows, virtualizer]);

  const items = virtualizer.getVirtualItems();

  const shownPin = useRef(pinned);
  useEffect(() => {
    if (pinned === shownPin.current) return;
    shownPin.current = pinned;
    const index = pinned === null ? -1 : rows.findIndex(({ row }) => row === pinned);
    if (index < 0) return;
    setCurrent(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [pinned, rows, virtualizer]);

  const moveFocus = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: rows.length - 1,
    };
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      setOpenRow(event.key === 'ArrowRight' ? (rows[current]?.row ?? null) : null);
      return;
    }
    const wanted = steps[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, wanted));
    setCurrent(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"] [data-pin]`)
        ?.focus({ preventScroll: true }),
    );
  };

  return (
    <div ref={scroller} className={classes.scroller}>
      {rows.length === 0 && <p className={classes.none}>No compared row shares so many neighbours.</p>}
      <table
        aria-label="Rows the two models see most differently"
        aria-rowcount={rows.length + 1}
        className={classes.table}
        onKeyDown={moveFocus}
      >
        <colgroup>
          <col className={classes.numberColumn} />
          <col className={classes.textColumn} />
          {label !== null && <col className={classes.labelColumn} />}
          <col className={classes.sharedColumn} />
          <col />
          <col />
        </colgroup>
        <thead className={classes.header}>
          <tr aria-rowindex={1}>
            <th scope="col" className={classes.number}>
              Row
            </th>
            <th scope="col">Text</th>
            {label !== null && <th scope="col">{label.name}</th>}
            <th scope="col" aria-sort="ascending">
              Shared of {k} <span aria-hidden="true">↑</span>
            </th>
            {[a, b].map((run) => (
              <th key={run.id} scope="col" title={runName(run.spec)}>
                <span className={classes.nearest}>
                  <ModelMark slot={run.slot} size={10} /> nearest
                  <span className="unseen"> in {runName(run.spec)}</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ index, start }, place) => {
            const { row, position, shared } = rows[index]!;
            const isOpen = row === openRow;
            return (
              <Fragment key={row}>
                <Gap heightPx={start - (items[place - 1]?.end ?? rowHeightPx)} />
                <DisagreementRow
                  dataset={dataset}
                  row={row}
                  shared={shared}
                  k={k}
                  label={label}
                  index={index}
                  isPinned={row === pinned}
                  isSelected={selected.has(row)}
                  isOpen={isOpen}
                  isTabStop={index === current}
                  nearestA={nearestOf(lists.a, position, 1)?.[0]}
                  nearestB={nearestOf(lists.b, position, 1)?.[0]}
                  onFocus={setCurrent}
                  onOpen={setOpenRow}
                />
                {isOpen && (
                  <tr className={classes.detail} style={{ height: neighboursHeightPx(k) }}>
                    <td colSpan={6}>
                      <RowNeighbours
                        dataset={dataset}
                        a={a}
                        b={b}
                        nearA={nearestOf(lists.a, position, k) ?? []}
                        nearB={nearestOf(lists.b, position, k) ?? []}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            );
          })}
          <Gap heightPx={virtualizer.getTotalSize() + rowHeightPx - (items.at(-1)?.end ?? rowHeightPx)} />
        </tbody>
      </table>
    </div>
  );
}

/** Stands for the rows that are not in the page. */
function Gap({ heightPx }: { heightPx: number }) {
  return heightPx <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty line cannot be focused
    <tr aria-hidden="true">
      <td colSpan={6} className={classes.gap} style={{ height: heightPx }} />
    </tr>
  );
}
