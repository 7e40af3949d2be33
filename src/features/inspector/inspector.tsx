import { ActionIcon, Tooltip } from '@mantine/core';
import { ArrowLeft, Pin, X } from 'lucide-react';
import { lazy, memo, Suspense, useDeferredValue } from 'react';
import { useStore } from 'zustand';
import type { Dataset } from '@/core/dataset/dataset';
import { textAt } from '@/core/dataset/text-column';
import { isSettled } from '@/queries/neighbours';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { hoverStore } from '@/state/hover';
import { clearPins, stepBack, trailStore } from '@/state/pins';
import { viewStore } from '@/state/view';
import classes from './inspector.module.css';
import { NeighbourColumns } from './neighbour-columns';
import { RowTrust } from './row-trust';
import { SentLengths } from './sent-lengths';

// Comparing texts is needed by few, so it comes after the first script.
const PairDetails = lazy(async () => ({ default: (await import('./pair-details')).PairDetails }));

/**
 * The pinned row, or the one under the pointer: its text, its fields and its neighbours in each run. Another row is rendered in slices,
 * between which the page goes on answering; until it is there, the last one stays.
 */
export function Inspector() {
  const dataset = useDataset();
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const second = useStore(viewStore, ({ view }) => view.secondPin);
  const hovered = useStore(hoverStore, ({ row }) => row);
  return (
    <InspectedRow
      dataset={dataset}
      pinned={useDeferredValue(pinned)}
      second={useDeferredValue(second)}
      row={useDeferredValue(pinned ?? hovered)}
    />
  );
}

interface InspectedRowProps {
  dataset: Dataset | null;
  pinned: number | null;
  second: number | null;
  row: number | null;
}

const InspectedRow = memo(function InspectedRow({ dataset, pinned, second, row }: InspectedRowProps) {
  return (
    <section aria-label="Inspector" className={classes.inspector}>
      {dataset === null || row === null || row >= dataset.rowCount ? (
        <div className={classes.empty}>
          <h2 className={classes.heading}>Inspector</h2>
          <p className={classes.what}>Point at a row to read it</p>
          <p className={classes.how}>A click pins it. Its nearest texts in each model stand here.</p>
        </div>
      ) : (
        <>
          {row === pinned && second !== null && second < dataset.rowCount ? (
            <Suspense fallback={<p className={classes.how}>Comparing the two texts.</p>}>
              <PairDetails dataset={dataset} a={row} b={second} />
            </Suspense>
          ) : (
            <RowDetails dataset={dataset} row={row} isPinned={row === pinned} />
          )}
          <NeighbourColumns dataset={dataset} row={row} isPinned={row === pinned} />
        </>
      )}
    </section>
  );
});

function RowDetails({ dataset, row, isPinned }: { dataset: Dataset; row: number; isPinned: boolean }) {
  const active = useActiveRun();
  const runs = useRuns().filter(isSettled);
  const datasetId = useStore(trailStore, (trail) => trail.datasetId);
  const behind = useStore(trailStore, (trail) => trail.rows.at(-1));
  const text = textAt(dataset.texts, row);
  const failure = active?.failures.find((failed) => failed.row === row);
  return (
    <>
      <header className={classes.head}>
        <h2 className={classes.heading}>
          {isPinned && <Pin size={14} strokeWidth={1.5} className={classes.pin} aria-hidden="true" />}
          Row {row} <span className={classes.state}>{isPinned ? 'pinned' : 'under the pointer'}</span>
        </h2>
        {isPinned && behind !== undefined && datasetId === dataset.id && (
          <Tooltip label={`Back to row ${behind} (←)`}>
            <ActionIcon aria-label={`Back to row ${behind}`} onClick={stepBack}>
              <ArrowLeft size={16} strokeWidth={1.5} />
            </ActionIcon>
          </Tooltip>
        )}
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
    </>
  );
}
