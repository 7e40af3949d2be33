import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import type { HeatBox, HeatCell } from '@/gl/heat-content';
import { HeatLink } from '@/gl/heat-link';
import type { HeatMapHandle } from '@/gl/heat-map';
import { isSettled } from '@/queries/neighbours';
import { useRuns } from '@/queries/use-workspace';
import { hoverChannel } from '@/state/hover';
import { clearPins } from '@/state/pins';
import { selectRows } from '@/state/selection';
import { commit, type View, viewStore } from '@/state/view';
import { describeLimit } from '@/ui/describe-limit';
import { SentenceStrip } from '@/ui/sentence-strip';
import { ViewTools } from '@/ui/view-tools';
import { describeMatrix } from './describe-matrix';
import type { DrawnPicture } from './drawn-pictures';
import { GroupLegend } from './group-legend';
import { HeatPane, type PaneStore } from './heat-pane';
import { orderColumn } from './matrix-order';
import { MatrixRegion } from './matrix-region';
import { MatrixSide } from './matrix-side';
import classes from './matrix-view.module.css';
import { OrderProgress } from './order-progress';
import { PairCard } from './pair-card';
import { useBars } from './use-bars';
import { type MeasuredSpread, useDrawnMatrix } from './use-drawn-matrix';
import { useEdgeMarks } from './use-edge-marks';
import { useMatrixPicture } from './use-matrix-picture';

/** Runs listed on the card of a pair; it must stay a small card. */
const runsListed = 7;
/** Places of matrices side by side; one that shows another picture keeps its camera. */
const panePlaces = ['first', 'second', 'third'];

interface Props {
  dataset: Dataset;
  a: MeasuredSpread;
  /** Null where one run is shown alone. */
  b: MeasuredSpread | null;
  shows: View['matrixShows'];
}

