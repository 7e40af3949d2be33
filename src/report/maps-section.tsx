import { useEffect, useMemo, useRef, useState } from 'react';
import { describeEmpty } from '@/core/dataset/describe-scale';
import { dimRows } from '@/gl/dim-rows';
import { mapTheme } from '@/gl/map-theme';
import { ModelMark } from '@/gl/model-mark';
import { categoryColourCount, modelColour } from '@/gl/palettes';
import { PointMap, type PointMapHandle } from '@/gl/point-map';
import { groupColour, rowColours } from '@/gl/row-colours';
import { ScaleLine } from '@/gl/scale-line';
import { shareColours } from '@/gl/share-colours';
import { MapLegend } from '@/ui/map-legend';
import { DrawingTools } from './drawing-tools';
import { nearestOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';
import { RowCard } from './row-card';
import { RowDetail } from './row-detail';
import { usePrintPicture } from './use-print-picture';
import { useQuietWheel } from './use-quiet-wheel';

const neverHidden: ReadonlySet<number> = new Set();
const floating = { left: 16, top: 48, right: 16, bottom: 16 };

/** The maps side by side in one drawing: pointing at a row rings it in all, a click keeps it. */
export function MapsSection() {
  const { report, isDark, hover, pinned, pin, selection, select } = useReport();
  const { data, own, maps, shares } = report;
  const groups = shares === null ? report.groups : null;
  const map = useRef<PointMapHandle>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<ReadonlySet<number> | null>(null);
  const [hiddenGroups, setHidden] = useState(neverHidden);
  const [failure, setFailure] = useState('');
  const { rowCount } = data.dataset;
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const colours = useMemo(
    () =>
      shares === null
        ? rowColours(groups?.groupOf ?? null, rowCount, isDark, own)
        : shareColours(shares, isDark),
    [groups, rowCount, isDark, own, shares],
  );
  const dims = useMemo(
    () => dimRows({ rowCount, groups, focused, hiddenGroups, selection }),
    [rowCount, groups, focused, hiddenGroups, selection],
  );
  const panes = maps.map((one) => {
    const near = pinned === null ? [] : nearestOf(one, pinned);
    return {
      key: one.run.id,
      positions: one.positions,
      markColour: modelColour(one.run.slot, isDark),
      ringed: near.map(({ row }) => row),
      links: pinned === null ? [] : near.map(({ row }) => ({ from: pinned, to: row })),
    };
  });
  const pins = useMemo(() => (pinned === null ? [] : [pinned]), [pinned]);
  useQuietWheel(stage);
  usePrintPicture(stage, () => map.current?.takePicture() ?? null);
  useEffect(() => () => hover.set(null), [hover]);
  const explanations = [...new Set(maps.flatMap(({ head }) => head.quality?.explanation ?? []))];
  const toggle = (members: readonly number[]) => {
    const next = new Set(hiddenGroups);
    const areHidden = members.every((group) => next.has(group));
    for (const group of members) areHidden ? next.delete(group) : next.add(group);
    setHidden(next);
  };
  const only = (members: readonly number[]) => {
    const all = groups === null ? [] : [...groups.names.keys(), ...(groups.emptyCount > 0 ? [-1] : [])];
    const others = all.filter((group) => !members.includes(group));
    const isSo = hiddenGroups.size === others.length && others.every((group) => hiddenGroups.has(group));
    setHidden(isSo ? neverHidden : new Set(others));
  };
  return (
    <section aria-labelledby="maps" className={classes.section}>
      <h2 id="maps" className={classes.heading}>
        {maps.length === 1 ? 'The map' : 'The maps'}
      </h2>
      <p className={classes.prose}>
        Every dot is a text. Texts that {maps.length === 1 ? 'the model thinks' : 'a model thinks'} are alike
        lie near each other{maps.length === 1 ? '' : '; the same text is ringed in all maps at once'}. Point
        at a dot to read it, click to keep it with its nearest texts.{' '}
        {maps.length > 1 && 'Compare neighbours, not places. '}
        Drag moves; click a map, then the wheel zooms.
      </p>
      {failure === '' ? (
        <>
          <div ref={stage} className={classes.stage} data-maps={maps.length}>
            <PointMap
              ref={map}
              label={`Maps of ${maps.map(({ run }) => run.name).join(', ')}. Arrow keys move, plus and minus zoom, 0 fits.`}
              panes={panes}
              rowCount={rowCount}
              colours={colours}
              dims={dims}
              pinned={pins}
              ringed={noRows}
              hover={hover}
              theme={theme}
              transitionMs={0}
              cameraMs={200}
              padding={floating}
              onPick={(row) => pin(row === pinned ? null : row)}
              onUnavailable={setFailure}
              onContextLost={() => setFailure('The graphics driver took its memory back.')}
              renderTooltip={(row) => <RowCard row={row} />}
              renderPane={(key) => {
                const one = maps.find(({ run }) => run.id === key);
                return one === undefined ? null : (
                  <div className={classes.pane}>
                    <span className={classes.paneName}>
                      <ModelMark slot={one.run.slot} /> {one.run.name}
                    </span>
                    <span className={classes.paneNote}>
                      {[one.head.quality?.trust, one.head.residual].filter(Boolean).join(' · ')}
                    </span>
                  </div>
                );
              }}
              paneAttributes={Object.fromEntries(
                maps.map(({ run, head }) => [
                  run.id,
                  { 'data-run': run.id, 'data-points': String(head.placed), 'data-state': 'ready' },
                ]),
              )}
            />
            <DrawingTools drawing={map} />
          </div>
          {data.scale !== null && (
            <ScaleLine
              isDark={isDark}
              name={data.scale.title}
              ends={data.scale.ends}
              about={data.scale.about}
              grey={describeEmpty(data.scale.emptyCount)}
            />
          )}
          {groups !== null && data.groups !== null && (
            <MapLegend
              shape="line"
              title={data.groups.title}
              groups={groups}
              unit={data.groups.unit}
              emptyName={data.groups.emptyName}
              colourCount={categoryColourCount}
              colourOf={(group) => groupColour(group, isDark, own)}
              onFocusGroup={setFocused}
              hidden={hiddenGroups}
              onToggle={toggle}
              onOnly={only}
              onSelect={(members) => {
                const wanted = new Set(members);
                select([...groups.groupOf.keys()].filter((row) => wanted.has(groups.groupOf[row]!)));
              }}
            />
          )}
          {selection.length > 0 && (
            <p className={classes.note}>
              {selection.length.toLocaleString('en')} rows keep their colour.{' '}
              <button type="button" className={classes.link} onClick={() => select(noRows)}>
                Show all
              </button>
            </p>
          )}
        </>
      ) : (
        <div className={classes.failed} role="alert">
          <p>
            <strong>The maps cannot be drawn here.</strong> {failure} Rows, neighbours and scores are listed
            on this page all the same.
          </p>
          <button type="button" className={classes.button} onClick={() => setFailure('')}>
            Try again
          </button>
        </div>
      )}
      <RowDetail />
      <ul className={classes.remarks}>
        {explanations.map((words) => (
          <li key={words}>{words}</li>
        ))}
        {maps
          .filter(({ head }) => head.remark !== '')
          .map(({ run, head }) => (
            <li key={run.id}>
              {run.name}: {head.remark}
            </li>
          ))}
      </ul>
    </section>
  );
}

const noRows: readonly number[] = [];
