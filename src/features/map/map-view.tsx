import { Button, useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn, groupsOf } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { AreaWish, MapTool } from '@/gl/area-gesture';
import { mapTheme } from '@/gl/map-theme';
import { categoryColourCount } from '@/gl/palettes';
import { PlaceMark } from '@/gl/place-mark';
import { PointMap, type PointMapHandle } from '@/gl/point-map';
import { groupColour } from '@/gl/row-colours';
import { useRowColours } from '@/gl/use-row-colours';
import { isSettled, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { usePlacedText } from '@/queries/placed-text';
import { useGroupFilter } from '@/queries/use-group-filter';
import { useProjection } from '@/queries/use-projection';
import { useActiveRun, useDataset, useRuns } from '@/queries/use-workspace';
import { showAllGroups } from '@/state/filter';
import { hoverChannel } from '@/state/hover';
import { pinRow } from '@/state/pins';
import { clearSelection, type SelectionMode, selectRows } from '@/state/selection';
import { viewStore } from '@/state/view';
import { MapLegend } from '@/ui/map-legend';
import { Message } from '@/ui/message';
import { NoVectors } from '@/ui/no-vectors';
import { RowCard } from '@/ui/row-card';
import { SentenceStrip } from '@/ui/sentence-strip';
import { describeMissing, describeProjection } from './describe-projection';
import { MapTools } from './map-tools';
import { MapTrust } from './map-trust';
import classes from './map-view.module.css';
import { FilterBar, SelectionBar } from './selection-bar';

const withoutLegend = { left: 16, top: 16, right: 60, bottom: 56 };
const besideLegend = { ...withoutLegend, left: 220 };

/** The map of the active run. */
export function MapView() {
  const dataset = useDataset();
  const run = useActiveRun();
  const runs = useRuns();
  return (
    <section aria-label="Map" className={classes.region}>
      {dataset === null || run === null || !isSettled(run) ? (
        <NoVectors runs={runs} picture="map" />
      ) : (
        <RunMap dataset={dataset} run={run} />
      )}
    </section>
  );
}

function RunMap({ dataset, run }: { dataset: Dataset; run: RunRecord }) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isStill = useReducedMotion();
  const map = useRef<PointMapHandle>(null);
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const neighbourCount = useStore(viewStore, ({ view }) => view.neighbourCount);
  const secondPin = useStore(viewStore, ({ view }) => view.secondPin);
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const [tool, setTool] = useState<MapTool>('move');
  const [mode, setMode] = useState<SelectionMode>('replace');
  const { projection, isReady, isStopped, error, retry, stop } = useProjection(run, settings);
  const neighbours = useQuery(neighboursQuery(run)).data;
  const [focusedGroups, setFocusedGroups] = useState<ReadonlySet<number> | null>(null);
  const [graphicsLost, setGraphicsLost] = useState<string | null>(null);

  const column = chosenColourColumn(dataset, colourBy);
  const groups = column === null ? null : groupsOf(column);
  const filter = useGroupFilter(groups);
  const { colours, dims } = useRowColours({
    groups,
    rowCount: dataset.rowCount,
    isDark,
    focused: focusedGroups,
    hiddenGroups: filter.hidden,
    selection,
  });
  const near = useMemo(
    () =>
      pinned === null || neighbours === undefined
        ? []
        : (neighboursOf(neighbours, pinned, neighbourCount) ?? []),
    [neighbours, pinned, neighbourCount],
  );
  const ringed = useMemo(() => near.map(({ row }) => row), [near]);
  const positions = projection?.positions;
  const panes = useMemo(
    () =>
      positions === undefined
        ? []
        : [{ key: run.id, positions, links: ringed.map((to) => ({ from: pinned ?? to, to })) }],
    [positions, run.id, ringed, pinned],
  );
  const layout = useMemo(
    () => (positions === undefined || !isReady ? null : { positions, isPlane: settings.method === 'pca' }),
    [positions, isReady, settings.method],
  );
  const placed = usePlacedText(dataset, run, settings, layout);
  const pins = useMemo(() => [pinned, secondPin].filter((row) => row !== null), [pinned, secondPin]);
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const words = describeProjection({ projection, settings, isReady, isStopped });

  if (error !== null) {
    return (
      <Message title="The map could not be drawn." isAlert>
        {error.message} The vectors are kept.
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      </Message>
    );
  }
  return (
    <>
      <SentenceStrip headline={words.headline} text={words.text} isBusy={!isReady && !isStopped}>
        {stop !== null && (
          <Button variant="default" size="xs" onClick={stop}>
            Stop and keep
          </Button>
        )}
        {isStopped && (
          <Button variant="default" size="xs" onClick={retry}>
            Draw again
          </Button>
        )}
      </SentenceStrip>
      <div className={classes.stage}>
        {graphicsLost !== null ? (
          <Message title="The map is not drawn." isAlert>
            {graphicsLost} Neighbours, exports and vectors are not affected.
            <Button variant="default" onClick={() => setGraphicsLost(null)}>
              Try again
            </Button>
          </Message>
        ) : (
          <PointMap
            ref={map}
            label={`Map of ${runName(run.spec)}. Arrow keys move, plus and minus zoom, 0 fits.`}
            panes={panes}
            rowCount={dataset.rowCount}
            colours={colours}
            dims={dims}
            tool={tool}
            pinned={pins}
            ringed={ringed}
            hover={hoverChannel}
            theme={theme}
            transitionMs={isStill ? 0 : 120}
            cameraMs={isStill ? 0 : 240}
            padding={groups === null ? withoutLegend : besideLegend}
            onPick={pinRow}
            onSelect={(rows: number[], wish: AreaWish) => selectRows(rows, wish ?? mode, 'Select an area')}
            onUnavailable={(reason) => setGraphicsLost(`This browser cannot draw it. ${reason}`)}
            onContextLost={() => setGraphicsLost('The graphics driver took its memory back.')}
            renderTooltip={(row) => <RowCard dataset={dataset} row={row} field={column?.name ?? null} />}
            renderPane={(key) =>
              placed !== null && <PlaceMark map={map} paneKey={key} {...placed} label={placed.text} />
            }
            paneAttributes={{
              [run.id]: {
                'data-run': run.id,
                'data-dataset': dataset.name,
                'data-points': String(projection?.placed ?? 0),
                'data-state': isReady ? 'ready' : isStopped ? 'stopped' : 'drawing',
              },
            }}
          />
        )}
        {groups !== null && column !== null && (
          <MapLegend
            title={column.name}
            groups={groups}
            colourCount={categoryColourCount}
            colourOf={(group) => groupColour(group, isDark)}
            onFocusGroup={setFocusedGroups}
            {...filter}
          />
        )}
        <MapTools map={map} tool={tool} onTool={setTool} />
        {selection.length > 0 ? (
          <SelectionBar
            rowCount={dataset.rowCount}
            selectedCount={selection.length}
            mode={mode}
            onMode={setMode}
            onZoom={() => map.current?.fitRows(selection)}
            onInvert={() => selectRows(otherRows(selection, dataset.rowCount), 'replace', 'Invert selection')}
            onClear={clearSelection}
          />
        ) : (
          filter.hiddenCount > 0 && (
            <FilterBar
              rowCount={dataset.rowCount}
              hiddenCount={filter.hiddenCount}
              onShowAll={showAllGroups}
            />
          )
        )}
      </div>
      <p className={classes.reading}>
        How to read it: near is alike. Distances between groups, and how large a group looks, mean little.
        {projection !== null && describeMissing(dataset.rowCount - projection.placed)}
        {placed !== null && (
          <span data-placed-text={placed.text}>
            {' '}
            “{placed.text}” stands by its {placed.near.length} nearest rows; nothing else moved.
          </span>
        )}
        {isReady && <MapTrust run={run} settings={settings} isPca={projection?.method === 'pca'} />}
      </p>
    </>
  );
}

function otherRows(rows: readonly number[], rowCount: number): number[] {
  const taken = new Set(rows);
  return Array.from({ length: rowCount }, (_, row) => row).filter((row) => !taken.has(row));
}
