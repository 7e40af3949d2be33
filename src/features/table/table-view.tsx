import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import { guardCell } from '@/core/export/csv-cells';
import { arrangedRowsQuery } from '@/queries/dataset-rows';
import { useDataset } from '@/queries/use-workspace';
import { offerTable } from '@/state/shown-table';
import { commit, viewStore } from '@/state/view';
import { Message } from '@/ui/message';
import { SentenceStrip } from '@/ui/sentence-strip';
import { describeTable } from './describe-table';
import { RowGrid } from './row-grid';
import { rowsInOrder } from './rows-in-order';
import { readRequest } from './table-request';
import classes from './table-view.module.css';
import { useTableColumns } from './use-table-columns';

/** Every row with its columns: the map's twin for reading, sorting and the keyboard. */
export function TableView() {
  const dataset = useDataset();
  return (
    <section aria-label="Table" className={classes.region}>
      {dataset === null ? (
        <Message title="Opening the texts" />
      ) : (
        <DatasetTable key={dataset.id} dataset={dataset} />
      )}
    </section>
  );
}

function DatasetTable({ dataset }: { dataset: Dataset }) {
  const columns = useTableColumns(dataset);
  const sort = useStore(viewStore, ({ view }) => view.tableSort);
  const filters = useStore(viewStore, ({ view }) => view.tableFilters);
  const isSelectedOnly = useStore(viewStore, ({ view }) => view.tableSelectedOnly);
  const among = useStore(viewStore, ({ view }) => (view.tableSelectedOnly ? view.selection : null));
  const request = useMemo(
    () => readRequest(columns, { sort, filters, among }),
    [columns, sort, filters, among],
  );
  const { data, error, isFetching, refetch } = useQuery({
    ...arrangedRowsQuery(dataset, request.key, request.conditions, request.sort),
    enabled: request.key.length > 0,
    placeholderData: keepPreviousData,
  });
  const all = useMemo(() => rowsInOrder(dataset.rowCount), [dataset]);
  const rows = request.key.length === 0 ? all : (data ?? null);
  useEffect(
    () =>
      rows === null
        ? undefined
        : offerTable({
            note: `${countOf(rows.length, 'row')} as filtered and sorted, all columns`,
            rowCount: rows.length,
            head: columns.map(({ name }) => name),
            cellsOf: (index) => columns.map(({ textAt }) => guardCell(textAt(rows[index]!))),
          }),
    [rows, columns],
  );
  if (error !== null) {
    return (
      <Message title="The rows could not be sorted." isAlert>
        {error.message} The texts are kept.
        <Button variant="default" onClick={() => void refetch()}>
          Try again
        </Button>
      </Message>
    );
  }
  const used = columns.filter(({ key }) => (filters[key]?.trim() ?? '') !== '');
  const sortedBy = request.sort === null ? undefined : columns.find(({ key }) => key === sort?.column);
  const words = describeTable({
    rowCount: dataset.rowCount,
    shownCount: rows?.length ?? null,
    sortedBy: sortedBy?.name ?? null,
    isDescending: sort?.isDescending ?? false,
    filtered: used.filter(({ key }) => !request.unreadable.has(key)).map(({ name }) => name),
    isSelectedOnly,
  });
  const unread = used.find(({ key }) => request.unreadable.has(key));
  const clear = () => commit({ tableFilters: {}, tableSelectedOnly: false }, 'Clear filters');
  return (
    <>
      <SentenceStrip headline={words.headline} text={words.text} isBusy={isFetching}>
        {unread !== undefined && (
          <span role="status" className={classes.unreadable}>
            {unread.name} holds numbers: write 5, &gt; 5, &lt;= 5 or 1..5.
          </span>
        )}
        {(used.length > 0 || isSelectedOnly) && (
          <Button variant="default" size="xs" onClick={clear}>
            Show all rows
          </Button>
        )}
      </SentenceStrip>
      {rows !== null && (
        <RowGrid columns={columns} rows={rows} unreadable={request.unreadable}>
          <strong>No row passes.</strong>
          {isSelectedOnly && among?.length === 0
            ? 'No row is selected: select some on the map, or here with the boxes.'
            : 'Change a filter, or show all rows.'}
        </RowGrid>
      )}
    </>
  );
}
