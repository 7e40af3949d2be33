import { Button, Loader, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn, groupsOf } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { mapTheme } from '@/gl/map-theme';
import { ModelMark } from '@/gl/model-mark';
import { categoryColourCount, modelColour } from '@/gl/palettes';
import { PointMap, type PointMapHandle } from '@/gl/point-map';
import { groupColour } from '@/gl/row-colours';
import { useRowColours } from '@/gl/use-row-colours';
import { neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { type ShownProjection, useProjection } from '@/queries/use-projection';
import { hoverChannel } from '@/state/hover';
import { commit, redo, undo, viewStore } from '@/state/view';
import { MapLegend } from '@/ui/map-legend';
import { Message } from '@/ui/message';
import { RowCard } from '@/ui/row-card';
import { ViewTools } from '@/ui/view-tools';
import { describePane } from './describe-pane';
import classes from './pair-maps.module.css';

const neighboursShown = 10;
/** Room for each pane's heading, and for the tools. */
const floating = { left: 16, top: 40, right: 56, bottom: 12 };

interface Props {
  dataset: Dataset;
  a: RunRecord;
  b: RunRecord;
}

/** The maps of two runs in one canvas, with hover and pin in common. */
export function PairMaps({ dataset, a, b }: Props) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isStill = useReducedMotion();
  const map = useRef<PointMapHandle>(null);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const [focused, setFocused] = useState<ReadonlySet<number> | null>(null);
  const [graphicsLost, setGraphicsLost] = useState<string | null>(null);

  const column = chosenColourColumn(dataset, colourBy);
  const groups = column === null ? null : groupsOf(column);
  const { colours, muted } = useRowColours({ groups, rowCount: dataset.rowCount, isDark, focused });
  const nowhere = useMemo(() => new Float32Array(2 * dataset.rowCount).fill(Number.NaN), [dataset.rowCount]);
  const left = usePane(a, nowhere, pinned, isDark);
  const right = usePane(b, nowhere, pinned, isDark);
  const panes = useMemo(() => [left.pane, right.pane], [left.pane, right.pane]);
  const pins = useMemo(() => (pinned === null ? [] : [pinned]), [pinned]);
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const sides = [
    { run: a, shown: left.shown },
    { run: b, shown: right.shown },
  ];
  const sideOf = (key: string) => sides.find(({ run }) => run.id === key);

  return (
    <>
      <div className={classes.stage}>
        {graphicsLost === null ? (
          <PointMap
            ref={map}
            label={`Maps of ${runName(a.spec)} and ${runName(b.spec)}. Arrow keys move, plus and minus zoom, 0 fits.`}
            panes={panes}
            rowCount={dataset.rowCount}
            colours={colours}
            muted={muted}
            pinned={pins}
            ringed={noRows}
            hover={hoverChannel}
            theme={theme}
            transitionMs={isStill ? 0 : 120}
            cameraMs={isStill ? 0 : 240}
            padding={floating}
            onPick={(row) => commit({ pinned: row === pinned ? null : row })}
            onUnavailable={setGraphicsLost}
            onContextLost={() => setGraphicsLost('The graphics driver took its memory back.')}
            renderTooltip={(row) => <RowCard dataset={dataset} row={row} field={column?.name ?? null} />}
            renderPane={(key) => {
              const side = sideOf(key);
              return side === undefined ? null : <PaneFrame {...side} rowCount={dataset.rowCount} />;
            }}
            paneAttributes={Object.fromEntries(
              sides.map(({ run, shown }) => [
                run.id,
                {
                  'data-run': run.id,
                  'data-dataset': dataset.name,
                  'data-points': String(shown.projection?.placed ?? 0),
                  'data-state': stateOf(shown),
                },
              ]),
            )}
          />
        ) : (
          <div className={classes.lost}>
            <Message title="This browser cannot draw the maps." isAlert>
              {graphicsLost} The comparison, neighbours and vectors are not affected.
              <Button variant="default" onClick={() => setGraphicsLost(null)}>
                Try again
              </Button>
            </Message>
          </div>
        )}
        {graphicsLost === null && (
          <div className={classes.tools}>
            <Tools map={map} />
          </div>
        )}
      </div>
      {groups !== null && column !== null && (
        <MapLegend
          shape="line"
          title={column.name}
          groups={groups}
          colourCount={categoryColourCount}
          colourOf={(group) => groupColour(group, isDark)}
          onFocusGroup={setFocused}
        />
      )}
      <p className={classes.reading}>
        The two maps are drawn independently; only hover and pin are linked. Compare neighbours, not places.
      </p>
    </>
  );
}

const noRows: readonly number[] = [];

/** One run's map and, around the pinned row, its own nearest rows. */
function usePane(run: RunRecord, nowhere: Float32Array, pinned: number | null, isDark: boolean) {
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const shown = useProjection(run, settings);
  const neighbours = useQuery(neighboursQuery(run)).data;
  const positions = shown.projection?.positions ?? nowhere;
  const pane = useMemo(() => {
    const near =
      pinned === null || neighbours === undefined
        ? []
        : (neighboursOf(neighbours, pinned, neighboursShown) ?? []);
    return {
      key: run.id,
      positions,
      ringed: near.map(({ row }) => row),
      links: near.map(({ row }) => ({ from: pinned ?? row, to: row })),
      markColour: modelColour(run.slot, isDark),
    };
  }, [run.id, run.slot, positions, neighbours, pinned, isDark]);
  return { pane, shown };
}

function stateOf({ isReady, isStopped, error }: ShownProjection): string {
  if (error !== null) return 'failed';
  return isReady ? 'ready' : isStopped ? 'stopped' : 'drawing';
}

/** The heading above one map and, where it could not be drawn, why. */
function PaneFrame({ run, shown, rowCount }: { run: RunRecord; shown: ShownProjection; rowCount: number }) {
  const { projection, isReady, isStopped, error, retry, stop } = shown;
  return (
    <div className={classes.pane}>
      <div className={classes.head}>
        <ModelMark slot={run.slot} />
        <h3 className={classes.name} title={run.spec.model}>
          {runName(run.spec)}
        </h3>
        {error === null && (
          <span className={classes.note} title={projection?.remark ?? undefined}>
            {describePane({ projection, rowCount, isReady, isStopped })}
          </span>
        )}
        {!isReady && !isStopped && error === null && <Loader size={12} aria-hidden="true" />}
        {stop !== null && <PaneButton onClick={stop}>Stop and keep</PaneButton>}
        {isStopped && <PaneButton onClick={retry}>Draw again</PaneButton>}
      </div>
      {error !== null && (
        <Message title="This map could not be drawn." isAlert>
          {error.message} The vectors are kept.
          <PaneButton onClick={retry}>Try again</PaneButton>
        </Message>
      )}
    </div>
  );
}

function PaneButton({ onClick, children }: { onClick(): void; children: ReactNode }) {
  return (
    <Button variant="default" size="xs" className={classes.button} onClick={onClick}>
      {children}
    </Button>
  );
}

function Tools({ map }: { map: React.RefObject<PointMapHandle | null> }) {
  const undoable = useStore(viewStore, (history) => history.undoable.at(-1)?.label ?? null);
  const redoable = useStore(viewStore, (history) => history.redoable.at(-1)?.label ?? null);
  return (
    <ViewTools
      label="Map tools"
      onZoomIn={() => map.current?.zoomIn()}
      onZoomOut={() => map.current?.zoomOut()}
      onFit={() => map.current?.fit()}
      undo={undoable === null ? null : { label: undoable, act: undo }}
      redo={redoable === null ? null : { label: redoable, act: redo }}
    />
  );
}
