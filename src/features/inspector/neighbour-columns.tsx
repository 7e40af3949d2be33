import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { describeRecall } from '@/core/similarity/approximate-search';
import { isSettled, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { pairHistogramQuery } from '@/queries/spread';
import { useActiveRun, useRuns } from '@/queries/use-workspace';
import { hoverStore } from '@/state/hover';
import { commit, viewStore } from '@/state/view';
import { JoinedLegend, JoiningLines, joinLists } from '@/ui/joining-lines';
import { chooseColumns, chooseRun } from './choose-columns';
import { ColumnHead } from './column-head';
import { NeighbourItem } from './neighbour-item';
import classes from './neighbours.module.css';

const counts = [5, 10, 15, 20, 25, 30];

interface Props {
  dataset: Dataset;
  row: number;
  isPinned: boolean;
}

/** The nearest rows, one column a run, lines between those that both columns hold. */
export function NeighbourColumns({ dataset, row, isPinned }: Props) {
  const runs = useRuns().filter(isSettled);
  const active = useActiveRun();
  const choice = useStore(viewStore, ({ view }) => view.neighbourRuns);
  const count = useStore(viewStore, ({ view }) => view.neighbourCount);
  const scale = useStore(viewStore, ({ view }) => view.neighbourScale);
  const hovered = useStore(hoverStore, (hover) => hover.row);
  const columns = chooseColumns(runs, choice, active?.id ?? null);
  const results = useQueries({ queries: columns.map(neighboursQuery) });
  const histograms = useQueries({ queries: columns.map((run) => pairHistogramQuery(run)) });
  const lists = results.map(({ data }) => (data === undefined ? undefined : neighboursOf(data, row, count)));
  const [left, right] = lists;
  const matches = left != null && right != null ? joinLists(left, right) : null;
  const shared = new Set(matches?.map((match) => match.row));
  return (
    <div className={classes.neighbours}>
      <div className={classes.head}>
        <h3 className={classes.heading}>Neighbours</h3>
        <NativeSelect
          size="xs"
          aria-label="Number of neighbours"
          className={classes.count}
          data={counts.map(String)}
          value={String(count)}
          onChange={(event) => commit({ neighbourCount: Number(event.currentTarget.value) })}
        />
        <SegmentedControl
          aria-label="Scale of the neighbours"
          data={[
            { value: 'raw', label: 'Raw' },
            { value: 'percentile', label: 'Calibrated' },
          ]}
          value={scale}
          onChange={(value) => commit({ neighbourScale: value === 'percentile' ? 'percentile' : 'raw' })}
        />
      </div>
      <div className={classes.columns} data-columns={columns.length}>
        {columns.map((run, place) => (
          <ColumnHead
            key={place === 0 ? 'left' : 'right'}
            run={run}
            runs={runs}
            label={place === 0 ? 'Left column' : 'Right column'}
            onChoose={(id) => commit({ neighbourRuns: chooseRun(columns, place === 0 ? 0 : 1, id) })}
          />
        ))}
        {columns.map((run, place) => (
          <div key={run.id} className={classes.column}>
            <ColumnRows
              dataset={dataset}
              run={run}
              list={lists[place]}
              error={results[place]?.error ?? null}
              label={place === 0 ? 'Neighbours' : `Neighbours in ${runName(run.spec)}`}
            >
              {(neighbour) => (
                <NeighbourItem
                  key={neighbour.row}
                  dataset={dataset}
                  slot={run.slot}
                  neighbour={neighbour}
                  histogram={histograms[place]?.data}
                  scale={scale}
                  isAlone={matches !== null && !shared.has(neighbour.row)}
                  canBeSecond={isPinned}
                />
              )}
            </ColumnRows>
          </div>
        ))}
        {matches !== null && (
          <div className={classes.between}>
            <JoiningLines joined={matches} length={count} hovered={hovered} />
          </div>
        )}
      </div>
      {runs.length === 0 && <p className={classes.how}>No run has vectors yet.</p>}
      {runs.length > 0 && <ScaleWords scale={scale} sampled={histograms[0]?.data?.sampledPairs ?? null} />}
      {columns.map((run, place) => {
        const recall = results[place]?.data?.recall;
        return recall == null ? null : (
          <p key={run.id} className={classes.how}>
            {runName(run.spec)}: {describeRecall(recall)}
          </p>
        );
      })}
      {matches !== null && (
        <JoinedLegend count={matches.length} length={Math.max(left?.length ?? 0, right?.length ?? 0)} />
      )}
    </div>
  );
}

interface RowsProps {
  dataset: Dataset;
  run: RunRecord;
  /** Undefined while they are being found, null where the row has no vector. */
  list: ReturnType<typeof neighboursOf> | undefined;
  error: Error | null;
  label: string;
  children(neighbour: NonNullable<ReturnType<typeof neighboursOf>>[number]): React.ReactNode;
}

function ColumnRows({ list, error, label, children }: RowsProps) {
  if (error !== null) return <p className={classes.how}>{error.message}</p>;
  if (list === undefined) return <p className={classes.how}>Finding neighbours.</p>;
  if (list === null) return <p className={classes.how}>This row has no vector in this run.</p>;
  return (
    <ol className={classes.list} aria-label={label}>
      {list.map(children)}
    </ol>
  );
}

/** What the numbers are. */
function ScaleWords({ scale, sampled }: { scale: 'raw' | 'percentile'; sampled: number | null }) {
  return (
    <p className={classes.how}>
      {scale === 'raw'
        ? 'Cosine in the original vectors.'
        : `Share of the run’s pairs that are less alike${sampled === null ? '' : `, from ${sampled.toLocaleString('en')} pairs drawn at random`}: it can be read across models.`}
    </p>
  );
}
