import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
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
import { ColumnHead } from './column-head';
import { ColumnStrip } from './column-strip';
import { NeighbourItem } from './neighbour-item';
import classes from './neighbours.module.css';
import { chooseRun, orderColumns } from './order-columns';
import { useColumnsInSight } from './use-columns-in-sight';

const counts = [5, 10, 15, 20, 25, 30];

interface Props {
  dataset: Dataset;
  row: number;
  isPinned: boolean;
}

/** The nearest rows, one column a run, lines between those that a column shares with the one beside it. */
export function NeighbourColumns({ dataset, row, isPinned }: Props) {
  const runs = useRuns().filter(isSettled);
  const active = useActiveRun();
  const choice = useStore(viewStore, ({ view }) => view.neighbourRuns);
  const count = useStore(viewStore, ({ view }) => view.neighbourCount);
  const scale = useStore(viewStore, ({ view }) => view.neighbourScale);
  const columns = orderColumns(runs, choice, active?.id ?? null);
  const { scroller, inSight, seen, show } = useColumnsInSight(columns.map(({ id }) => id));
  // What nobody has scrolled to is not worked out.
  const isWanted = ({ id }: RunRecord, place: number) => place < 2 || seen.has(id);
  const results = useQueries({
    queries: columns.map((run, place) => ({ ...neighboursQuery(run), enabled: isWanted(run, place) })),
  });
  const histograms = useQueries({
    queries: columns.map((run, place) => ({ ...pairHistogramQuery(run), enabled: isWanted(run, place) })),
  });
  const lists = results.map(({ data }) => (data === undefined ? undefined : neighboursOf(data, row, count)));
  const shared = countHolders(lists);
  const matches = lists.slice(1).map((right, i) => {
    const left = lists[i];
    return left == null || right == null ? null : joinLists(left, right);
  });
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
      {columns.length > 2 && <ColumnStrip columns={columns} inSight={inSight} onShow={show} />}
      <div ref={scroller} className={classes.scroller}>
        <div
          className={classes.columns}
          style={{
            gridTemplateColumns: `repeat(${columns.length}, minmax(${columns.length > 2 ? '128px' : '0'}, 1fr))`,
          }}
        >
          {columns.map((run, place) => (
            <div key={run.id} data-column={run.id} className={classes.columnHead}>
              <ColumnHead
                run={run}
                runs={runs}
                label={`Column ${place + 1}`}
                onChoose={(id) => commit({ neighbourRuns: chooseRun(columns, place, id) })}
              />
              {columns.length > 2 && matches[place] != null && (
                <span
                  className={classes.joinedCount}
                  title={`${matches[place].length} of ${count} in this and the next column`}
                >
                  {matches[place].length}
                </span>
              )}
            </div>
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
                    isAlone={shared.lists > 1 && shared.holdersOf.get(neighbour.row) === 1}
                    canBeSecond={isPinned}
                  />
                )}
              </ColumnRows>
              {matches[place] != null && (
                <div className={classes.between}>
                  <HoveredLines joined={matches[place]} length={count} />
                </div>
              )}
            </div>
          ))}
        </div>
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
      {shared.lists > 1 && <JoinedLegend>{describeShared(shared, columns.length)}</JoinedLegend>}
    </div>
  );
}

/** Lines between two columns; only they follow the pointer. */
function HoveredLines(lines: Omit<ComponentProps<typeof JoiningLines>, 'hovered'>) {
  const hovered = useStore(hoverStore, (hover) => hover.row);
  return <JoiningLines {...lines} hovered={hovered} />;
}

type Lists = readonly (readonly { readonly row: number }[] | null | undefined)[];

/** How many of the lists that are there hold each row, how many there are, and the length of the longest. */
function countHolders(all: Lists) {
  const lists = all.filter((list) => list != null);
  const holdersOf = new Map<number, number>();
  for (const { row } of lists.flat()) holdersOf.set(row, (holdersOf.get(row) ?? 0) + 1);
  return { holdersOf, lists: lists.length, length: Math.max(0, ...lists.map(({ length }) => length)) };
}

function describeShared({ holdersOf, lists, length }: ReturnType<typeof countHolders>, runs: number): string {
  const everywhere = [...holdersOf.values()].filter((holders) => holders === lists).length;
  if (runs === 2) return `${everywhere} of ${length} in both · paler: only in one`;
  return `${everywhere} of ${length} in all ${lists}${lists < runs ? ' looked at' : ' runs'} · paler: only in one`;
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
