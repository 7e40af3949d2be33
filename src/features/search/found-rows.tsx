import { Button, Loader } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { searchRowsQuery } from '@/queries/search-rows';
import { hoverChannel, hoverStore } from '@/state/hover';
import { pinRow } from '@/state/pins';
import { mostRinged, ringFound } from '@/state/search';
import { selectRows } from '@/state/selection';
import { commit } from '@/state/view';
import { findSpan } from './find-span';
import { readSearch } from './read-search';
import classes from './search.module.css';

const rowHeightPx = 44;
const overscan = 6;

interface Props {
  dataset: Dataset;
  search: { readonly text: string; readonly isPattern: boolean; readonly column: string | null };
}

/** Rows that hold the text, in the order of the dataset, what was found marked. */
export function FoundRows({ dataset, search: { text, isPattern, column } }: Props) {
  const { search, wanted, problem } = useMemo(
    () => readSearch(dataset, { text, isPattern, column }),
    [dataset, text, isPattern, column],
  );
  const { data, error, isFetching, isPlaceholderData } = useQuery({
    ...searchRowsQuery(dataset, search),
    enabled: problem === null,
    placeholderData: keepPreviousData,
  });
  const rows = problem === null && error === null ? data : undefined;
  useEffect(() => ringFound(rows === undefined ? [] : Array.from(rows.subarray(0, mostRinged))), [rows]);
  if (problem !== null)
    return (
      <p className={classes.problem} role="alert">
        {problem}
      </p>
    );
  if (error !== null)
    return (
      <p className={classes.problem} role="alert">
        {error.message}
      </p>
    );
  if (rows === undefined) return <p className={classes.status}>Searching.</p>;
  return (
    <>
      <div className={classes.status}>
        <span role="status">
          {countOf(rows.length, 'row')} of {dataset.rowCount.toLocaleString('en')}
          {rows.length === 0 && ' · nothing holds it'}
          {rows.length > mostRinged && ` · first ${mostRinged} ringed`}
        </span>
        {(isFetching || isPlaceholderData) && <Loader size={12} aria-hidden="true" />}
        <span className={classes.fill} />
        {rows.length > 0 && (
          <>
            <Button
              size="xs"
              variant="default"
              onClick={() => selectRows(rows, 'replace', 'Select what was found')}
            >
              Select
            </Button>
            <Button size="xs" variant="default" onClick={() => showInTable(rows)}>
              Show in table
            </Button>
          </>
        )}
      </div>
      {rows.length > 0 && <FoundList dataset={dataset} rows={rows} wanted={wanted} />}
    </>
  );
}

function showInTable(rows: Uint32Array): void {
  commit(
    { selection: Array.from(rows), tab: 'table', tableSelectedOnly: true, tableFilters: {} },
    'Show what was found in the table',
  );
}

interface ListProps {
  dataset: Dataset;
  rows: Uint32Array;
  wanted: string | RegExp;
}

function FoundList({ dataset, rows, wanted }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    overscan,
  });
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (step === undefined || line === null) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Number(line.dataset.index) + step;
    if (next < 0) document.querySelector<HTMLElement>('input[type="search"][aria-label="Search"]')?.focus();
    if (next < 0 || next >= rows.length) return;
    virtualizer.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current
        ?.querySelector<HTMLElement>(`[data-index="${next}"] button`)
        ?.focus({ preventScroll: true }),
    );
  };
  return (
    <div ref={scroller} className={classes.scroller} data-found>
      <ol
        aria-label="Found rows"
        className={classes.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={move}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <FoundRow
              key={row}
              dataset={dataset}
              row={row}
              index={index}
              topPx={start}
              wanted={wanted}
              total={rows.length}
            />
          );
        })}
      </ol>
    </div>
  );
}

interface RowProps {
  dataset: Dataset;
  row: number;
  index: number;
  topPx: number;
  wanted: string | RegExp;
  total: number;
}

function FoundRow({ dataset, row, index, topPx, wanted, total }: RowProps) {
  const isHovered = useStore(hoverStore, (hovered) => hovered.row === row);
  const text = textAt(dataset.texts, row);
  const span = findSpan(text, wanted);
  const other = span === null ? findInColumns(dataset, row, wanted) : null;
  return (
    <li
      className={classes.found}
      style={{ top: topPx }}
      data-index={index}
      data-hovered={isHovered || undefined}
      aria-posinset={index + 1}
      aria-setsize={total}
    >
      <button
        type="button"
        data-row={row}
        onClick={(event) => pinRow(row, event.shiftKey)}
        onPointerEnter={() => hoverChannel.set(row)}
        onPointerLeave={() => hoverChannel.set(null)}
        onFocus={() => hoverChannel.set(row)}
        onBlur={() => hoverChannel.set(null)}
      >
        <span className={classes.number}>{row}</span>
        <span className={classes.foundText} dir="auto">
          {span === null ? (
            text
          ) : (
            <>
              {span.before}
              <mark>{span.found}</mark>
              {span.after}
            </>
          )}
          {other !== null && (
            <span className={classes.note}>
              {' '}
              · {other.name}: {other.span.before}
              <mark>{other.span.found}</mark>
              {other.span.after}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}

function findInColumns(dataset: Dataset, row: number, wanted: string | RegExp) {
  for (const { name, cells } of dataset.columns) {
    const span = findSpan(textAt(cells, row), wanted);
    if (span !== null) return { name, span };
  }
  return null;
}
