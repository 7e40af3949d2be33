import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Pin, X } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { describeRecall } from '@/core/similarity/approximate-search';
import { ModelMark } from '@/gl/model-mark';
import { isSettled, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { pairHistogramQuery } from '@/queries/spread';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { hoverStore } from '@/state/hover';
import { clearPins } from '@/state/pins';
import { viewStore } from '@/state/view';
import classes from './inspector.module.css';
import { NeighbourItem } from './neighbour-item';
import { RowTrust } from './row-trust';
import { SentLengths } from './sent-lengths';
import { TextQuery } from './text-query';

const neighboursShown = 10;
const columnsShown = 2;

/** The pinned row, or the one under the pointer: its text, its fields and its neighbours in each run. */
export function Inspector() {
  const dataset = useDataset();
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const hovered = useDeferredValue(useStore(hoverStore, ({ row }) => row));
  const row = pinned ?? hovered;
  return (
    <section aria-label="Inspector" className={classes.inspector}>
      {dataset === null || row === null || row >= dataset.rowCount ? (
        <div className={classes.empty}>
          <h2 className={classes.heading}>Inspector</h2>
          <p className={classes.what}>Point at a row to read it</p>
          <p className={classes.how}>A click pins it. Its nearest texts in each model stand here.</p>
        </div>
      ) : (
        <RowDetails dataset={dataset} row={row} isPinned={row === pinned} />
      )}
      {dataset !== null && <TextQuery key={dataset.id} dataset={dataset} />}
    </section>
  );
}

function RowDetails({ dataset, row, isPinned }: { dataset: Dataset; row: number; isPinned: boolean }) {
  const active = useActiveRun();
  const settled = useRuns().filter(isSettled);
  // The active run first, so that it is read first and stands left.
  const runs = [
    ...settled.filter(({ id }) => id === active?.id),
    ...settled.filter(({ id }) => id !== active?.id),
  ];
  const text = textAt(dataset.texts, row);
  const failure = active?.failures.find((failed) => failed.row === row);
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.heading}>
          {isPinned && <Pin size={14} strokeWidth={1.5} className={classes.pin} aria-hidden="true" />}
          Row {row} <span className={classes.state}>{isPinned ? 'pinned' : 'under the pointer'}</span>
        </h2>
        {isPinned && (
          <Tooltip label="Unpin (Esc)">
            <ActionIcon aria-label="Unpin" onClick={clearPins}>
              <X size={16} strokeWidth={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
      </header>
      <p className={classes.text} dir="auto">
        {text}
      </p>
      <dl className={classes.fields}>
        {dataset.columns.map(({ name, cells }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{textAt(cells, row) || <span className={classes.none}>not given</span>}</dd>
          </div>
        ))}
        <div>
          <dt>Length</dt>
          <dd>{text.length.toLocaleString('en')} characters</dd>
        </div>
        {active !== null && <RowTrust run={active} row={row} />}
        <SentLengths dataset={dataset} row={row} runs={runs} />
        {failure !== undefined && (
          <div>
            <dt>No vector</dt>
            <dd>{failure.reason}</dd>
          </div>
        )}
      </dl>
      <NeighbourColumns dataset={dataset} row={row} runs={runs} />
    </>
  );
}

function NeighbourColumns({
  dataset,
  row,
  runs,
}: {
  dataset: Dataset;
  row: number;
  runs: readonly RunRecord[];
}) {
  return (
    <div className={classes.neighbours}>
      <h3 className={classes.heading}>
        Neighbours <span className={classes.state}>by cosine in the original vectors</span>
      </h3>
      <div className={classes.columns} data-columns={Math.min(columnsShown, runs.length)}>
        {runs.map((run, place) => (
          <RunNeighbours key={run.id} dataset={dataset} row={row} run={run} isFirst={place === 0} />
        ))}
      </div>
      {runs.length === 0 && <p className={classes.how}>No run has vectors yet.</p>}
    </div>
  );
}

interface RunNeighboursProps {
  dataset: Dataset;
  row: number;
  run: RunRecord;
  isFirst: boolean;
}

function RunNeighbours({ dataset, row, run, isFirst }: RunNeighboursProps) {
  const { data, error } = useQuery(neighboursQuery(run));
  const histogram = useQuery(pairHistogramQuery(run)).data;
  const near = data === undefined ? undefined : neighboursOf(data, row, neighboursShown);
  const name = runName(run.spec);
  return (
    <div className={classes.column}>
      <h4 className={classes.runName} title={run.spec.model}>
        <ModelMark slot={run.slot} />
        <span>{name}</span>
      </h4>
      {error !== null && <p className={classes.how}>{error.message}</p>}
      {near === undefined && error === null && <p className={classes.how}>Finding neighbours.</p>}
      {near === null && <p className={classes.how}>This row has no vector in this run.</p>}
      {near != null && data?.recall != null && <p className={classes.how}>{describeRecall(data.recall)}</p>}
      {near != null && (
        <ol className={classes.list} aria-label={isFirst ? 'Neighbours' : `Neighbours in ${name}`}>
          {near.map((neighbour) => (
            <NeighbourItem
              key={neighbour.row}
              dataset={dataset}
              slot={run.slot}
              neighbour={neighbour}
              histogram={histogram}
            />
          ))}
        </ol>
      )}
    </div>
  );
}
