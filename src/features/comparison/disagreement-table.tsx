import { useQuery } from '@tanstack/react-query';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type KeyboardEvent, memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { ModelMark } from '@/gl/model-mark';
import type { PairAgreement } from '@/queries/comparison';
import { type Neighbours, neighboursQuery } from '@/queries/neighbours';
import { viewStore } from '@/state/view';
import { describeDisagreement } from './describe-disagreement';
import { DisagreementRow } from './disagreement-row';
import classes from './disagreement-table.module.css';
import { nearestCompared, orderByOverlap } from './order-by-overlap';
import { useRowLabel } from './use-row-label';

const rowHeightPx = 28;
/** Rows beyond the edge that are drawn, so that a fast scroll meets no gap. */
const overscan = 6;

interface Props {
  dataset: Dataset;
  a: RunRecord;
  b: RunRecord;
  overlap: PairAgreement;
}

/** All compared rows, those whose neighbours differ most first. Only the rows in sight are in the page. */
export const DisagreementTable = memo(function DisagreementTable({ dataset, a, b, overlap }: Props) {
  const heading = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const ordered = useMemo(() => orderByOverlap(overlap), [overlap]);
  const isCompared = useMemo(
    () => flagRows(overlap.rows, dataset.rowCount),
    [overlap.rows, dataset.rowCount],
  );
  const nearA = useQuery(neighboursQuery(a)).data;
  const nearB = useQuery(neighboursQuery(b)).data;
  const label = useRowLabel(dataset);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const [current, setCurrent] = useState(0);
  const virtualizer = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan,
    scrollMargin: rowHeightPx,
    scrollPaddingStart: rowHeightPx,
    // The row that the keyboard is on stays in the page, however far away.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), current])].sort((x, y) => x - y),
  });

  const items = virtualizer.getVirtualItems();

  const shownPin = useRef(pinned);
  useEffect(() => {
    if (pinned === shownPin.current) return;
    shownPin.current = pinned;
    const index = pinned === null ? -1 : ordered.findIndex(({ row }) => row === pinned);
    if (index < 0) return;
    setCurrent(index);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [pinned, ordered, virtualizer]);

  const moveFocus = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeightPx) - 2);
    const steps: Record<string, number> = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: ordered.length - 1,
    };
    const wanted = steps[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(ordered.length - 1, wanted));
    setCurrent(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"] button`)
        ?.focus({ preventScroll: true }),
    );
  };

  return (
    <section className={classes.panel} aria-labelledby={heading}>
      <p className={classes.title}>
        <strong id={heading}>Rows the two models see most differently</strong>{' '}
        <span className={classes.note}>{describeDisagreement(overlap)}</span>
      </p>
      <div ref={scroller} className={classes.scroller}>
        <table
          aria-labelledby={heading}
          aria-rowcount={ordered.length + 1}
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
                Shared of {overlap.k} <span aria-hidden="true">↑</span>
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
              const { row, shared } = ordered[index]!;
              return (
                <Fragment key={row}>
                  <Gap heightPx={start - (items[place - 1]?.end ?? rowHeightPx)} />
                  <DisagreementRow
                    dataset={dataset}
                    row={row}
                    shared={shared}
                    k={overlap.k}
                    label={label}
                    index={index}
                    isPinned={row === pinned}
                    isTabStop={index === current}
                    nearestA={nearestIn(nearA, row, isCompared)}
                    nearestB={nearestIn(nearB, row, isCompared)}
                    onFocus={setCurrent}
                  />
                </Fragment>
              );
            })}
            <Gap heightPx={virtualizer.getTotalSize() + rowHeightPx - (items.at(-1)?.end ?? rowHeightPx)} />
          </tbody>
        </table>
      </div>
    </section>
  );
});

/** Stands for the rows that are not in the page. */
function Gap({ heightPx }: { heightPx: number }) {
  return heightPx <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty line cannot be focused
    <tr aria-hidden="true">
      <td colSpan={6} className={classes.gap} style={{ height: heightPx }} />
    </tr>
  );
}

/** Undefined while the neighbours are being read. */
function nearestIn(neighbours: Neighbours | undefined, row: number, isCompared: Uint8Array) {
  if (neighbours === undefined) return undefined;
  return nearestCompared(neighbours, row, isCompared);
}

function flagRows(rows: Uint32Array, rowCount: number): Uint8Array {
  const flags = new Uint8Array(rowCount);
  for (const row of rows) flags[row] = 1;
  return flags;
}
