import { Button, Loader, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { HeatMap, type HeatMapHandle } from '@/gl/heat-map';
import type { HeatView } from '@/gl/heat-scene';
import { mapTheme } from '@/gl/map-theme';
import { divergingPalette, sequentialPalette } from '@/gl/palettes';
import { isSettled } from '@/queries/neighbours';
import { pairHistogramQuery, spreadQuery } from '@/queries/spread';
import { tileSource } from '@/queries/tiles';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { hoverChannel } from '@/state/hover';
import { commit, viewStore } from '@/state/view';
import { Message } from '@/ui/message';
import { NoVectors } from '@/ui/no-vectors';
import { SentenceStrip } from '@/ui/sentence-strip';
import { ViewTools } from '@/ui/view-tools';
import { colourScale } from './colour-scale';
import { CutoffSummary } from './cutoff-summary';
import { describeMatrix } from './describe-matrix';
import { GroupLegend } from './group-legend';
import { MatrixEdges } from './matrix-edges';
import { orderColumn, orderMatrix } from './matrix-order';
import classes from './matrix-view.module.css';
import { PairCard } from './pair-card';
import { SimilarityPanel } from './similarity-panel';

/** Runs listed on the card of a pair; it must stay a small card. */
const runsListed = 5;
const margins = { left: 20, top: 20, right: 60, bottom: 12 };

type Spread = NonNullable<ReturnType<typeof useSpread>['data']>;

/** The similarity matrix of the active run. */
export function MatrixView() {
  const dataset = useDataset();
  const run = useActiveRun();
  const runs = useRuns();
  if (dataset !== null && run !== null && isSettled(run)) return <MeasuredRun dataset={dataset} run={run} />;
  return (
    <MatrixRegion>
      <NoVectors runs={runs} picture="matrix" />
    </MatrixRegion>
  );
}

interface RegionProps {
  /** What is drawn, for whoever reads the page by its attributes. */
  drawn?: Readonly<Record<`data-${string}`, string>>;
  children: ReactNode;
}

function MatrixRegion({ drawn, children }: RegionProps) {
  return (
    <section aria-label="Matrix" className={classes.region} {...drawn}>
      {children}
    </section>
  );
}

function useSpread(run: RunRecord) {
  return useQuery(spreadQuery(run));
}

function MeasuredRun({ dataset, run }: { dataset: Dataset; run: RunRecord }) {
  const { data: spread, error, refetch } = useSpread(run);
  if (spread !== undefined) return <RunMatrix dataset={dataset} run={run} spread={spread} />;
  return (
    <MatrixRegion>
      {error !== null ? (
        <Message title="The matrix could not be drawn." isAlert>
          {error.message} The vectors are kept.
          <Button variant="default" onClick={() => void refetch()}>
            Try again
          </Button>
        </Message>
      ) : (
        <Message title="Measuring the pairs">
          <span className={classes.busy}>
            <Loader size={12} aria-hidden="true" /> The mean and spread of all pairs set the colour scale.
          </span>
        </Message>
      )}
    </MatrixRegion>
  );
}

function RunMatrix({ dataset, run, spread }: { dataset: Dataset; run: RunRecord; spread: Spread }) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isStill = useReducedMotion();
  const map = useRef<HeatMapHandle>(null);
  const orderChoice = useStore(viewStore, ({ view }) => view.matrixOrder);
  const scaleChoice = useStore(viewStore, ({ view }) => view.matrixScale);
  const range = useStore(viewStore, ({ view }) => view.matrixRange);
  const paletteChoice = useStore(viewStore, ({ view }) => view.matrixPalette);
  const cells = useStore(viewStore, ({ view }) => view.matrixCells);
  const cutoff = useStore(viewStore, ({ view }) => view.cutoffs[run.id]) ?? null;
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const [shown] = useState(() => createStore<{ view: HeatView | null }>(() => ({ view: null })));
  const level = useStore(shown, ({ view }) => view?.level ?? null);
  const pending = useStore(shown, ({ view }) => view?.pending ?? null);
  const failed = useStore(shown, ({ view }) => view?.failed ?? 0);
  const [failure, setFailure] = useState('');
  const [graphicsLost, setGraphicsLost] = useState<string | null>(null);
  const cardRuns = useCardRuns(run);
  const centred = scaleChoice === 'centred';
  const counted = useQuery(pairHistogramQuery(run, centred));
  const histogram = counted.data;

  const { members } = spread;
  const order = useMemo(() => orderMatrix(dataset, members, orderChoice), [dataset, members, orderChoice]);
  const tiles = useMemo(
    () => tileSource(run, { lines: { key: order.key, rows: order.rows }, columns: null, centred, cells }),
    [run, order, centred, cells],
  );
  const scale = useMemo(
    () => colourScale(scaleChoice, range, { mean: spread.mean, sd: spread.sd, histogram }),
    [scaleChoice, range, spread, histogram],
  );
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const pinnedAt = useMemo(() => {
    const at = pinned === null ? -1 : order.rows.indexOf(pinned);
    return at < 0 ? null : at;
  }, [order, pinned]);
  useEffect(() => () => hoverChannel.set(null), []);

  const loseGraphics = (reason: string) => {
    shown.setState({ view: null });
    setGraphicsLost(reason);
  };
  const palette = paletteChoice === 'diverging' ? divergingPalette(isDark) : sequentialPalette(isDark);
  const count = order.rows.length;
  const size = useMemo(() => ({ rows: count, columns: count }), [count]);
  const words = describeMatrix({ size: count, level, cells, leftOut: dataset.rowCount - count });
  const isReady = pending === 0 && failed === 0;
  return (
    <MatrixRegion
      drawn={{
        'data-run': run.id,
        'data-rows': String(count),
        'data-state': isReady ? 'ready' : 'drawing',
      }}
    >
      <SentenceStrip headline={words.headline} text={words.text} isBusy={pending !== null && pending > 0}>
        {failed > 0 && (
          <>
            <span className={classes.failed} role="alert">
              Part of the matrix could not be drawn: {failure}
            </span>
            <Button variant="default" size="xs" onClick={() => map.current?.retry()}>
              Try again
            </Button>
          </>
        )}
      </SentenceStrip>
      <div className={classes.body}>
        <div className={classes.picture}>
          <div className={classes.stage}>
            {graphicsLost !== null ? (
              <Message title="The matrix is not drawn." isAlert>
                {graphicsLost} Neighbours, exports and vectors are not affected.
                <Button variant="default" onClick={() => setGraphicsLost(null)}>
                  Try again
                </Button>
              </Message>
            ) : (
              <>
                <HeatMap
                  ref={map}
                  label={`Similarity matrix of ${runName(run.spec)}. Arrow keys move, plus and minus zoom, 0 fits.`}
                  size={size}
                  tiles={tiles}
                  range={scale.drawnRange}
                  curve={scale.curve}
                  palette={palette}
                  emptyColour={theme.canvas}
                  theme={theme}
                  padding={margins}
                  cameraMs={isStill ? 0 : 240}
                  onViewChange={(view) => shown.setState({ view })}
                  onHover={(cell) => hoverChannel.set(cell === null ? null : order.rows[cell.row]!)}
                  onPick={(cell) => {
                    const row = order.rows[cell.row]!;
                    commit({ pinned: row === pinned ? null : row });
                  }}
                  onTileError={(error) => setFailure(error instanceof Error ? error.message : String(error))}
                  onUnavailable={(reason) => loseGraphics(`This browser cannot draw it. ${reason}`)}
                  onContextLost={() => loseGraphics('The graphics driver took its memory back.')}
                  renderTooltip={(cell) => (
                    <PairCard
                      dataset={dataset}
                      runs={cardRuns.listed}
                      unlistedRuns={cardRuns.unlisted}
                      lines={order.rows}
                      columns={order.rows}
                      cell={cell}
                      words={{
                        cells,
                        centred,
                        percentile:
                          scale.kind === 'percentile' ? (cosine) => scale.format(scale.toUnit(cosine)) : null,
                      }}
                      column={orderColumn(dataset)}
                    />
                  )}
                />
                <MatrixEdges
                  view={shown}
                  spans={order.spans}
                  groups={order.groups}
                  pinned={pinnedAt}
                  isDark={isDark}
                />
                <ViewTools
                  label="Matrix tools"
                  onZoomIn={() => map.current?.zoomIn()}
                  onZoomOut={() => map.current?.zoomOut()}
                  onFit={() => map.current?.fit()}
                  undo={null}
                  redo={null}
                />
              </>
            )}
          </div>
          {order.groups !== null && order.column !== null && (
            <div className={classes.foot}>
              <GroupLegend title={order.column.name} groups={order.groups} isDark={isDark} />
            </div>
          )}
        </div>
        <aside className={classes.side} aria-label="Similarity and pairs">
          <SimilarityPanel
            scale={scale}
            choice={scaleChoice}
            histogram={histogram}
            failure={counted.error?.message ?? ''}
            cutoff={centred ? null : cutoff}
            palette={palette}
            paletteChoice={paletteChoice}
            cells={cells}
            isDark={isDark}
            onCutoff={
              centred
                ? null
                : (cosine) =>
                    commit(
                      { cutoffs: { ...viewStore.getState().view.cutoffs, [run.id]: cosine } },
                      'Change the cut-off',
                    )
            }
          />
          <CutoffSummary run={run} cutoff={cutoff} />
        </aside>
      </div>
    </MatrixRegion>
  );
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
