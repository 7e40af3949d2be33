import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { memo, useId, useMemo } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import { labelColumns } from '@/core/dataset/colour-column';
import { columnNamed, type Dataset, type DatasetColumn } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { type Comparison, comparedListsQuery, type PairAgreement } from '@/queries/comparison';
import { selectRows } from '@/state/selection';
import { commit, type View, viewStore } from '@/state/view';
import { fileNameFor } from '@/ui/save-file';
import { ClusterCorrespondenceView } from './cluster-correspondence';
import { CsvButton } from './csv-button';
import { describeDisagreement } from './describe-disagreement';
import { disagreementCsv } from './disagreement-csv';
import classes from './disagreement-panel.module.css';
import { DisagreementTable } from './disagreement-table';
import { ClusterAverages, ColumnAverages } from './group-averages';
import { MovingGroups } from './moving-groups-list';
import { countByShared, orderByOverlap, pickRows } from './order-by-overlap';
import { SharedHistogram } from './shared-histogram';

interface Props {
  dataset: Dataset;
  comparison: Comparison;
  a: RunRecord;
  b: RunRecord;
  overlap: PairAgreement;
}

/** Lists that are there for any dataset. */
const steadyLists: ReadonlySet<View['disagreementList']> = new Set(['rows', 'moves', 'clusters', 'cluster']);

/** What the two runs see differently: row by row, averaged over groups, or as groups of rows that move together. */
export const DisagreementPanel = memo(function DisagreementPanel(props: Props) {
  const { dataset, comparison, a, b, overlap } = props;
  const heading = useId();
  const chosenList = useStore(viewStore, ({ view }) => view.disagreementList);
  const chosenRange = useStore(viewStore, ({ view }) => view.disagreementRange);
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const isSelectedOnly = useStore(viewStore, ({ view }) => view.tableSelectedOnly);
  const { k } = overlap;
  const ordered = useMemo(() => orderByOverlap(overlap), [overlap]);
  const counts = useMemo(() => countByShared(ordered, k), [ordered, k]);
  // A range kept from longer lists.
  const range = chosenRange !== null && chosenRange[1] <= k ? chosenRange : null;
  const only = useMemo(
    () => (isSelectedOnly && selection.length > 0 ? new Set(selection) : null),
    [isSelectedOnly, selection],
  );
  const rows = useMemo(() => pickRows(ordered, range, only), [ordered, range, only]);
  const lists = {
    a: useQuery(comparedListsQuery(comparison, a)).data,
    b: useQuery(comparedListsQuery(comparison, b)).data,
  };
  const columns = averagedColumns(dataset);
  const list = columns.has(chosenList) || steadyLists.has(chosenList) ? chosenList : 'rows';
  const column = columns.get(list);
  const averaged = { rows, k, chance: overlap.chance };
  const fileName = (kind: string) => fileNameFor(dataset.name, null, `${kind}.csv`);
  const isPart = rows.length < ordered.length;
  return (
    <section className={classes.panel} aria-labelledby={heading}>
      <div className={classes.head}>
        <h3 id={heading} className={classes.title}>
          Rows the two models see most differently
        </h3>
        <span className={classes.note}>
          {isPart
            ? `${rows.length.toLocaleString('en')} of ${countOf(ordered.length, 'row')}`
            : describeDisagreement(overlap)}
        </span>
        <span className={classes.space} />
        {list !== 'moves' && list !== 'clusters' && (
          <>
            {selection.length > 0 && (
              <Checkbox
                size="xs"
                label="Selected only"
                checked={isSelectedOnly}
                onChange={(event) => commit({ tableSelectedOnly: event.currentTarget.checked })}
              />
            )}
            {isPart && rows.length > 0 && (
              <Button
                variant="default"
                size="xs"
                onClick={() =>
                  selectRows(
                    rows.map(({ row }) => row),
                    'replace',
                    'Select listed rows',
                  )
                }
              >
                Select {countOf(rows.length, 'row')}
              </Button>
            )}
            <SharedHistogram
              counts={counts}
              range={range}
              onChange={(disagreementRange) =>
                commit({ disagreementRange }, 'Change rows by shared neighbours')
              }
            />
            {list === 'rows' && (
              <CsvButton
                name="Rows by disagreement (CSV)"
                fileName={fileName('rows-by-disagreement')}
                write={() => disagreementCsv({ dataset, a, b, rows, k, lists })}
              />
            )}
          </>
        )}
        <SegmentedControl<View['disagreementList']>
          size="xs"
          aria-label="List"
          value={list}
          data={[
            { value: 'rows', label: 'Rows' },
            { value: 'moves', label: 'Moves' },
            { value: 'clusters', label: 'Clusters' },
            ...[...columns].map(([value, { name }]) => ({
              value,
              label: value === 'set' ? 'By set' : `By ${name}`,
            })),
            { value: 'cluster', label: 'By cluster' },
          ]}
          onChange={(disagreementList) => commit({ disagreementList }, 'Change list')}
        />
      </div>
      {list === 'moves' && (
        <MovingGroups
          dataset={dataset}
          comparison={comparison}
          a={a}
          b={b}
          overlap={overlap}
          fileName={fileName('rows-that-move-together')}
        />
      )}
      {list === 'clusters' && <ClusterCorrespondenceView a={a} b={b} fileName={fileName('clusters')} />}
      {column !== undefined && (
        <ColumnAverages
          dataset={dataset}
          column={column}
          {...averaged}
          fileName={fileName(`shared-by-${list}`)}
        />
      )}
      {list === 'cluster' && (
        <ClusterAverages run={a} {...averaged} fileName={fileName('shared-by-cluster')} />
      )}
      {list === 'rows' && <DisagreementTable dataset={dataset} a={a} b={b} rows={rows} k={k} lists={lists} />}
    </section>
  );
});

/** The columns over whose values shared neighbours are averaged: the label, and the set where there are several. */
function averagedColumns(dataset: Dataset): Map<View['disagreementList'], DatasetColumn> {
  const label = columnNamed(dataset, dataset.labelColumn);
  return new Map(
    labelColumns(dataset).map((column) => [column === label ? ('label' as const) : ('set' as const), column]),
  );
}
