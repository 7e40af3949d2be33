import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { memo, useCallback, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { chooseMaps } from '@/core/comparison/choose-maps';
import { chosenColourColumn, defaultColour, groupsOf } from '@/core/dataset/colour-column';
import type { Dataset } from '@/core/dataset/dataset';
import { describeEmpty, describeScale, placesOnScale } from '@/core/dataset/describe-scale';
import type { RunRecord } from '@/core/embedding/run';
import { runName } from '@/core/embedding/run-name';
import type { MapPane } from '@/gl/map-pane';
import { mapTheme } from '@/gl/map-theme';
import { categoryColourCount, modelColour, parseHex } from '@/gl/palettes';
import { PointMap, type PointMapHandle } from '@/gl/point-map';
import { groupColour } from '@/gl/row-colours';
import { ScaleLine } from '@/gl/scale-line';
import { useRowColours } from '@/gl/use-row-colours';
import { type Neighbours, neighboursOf, neighboursQuery } from '@/queries/neighbours';
import { useGroupFilter } from '@/queries/use-group-filter';
import { useOwnColours } from '@/queries/use-own-colours';
import type { ShownProjection } from '@/queries/use-projection';
import { hoverChannel } from '@/state/hover';
import { pinRow } from '@/state/pins';
import { searchStore } from '@/state/search';
import { selectRows } from '@/state/selection';
import { commit, viewStore } from '@/state/view';
import { type Graphics, GraphicsNotice } from '@/ui/graphics-notice';
import { MapLegend } from '@/ui/map-legend';
import { RowCard } from '@/ui/row-card';
import { MapChoices } from './map-choices';
import { markSelected } from './mark-selected';
import { MorphBar } from './morph-bar';
import { useMorph } from './morph-state';
import classes from './pair-maps.module.css';
import { PairTools } from './pair-tools';
import { PaneFrame } from './pane-frame';
import { PaneText } from './pane-text';
import { LensLegend, SharedLegend } from './shared-legend';
import { trailRows } from './shared-rows';
import { shownMaps } from './shown-maps';
import { useAlignedMaps } from './use-aligned-maps';
import { useClusters } from './use-clusters';
import { useColumnScale } from './use-column-scale';
import { usePaneColours } from './use-pane-colours';

const neighboursShown = 10;
/** Room for each pane's heading, for the tools, and for the morph. */
const floating = { left: 16, top: 40, right: 56, bottom: 44 };
/** Narrow panes have a heading of two lines and more. */
const floatingOfMany = { ...floating, top: 64 };

interface Props {
  dataset: Dataset;
  /** Runs that have a map, the reference and the other among them. */
  runs: readonly RunRecord[];
  reference: RunRecord;
  /** The run it is compared with row by row. */
  other: RunRecord;
  /** The share of neighbours that a run keeps of the reference's, a row; NaN for rows that are not compared. Null until known. */
  sharesOf(run: RunRecord): Float32Array | null;
}

/** One to four maps in one canvas, all laid onto the reference's, with hover, pin, colours and zoom in common. */
export const PairMaps = memo(function PairMaps({ dataset, runs, reference, other, sharesOf }: Props) {
  const isDark = useComputedColorScheme('light') === 'dark';
  const isStill = useReducedMotion();
  const map = useRef<PointMapHandle>(null);
  const pinned = useStore(viewStore, ({ view }) => view.pinned);
  const found = useStore(searchStore, (search) => search.ringed);
  const secondPin = useStore(viewStore, ({ view }) => view.secondPin);
  const colourBy = useStore(viewStore, ({ view }) => view.colourBy);
  const choices = useStore(viewStore, ({ view }) => view.comparisonMaps);
  const [focused, setFocused] = useState<ReadonlySet<number> | null>(null);
  const [graphics, setGraphics] = useState<Graphics>('drawn');
  const [unavailable, setUnavailable] = useState('');
  const [target, setTarget] = useState<string | null>(null);

  const shownRuns = useMemo(
    () => chooseMaps(runs, reference, other, choices.shown),
    [runs, reference, other, choices.shown],
  );
  const targets = useMemo(() => (shownRuns.length > 1 ? shownRuns.slice(1) : [other]), [shownRuns, other]);
  const to = targets.find(({ id }) => id === target) ?? targets[0]!;
  const maps = useAlignedMaps(shownRuns.length > 1 ? shownRuns : [reference, to], dataset.rowCount);
  const morph = useMorph(`${reference.id} ${to.id} ${choices.layouts}`);
  const neighbours = useQueries({ queries: shownRuns.map(neighboursQuery) });

  const column = chosenColourColumn(dataset, colourBy);
  const isByCluster = (colourBy ?? defaultColour(dataset)).kind === 'cluster';
  const { groups: clusters, signatures } = useClusters(reference, isByCluster);
  const scale = useColumnScale(dataset, isByCluster ? null : (column?.name ?? null));
  const groups = isByCluster ? clusters : column === null || scale !== null ? null : groupsOf(column);
  const places = useMemo(() => (scale === null ? null : placesOnScale(scale)), [scale]);
  const filter = useGroupFilter(groups);
  const own = useOwnColours(
    dataset.id,
    isByCluster ? 'Cluster' : (column?.name ?? ''),
    groups,
    isByCluster ? signatures : undefined,
  );
  const selection = useStore(viewStore, ({ view }) => view.selection);
  const { colours: groupColours, dims } = useRowColours({
    groups,
    rowCount: dataset.rowCount,
    isDark,
    focused,
    hiddenGroups: filter.hidden,
    selection,
    own,
    shares: places,
  });
  const colours = useMemo(() => {
    const hasColour = (row: number) => {
      if (places !== null) return !Number.isNaN(places[row]!);
      const group = groups?.groupOf[row] ?? 0;
      return own.has(group) || (group >= 0 && group < categoryColourCount);
    };
    return markSelected(groupColours, selection, hasColour, parseHex(mapTheme(isDark).text));
  }, [groupColours, selection, groups, places, own, isDark]);
  const isByShare = choices.colour === 'shared';
  const { coloursOf, lensRow } = usePaneColours(shownRuns, isByShare ? sharesOf : null, isDark);
  const pins = useMemo(() => [pinned, secondPin].filter((row) => row !== null), [pinned, secondPin]);
  const theme = useMemo(() => mapTheme(isDark), [isDark]);

  const first = maps[0]!;
  const targetMap = maps.find(({ run }) => run.id === to.id)!;
  const canMorph = first.shown.projection !== null && targetMap.alignment !== null;
  const morphTo = useMemo(
    () => (canMorph ? { to: targetMap.positions, share: morph.share } : undefined),
    [canMorph, targetMap.positions, morph.share],
  );
  const targetShares = sharesOf(to);
  const trails = useMemo(() => (targetShares === null ? [] : trailRows(targetShares)), [targetShares]);
  const panes: MapPane[] = shownRuns.map((run, i) => ({
    key: run.id,
    positions: maps[i]!.positions,
    markColour: modelColour(run.slot, isDark),
    origins: first.positions,
    ...(coloursOf === null ? {} : { colours: coloursOf[i]! }),
    ...(i === 0 ? { trails, ...(morphTo === undefined ? {} : { morph: morphTo }) } : { ghosts: pins }),
    ...linksTo(neighbours[i]!.data, pinned, found),
  }));

  const takeHandle = useCallback((handle: PointMapHandle | null) => {
    map.current = handle;
    shownMaps.current = handle;
  }, []);
  const field = column?.name ?? null;
  const renderTooltip = useCallback(
    (row: number) => <RowCard dataset={dataset} row={row} field={field} />,
    [dataset, field],
  );
  const colourOf = useCallback((group: number) => groupColour(group, isDark, own), [isDark, own]);

  return (
    <>
      <MapChoices runs={runs} shown={shownRuns} />
      <div className={classes.stage}>
        {graphics !== 'none' && (
          <PointMap
            ref={takeHandle}
            label={`Maps of ${shownRuns.map(({ spec }) => runName(spec)).join(', ')}. Arrow keys move, plus and minus zoom, 0 fits.`}
            panes={panes}
            rowCount={dataset.rowCount}
            colours={colours}
            dims={dims}
            pinned={pins}
            ringed={found}
            hover={hoverChannel}
            theme={theme}
            transitionMs={isStill ? 0 : 120}
            cameraMs={isStill ? 0 : 240}
            cameraLink={choices.zoom}
            padding={shownRuns.length > 2 ? floatingOfMany : floating}
            onPick={pinRow}
            onSelect={(rows, wish) => selectRows(rows, wish ?? 'replace', 'Select an area')}
            onUnavailable={(reason) => {
              setUnavailable(reason);
              setGraphics('none');
            }}
            onContextLost={() => setGraphics('lost')}
            onContextRestored={() => setGraphics('drawn')}
            renderTooltip={renderTooltip}
            renderPane={(key) => {
              const index = shownRuns.findIndex(({ id }) => id === key);
              const shown = maps[index];
              return shown === undefined ? null : (
                <>
                  <PaneFrame
                    run={shown.run}
                    shown={shown.shown}
                    alignment={shown.alignment}
                    startRun={index === 0 || choices.layouts === 'independent' ? null : reference}
                    rowCount={dataset.rowCount}
                    morphTo={index === 0 && canMorph ? to : null}
                    morph={morph}
                  />
                  <PaneText
                    dataset={dataset}
                    run={shown.run}
                    map={map}
                    positions={shown.shown.isReady ? shown.positions : null}
                  />
                </>
              );
            }}
            paneAttributes={Object.fromEntries(
              shownRuns.map((run, i) => [
                run.id,
                {
                  'data-run': run.id,
                  'data-dataset': dataset.name,
                  'data-points': String(maps[i]!.shown.projection?.placed ?? 0),
                  'data-state': stateOf(maps[i]!.shown),
                },
              ]),
            )}
          />
        )}
        {graphics !== 'drawn' && (
          <GraphicsNotice
            graphics={graphics}
            reason={unavailable}
            isPlural
            kept="The comparison, neighbours and vectors are not affected, and the table lists every row."
            onRetry={() => {
              if (graphics === 'lost') map.current?.restart();
              setGraphics('drawn');
            }}
            onOpenTable={() => commit({ tab: 'table' })}
          />
        )}
        {graphics === 'drawn' && (
          <div className={classes.tools}>
            <PairTools map={map} />
          </div>
        )}
        {graphics === 'drawn' && lensRow !== null && <LensLegend isDark={isDark} row={lensRow} />}
        {graphics === 'drawn' && canMorph && (
          <MorphBar from={reference} to={to} targets={targets} state={morph} onTarget={setTarget} />
        )}
      </div>
      {isByShare && <SharedLegend isDark={isDark} hasSeveral={shownRuns.length > 2} />}
      {!isByShare && scale !== null && column !== null && (
        <ScaleLine
          isDark={isDark}
          name={column.name}
          {...describeScale(scale, column?.about)}
          grey={describeEmpty(scale.emptyCount)}
        />
      )}
      {!isByShare && groups !== null && (
        <MapLegend
          shape="line"
          title={isByCluster ? `Clusters of ${runName(reference.spec)}` : (column?.name ?? '')}
          groups={groups}
          {...(isByCluster && { unit: 'cluster', emptyName: 'no cluster' })}
          colourCount={categoryColourCount}
          colourOf={colourOf}
          onFocusGroup={setFocused}
          {...filter}
        />
      )}
      <p className={classes.reading}>
        {choices.layouts === 'aligned'
          ? 'The other maps start from the reference’s and are laid onto it. '
          : 'Each map starts from its own principal components and is then laid onto the reference’s. '}
        Compare neighbours, not places: no number comes from a map.
        {shownRuns.length > 1 &&
          pinned !== null &&
          ' A dashed ring is the pinned row’s place on the reference’s map.'}
      </p>
    </>
  );
});

/** Rings and lines around the pinned row: its nearest rows in this pane's own run, and rings around what a search found. */
function linksTo(
  neighbours: Neighbours | undefined,
  pinned: number | null,
  found: readonly number[],
): Pick<MapPane, 'ringed' | 'links'> {
  if (pinned === null || neighbours === undefined) return { ringed: found, links: [] };
  const near = neighboursOf(neighbours, pinned, neighboursShown) ?? [];
  return {
    ringed: [...new Set([...near.map(({ row }) => row), ...found])],
    links: near.map(({ row }) => ({ from: pinned, to: row })),
  };
}

function stateOf({ isReady, isStopped, error }: ShownProjection): string {
  if (error !== null) return 'failed';
  return isReady ? 'ready' : isStopped ? 'stopped' : 'drawing';
}