export function RunMatrix({ dataset, a, b, shows }: Props) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const matrixRows = useStore(viewStore, ({ view }) => view.matrixRows);
  const matrixCells = useStore(viewStore, ({ view }) => view.matrixCells);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const drawn = useDrawnMatrix({ dataset, a, b, shows, isDark });
  const { pictures, lines, columns, isSquare, orderRun } = drawn;

  const bars = useBars(dataset, orderRun);
  const down = useEdgeMarks(dataset, lines.order, bars, pinned);
  const across = useEdgeMarks(dataset, columns.order, bars, pinned);

  const [stores] = useState(() =>
    panePlaces.map(
      (): PaneStore => createStore(() => ({ view: null, failure: '', withoutCard: '', mostPixels: null })),
    ),
  );
  const [link] = useState(() => new HeatLink());
  const panes = useRef<(HeatMapHandle | null)[]>([]);
  const [tools] = useState(() => ({
    onZoomIn: () => panes.current[0]?.zoomIn(),
    onZoomOut: () => panes.current[0]?.zoomOut(),
    onFit: () => {
      for (const pane of panes.current) pane?.fit();
    },
  }));
  const stages = useRef<HTMLDivElement>(null);
  const first = stores[0]!;
  const level = useStore(first, (state) => state.view?.level ?? null);
  const pending = useSum(stores, pictures.length, 'pending');
  const failed = useSum(stores, pictures.length, 'failed');
  const failure = useStore(first, (state) => state.failure);
  const withoutCard = useStore(first, (state) => state.withoutCard);
  const mostPixels = useStore(first, (state) => state.mostPixels);
  const cardRuns = useCardRuns(pictures[0]!.measured.run);
  useEffect(() => () => hoverChannel.set(null), []);

  const lineOrder = lines.order.rows;
  const columnOrder = isSquare ? lineOrder : columns.order.rows;
  const words = describeMatrix({
    rows: lineOrder.length,
    columns: columnOrder.length,
    level,
    cells: matrixCells,
    subject: describeSubject(pictures),
    leftOut: matrixRows === 'all' ? dataset.rowCount - lineOrder.length : 0,
  });
  useMatrixPicture({
    stages,
    panes,
    stores,
    pictures,
    down,
    across,
    bars,
    words: `${words.headline} ${words.text} ${lines.words}`.trim(),
    lines: { key: `${drawn.lineRows.key} ${lines.order.key}`, rows: lineOrder },
    drawLines: drawn.drawLines,
    cells: matrixCells,
    dataset,
    isDark,
  });
  const isReady = pending === 0 && failed === 0 && lines.state === 'ready';
  const point = (cell: HeatCell | null) => hoverChannel.set(cell === null ? null : lineOrder[cell.row]!);
  const pick = (cell: HeatCell) => pinPair(lineOrder[cell.row]!, columnOrder[cell.column]!);
  const box = ({ rows, columns: framed, mode }: HeatBox) =>
    selectRows(
      [...lineOrder.subarray(...rows), ...columnOrder.subarray(...framed)],
      mode,
      'Select in the matrix',
    );
  return (
    <MatrixRegion
      drawn={{
        'data-run': pictures[0]!.measured.run.id,
        'data-rows': String(lineOrder.length),
        'data-columns': String(columnOrder.length),
        'data-order': lines.order.key,
        'data-state': isReady ? 'ready' : 'drawing',
      }}
    >
      <SentenceStrip
        headline={words.headline}
        text={`${words.text} ${lines.words}`}
        isBusy={(pending !== null && pending > 0) || lines.state === 'busy'}
      >
        {lines.stop !== null && <OrderProgress runId={orderRun.id} onStop={lines.stop} />}
        {lines.state === 'failed' && (
          <Button variant="default" size="xs" onClick={lines.retry}>
            Try again
          </Button>
        )}
        {withoutCard === '' && mostPixels !== null && <span>{describeLimit(mostPixels)}</span>}
        {withoutCard !== '' && (
          <>
            <span role="status">
              Drawn without the graphics card, more slowly; every number is the same. {withoutCard}
            </span>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                for (const store of stores) store.setState({ withoutCard: '' });
              }}
            >
              Try the card again
            </Button>
          </>
        )}
        {failed !== null && failed > 0 && (
          <>
            <span className={classes.failed} role="alert">
              Part of the matrix could not be drawn: {failure}
            </span>
            <Button
              variant="default"
              size="xs"
              onClick={() => {
                for (const pane of panes.current) pane?.retry();
              }}
            >
              Try again
            </Button>
          </>
        )}
      </SentenceStrip>
      <div className={classes.body}>
        <div className={classes.picture}>
          <div ref={stages} className={classes.stages} data-count={pictures.length}>
            {pictures.map((picture, i) => (
              <div key={panePlaces[i]} className={classes.stage}>
                <HeatPane
                  ref={(handle) => {
                    panes.current[i] = handle;
                  }}
                  picture={picture}
                  down={down}
                  across={across}
                  store={stores[i]!}
                  link={link}
                  isDark={isDark}
                  isSmall={pictures.length > 1}
                  onPoint={point}
                  onPick={pick}
                  onBox={box}
                  tooltipHost={stages}
                  renderTooltip={(cell) => (
                    <PairCard
                      dataset={dataset}
                      runs={cardRuns.listed}
                      unlistedRuns={cardRuns.unlisted}
                      lines={lineOrder}
                      columns={columnOrder}
                      cell={cell}
                      words={picture.words}
                      column={orderColumn(dataset)}
                    />
                  )}
                />
              </div>
            ))}
            <ViewTools label="Matrix tools" {...tools} undo={null} redo={null} />
          </div>
          {bars !== null && (
            <div className={classes.foot}>
              <GroupLegend bars={bars} isDark={isDark} />
            </div>
          )}
        </div>
        <MatrixSide
          dataset={dataset}
          pictures={pictures}
          counted={pictures[0]!.measured.run === a.run ? drawn.countedA : drawn.countedB}
          rows={drawn.lineRows}
          isDark={isDark}
        />
      </div>
    </MatrixRegion>
  );
}

/** Pins the pair of a cell, or lets it go where it is pinned. */
function pinPair(row: number, column: number): void {
  const { pinned, secondPin } = viewStore.getState().view;
  const second = row === column ? null : column;
  if (pinned === row && secondPin === second) clearPins();
  else commit({ pinned: row, secondPin: second });
}

function describeSubject(pictures: readonly DrawnPicture[]): string {
  const only = pictures[0]!;
  if (pictures.length > 1) return 'Two runs and their difference in z, one order and one place for all';
  if (only.kind === 'difference') return `${only.title}, in z of each run’s own pairs`;
  return only.kind === 'halves' ? `${only.title}, in z of each run’s own pairs` : '';
}

/** Sum over the drawn panes; null before the first of them has a frame. */
function useSum(stores: readonly PaneStore[], count: number, field: 'pending' | 'failed'): number | null {
  const first = useStore(stores[0]!, ({ view }) => view?.[field] ?? null);
  const second = useStore(stores[1]!, ({ view }) => view?.[field] ?? null);
  const third = useStore(stores[2]!, ({ view }) => view?.[field] ?? null);
  const shown = [first, second, third].slice(0, count);
  return shown.some((value) => value === null) ? null : shown.reduce((sum: number, value) => sum + value!, 0);
}

/** The drawn run and some others whose vectors are there, in an array that stays the same while they do. */
function useCardRuns(active: RunRecord): { listed: readonly RunRecord[]; unlisted: number } {
  const runs = useRuns();
  return useMemo(() => {
    const others = runs.filter((run) => run.id !== active.id && isSettled(run));
    return {
      listed: [active, ...others.slice(0, runsListed)],
      unlisted: Math.max(0, others.length - runsListed),
    };
  }, [runs, active]);
}
