import { Button, useComputedColorScheme } from '@mantine/core';
import { useMediaQuery, useReducedMotion } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { chosenColourColumn } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import { methodNames } from '@/core/projection/projection';
import type { MapTool } from '@/gl/area-gesture';
import { ContourLines } from '@/gl/contour-lines';
import { mapTheme } from '@/gl/map-theme';
import { MiniMap } from '@/gl/mini-map';
import { PlaceMark } from '@/gl/place-mark';
import { PointMap, type PointMapHandle } from '@/gl/point-map';
import { contoursQuery } from '@/queries/contours';
import { isSettled, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { usePlacedText } from '@/queries/placed-text';
import { subsetOf } from '@/queries/row-subset';
import { useClusters } from '@/queries/use-clusters';
import { useProjection } from '@/queries/use-projection';
import { hoverChannel } from '@/state/hover';
import { pinRow } from '@/state/pins';
import { endIsolation } from '@/state/saved-selections';
import { searchStore } from '@/state/search';
import { type SelectionMode, selectRows } from '@/state/selection';
import { commit, viewStore } from '@/state/view';
import { describeLimit } from '@/ui/describe-limit';
import { type Graphics, GraphicsNotice } from '@/ui/graphics-notice';
import { Message } from '@/ui/message';
import { RowCard } from '@/ui/row-card';
import { SentenceStrip } from '@/ui/sentence-strip';
import { ClusterLabels } from './cluster-labels';
import { describeMissing, describeProjection } from './describe-projection';
import { MapBars } from './map-bars';
import { MapColours } from './map-colours';
import { MapTools } from './map-tools';
import { MapTrust } from './map-trust';
import classes from './map-view.module.css';
import { useMapColours } from './use-map-colours';
import { useMapPicture } from './use-map-picture';

const withoutLegend = { left: 16, top: 16, right: 60, bottom: 56 };
const besideLegend = { ...withoutLegend, left: 220 };

const nowhere = new Float32Array(0);

/** The map of a run, with what colours, filters and selects its rows. */
export const RunMap = memo(function RunMap({ dataset, run }: { dataset: Dataset; run: RunRecord }) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isStill = useReducedMotion();
  const isPhone = useMediaQuery('(max-width: 599px)', false, { getInitialValueInEffect: false });
  const map = useRef<PointMapHandle>(null);
  const settings = useStore(viewStore, ({ view }) => view.projection);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const secondPin = useStore(viewStore, ({ view }) => view.secondPin);
  const neighbourCount = useStore(viewStore, ({ view }) => view.neighbourCount);
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const [tool, setTool] = useState<MapTool>('move');
  const [mode, setMode] = useState<SelectionMode>('replace');
  const [graphics, setGraphics] = useState<Graphics>('drawn');
  const [unavailable, setUnavailable] = useState('');
  const [mostPixels, setMostPixels] = useState<number | null>(null);
  const isolated = useStore(viewStore, ({ view }) => view.isolated);
  const only = useMemo(() => (isolated.length === 0 ? null : subsetOf(isolated)), [isolated]);
  const { projection, isReady, isStopped, error, retry, stop } = useProjection(run, settings, only);
  const isFromFile = settings.method === 'columns';
  const hasVectors = isSettled(run);
  const neighbours = useQuery({ ...neighboursQuery(run), enabled: hasVectors }).data;
  const colouring = useMapColours(dataset, run, isDark);
  const clusters = useClusters(run);
  const title = isFromFile ? methodNames.columns : runName(run.spec);

  const ringed = useMemo(
    () =>
      pinned === null || neighbours === undefined
        ? []
        : (neighboursOf(neighbours, pinned, neighbourCount) ?? []).map(({ row }) => row),
    [neighbours, pinned, neighbourCount],
  );
  const selectedCount = useStore(viewStore, ({ view }) => view.selection.length);
  const found = useStore(searchStore, (search) => search.ringed);
  const marked = useMemo(() => [...new Set([...ringed, ...found])], [ringed, found]);
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
  const hasContours = useStore(viewStore, ({ view }) => view.contours);
  const contours = useQuery({
    ...contoursQuery(layout?.positions ?? nowhere),
    enabled: hasContours && layout !== null,
  });
  const lines = hasContours && layout !== null ? contours.data : undefined;
  // Where a typed text would stand on a map that vectors did not make cannot be said.
  const placed = usePlacedText(dataset, run, settings, isFromFile ? null : layout);
  const pins = useMemo(() => [pinned, secondPin].filter((row) => row !== null), [pinned, secondPin]);
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const words = describeProjection({
    projection,
    settings,
    isReady,
    isStopped,
    isPart: only !== null,
  });
  const missing =
    projection === null
      ? ''
      : describeMissing((only?.rows.length ?? dataset.rowCount) - projection.placed, projection.method);
  useMapPicture({
    map,
    run,
    title,
    dataset,
    colours: colouring,
    words: `${words.headline} ${words.text}`,
    missing,
    contours: lines,
    selectedCount,
    isDark,
  });

  const renderTooltip = useCallback(
    (row: number) => (
      <RowCard dataset={dataset} row={row} field={chosenColourColumn(dataset, colourBy)?.name ?? null} />
    ),
    [dataset, colourBy],
  );

  if (error !== null) {
    return (
      <Message title="The map could not be drawn." isAlert>
        {error.message} {!isFromFile && 'The vectors are kept.'}
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
        {only !== null && (
          <Button variant="default" onClick={endIsolation}>
            All rows again
          </Button>
        )}
      </Message>
    );
  }
  return (
    <>
      <SentenceStrip headline={words.headline} text={words.text} isBusy={!isReady && !isStopped}>
        {only !== null && (
          <Button variant="default" size="xs" onClick={endIsolation}>
            All {dataset.rowCount.toLocaleString('en')} rows again
          </Button>
        )}
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
        {graphics !== 'none' && (
          <PointMap
            ref={map}
            label={`Map of ${title}. Arrow keys move, or walk the neighbours of a pinned row; plus and minus zoom, 0 fits.`}
            panes={panes}
            rowCount={dataset.rowCount}
            colours={colouring.colours}
            dims={colouring.dims}
            sizes={colouring.sizes}
            tool={tool}
            pinned={pins}
            ringed={marked}
            hover={hoverChannel}
            theme={theme}
            transitionMs={isStill ? 0 : 120}
            cameraMs={isStill ? 0 : 240}
            padding={isPhone || colouring.colouring.kind === 'one' ? withoutLegend : besideLegend}
            onPick={pinRow}
            onSelect={(rows, wish) => selectRows(rows, wish ?? mode, 'Select an area')}
            onUnavailable={(reason) => {
              setUnavailable(reason);
              setGraphics('none');
            }}
            onLimited={setMostPixels}
            onContextLost={() => setGraphics('lost')}
            onContextRestored={() => setGraphics('drawn')}
            renderTooltip={renderTooltip}
            renderPane={(key) => (
              <>
                {lines !== undefined && <ContourLines map={map} paneKey={key} lines={lines} />}
                {positions !== undefined &&
                  (hasVectors || clusters.clusters !== null) &&
                  (isReady || isStopped) && (
                    <ClusterLabels
                      map={map}
                      paneKey={key}
                      run={run}
                      shown={clusters}
                      positions={positions}
                      colouring={colouring}
                      isDark={isDark}
                    />
                  )}
                {placed !== null && <PlaceMark map={map} paneKey={key} {...placed} label={placed.text} />}
              </>
            )}
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
        {graphics !== 'drawn' && (
          <GraphicsNotice
            graphics={graphics}
            reason={unavailable}
            kept="Rows, neighbours, search, selection and exports are not affected, and the table lists every row."
            onOpenTable={() => commit({ tab: 'table' })}
            onRetry={() => {
              if (graphics === 'lost') map.current?.restart();
              setGraphics('drawn');
            }}
          />
        )}
        {graphics === 'drawn' && positions !== undefined && (
          <MiniMap
            map={map}
            paneKey={run.id}
            positions={positions}
            colours={colouring.colours}
            dims={colouring.dims}
            dimColour={theme.context}
          />
        )}
        <MapColours shown={colouring} isDark={isDark} />
        {graphics === 'drawn' && <MapTools map={map} tool={tool} onTool={setTool} />}
        <MapBars
          map={map}
          dataset={dataset}
          hiddenCount={colouring.filter.hiddenCount}
          mode={mode}
          onMode={setMode}
        />
      </div>
      <p className={classes.reading}>
        {isFromFile
          ? 'The places are those of the file; no vectors made them.'
          : 'How to read it: near is alike. Distances between groups, and how large a group looks, mean little.'}
        {missing}
        {graphics === 'drawn' && mostPixels !== null && ` ${describeLimit(mostPixels)}`}
        {only !== null &&
          ' These rows are drawn as if there were no others; neighbours, trust and clusters are those among all rows.'}
        {placed !== null && (
          <span data-placed-text={placed.text}>
            {' '}
            “{placed.text}” stands by its {placed.near.length} nearest rows; nothing else moved.
          </span>
        )}
        {!isFromFile &&
          !hasVectors &&
          ' This map was kept with a session. Its vectors are not here: neighbours, trust and Compare need the texts embedded again.'}
        {isFromFile && hasVectors && !isStopped && only === null && ` Held against ${runName(run.spec)}: `}
        {hasVectors && !isStopped && only === null && (
          <MapTrust
            run={run}
            settings={settings}
            isPca={isReady && projection?.method === 'pca'}
            isReady={isReady}
          />
        )}
      </p>
    </>
  );
});
