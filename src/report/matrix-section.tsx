import { useCallback, useMemo, useRef, useState } from 'react';
import { countOf } from '@/core/count-of';
import { tileOfBlocks } from '@/core/export/block-grid';
import { mostFrequentGroup, rowsOfBlock } from '@/core/export/block-rows';
import { formatHundredths } from '@/core/similarity/format-similarity';
import type { HeatCell, HeatView } from '@/gl/heat-content';
import { HeatMap, type HeatMapHandle } from '@/gl/heat-map';
import { mapTheme } from '@/gl/map-theme';
import { ModelMark } from '@/gl/model-mark';
import { paletteGradient, sequentialPalette } from '@/gl/palettes';
import { DrawingTools } from './drawing-tools';
import { GroupBars, type GroupBarsHandle } from './group-bars';
import { type ReportMatrix, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';
import { usePrintPicture } from './use-print-picture';
import { useQuietWheel } from './use-quiet-wheel';

const padding = { left: 20, top: 20, right: 16, bottom: 16 };

/** Every text against every text, in the order the author's page had. */
export function MatrixSection({ matrix }: { matrix: ReportMatrix }) {
  const { report, isDark, hover, pin, selection, select } = useReport();
  const { own, shares } = report;
  // Along a scale the maps show no groups, so that nothing would say what the bars' colours are.
  const groups = shares === null ? report.groups : null;
  const bars = useRef<GroupBarsHandle>(null);
  const seen = useRef<HeatView>(null);
  const takeBars = useCallback((handle: GroupBarsHandle | null) => {
    bars.current = handle;
    if (handle !== null && seen.current !== null) handle.place(seen.current);
  }, []);
  const { head, values, rows } = matrix;
  const map = useRef<HeatMapHandle>(null);
  const stage = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState('');
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const size = useMemo(() => ({ rows: head.cells, columns: head.cells }), [head]);
  const tiles = useMemo(
    () => ({
      key: 'report',
      load: async (level: number, rowTile: number, columnTile: number) =>
        tileOfBlocks({ cells: head.cells, values }, level, rowTile, columnTile),
    }),
    [head, values],
  );
  const span = 2 ** head.level;
  const isWhole = head.level === 0;
  useQuietWheel(stage);
  usePrintPicture(stage, () => map.current?.takePicture() ?? null);
  const pick = ({ row, column, level }: HeatCell) => {
    if (isWhole && level === 0) {
      pin(rows[row]!);
      return;
    }
    const behind = [row, column].flatMap((line) => [...rowsOfBlock(rows, head.level, level, line)]);
    select([...new Set(behind)]);
  };
  const palette = sequentialPalette(isDark);
  return (
    <section aria-labelledby="matrix" className={classes.section}>
      <h2 id="matrix" className={classes.heading}>
        The matrix
      </h2>
      <p className={classes.prose}>
        <span className={classes.model}>
          <ModelMark slot={matrix.run.slot} /> {matrix.run.name}:
        </span>{' '}
        every text against every text, {countOf(head.size, 'row')}. {head.order}{' '}
        {isWhole
          ? 'Each cell is one pair; a click keeps its row.'
          : `It travels as ${head.cells} × ${head.cells} cells; each is the mean of up to ${span} × ${span} pairs, and a click leaves its rows alone in colour on the maps.`}{' '}
        {groups !== null && `The bars at its sides are coloured by ${report.data.groups?.title}. `}
        {head.explanation}
      </p>
      {failure === '' ? (
        <>
          <div ref={stage} className={classes.square} data-cells={head.cells} data-rows={head.size}>
            <HeatMap
              ref={map}
              label={`Similarity matrix of ${matrix.run.name}. Arrow keys move from cell to cell, plus and minus zoom, 0 fits.`}
              size={size}
              tiles={tiles}
              range={head.range}
              palette={palette}
              emptyColour={isDark ? '#11151A' : '#F4F5F8'}
              padding={padding}
              cameraMs={200}
              theme={theme}
              onHover={(cell) =>
                hover.set(cell !== null && isWhole && cell.level === 0 ? rows[cell.row]! : null)
              }
              onPick={pick}
              onViewChange={(view) => {
                seen.current = view;
                bars.current?.place(view);
              }}
              onUnavailable={setFailure}
              onContextLost={() => setFailure('The graphics driver took its memory back.')}
              renderTooltip={(cell) => <PairCard cell={cell} matrix={matrix} />}
            />
            {groups !== null && (
              <GroupBars
                ref={takeBars}
                rows={rows}
                rowsACell={span}
                groups={groups}
                own={own}
                isDark={isDark}
              />
            )}
            <DrawingTools drawing={map} />
          </div>
          {selection.length > 0 && (
            <p className={classes.note}>
              {countOf(selection.length, 'row')} {selection.length === 1 ? 'keeps its' : 'keep their'} colour
              on the maps.{' '}
              <button type="button" className={classes.link} onClick={() => select([])}>
                Show all
              </button>
            </p>
          )}
          <div
            className={classes.scale}
            role="img"
            aria-label={`Colours from ${head.ticks[0]} to ${head.ticks[2]}`}
          >
            <span>less alike</span>
            <span className={classes.ramp}>
              <span className={classes.rampColours} style={{ background: paletteGradient(palette) }} />
              <span className={classes.ticks}>
                {head.ticks.map((tick) => (
                  <span key={tick}>{tick}</span>
                ))}
              </span>
            </span>
            <span>more alike</span>
          </div>
        </>
      ) : (
        <div className={classes.failed} role="alert">
          <p>
            <strong>The matrix cannot be drawn here.</strong> {failure} Each row’s nearest are listed below.
          </p>
          <button type="button" className={classes.button} onClick={() => setFailure('')}>
            Try again
          </button>
        </div>
      )}
    </section>
  );
}

function PairCard({ cell, matrix }: { cell: HeatCell; matrix: ReportMatrix }) {
  const { report } = useReport();
  const { head } = matrix;
  const { groups } = report;
  const isPair = head.level + cell.level === 0;
  const sides = [cell.row, cell.column].map((line) => {
    const rows = rowsOfBlock(matrix.rows, head.level, cell.level, line);
    const group = groups === null ? -1 : mostFrequentGroup(rows, groups.groupOf);
    return { row: rows[0]!, more: rows.length - 1, group: group < 0 ? '' : groups!.names[group]! };
  });
  return (
    <div className={classes.card}>
      {sides.map(({ row, more, group }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair has two sides
        <div key={i} className={classes.side}>
          <p className={classes.cardText} dir="auto">
            {textOf(report, row)}
          </p>
          {(more > 0 || group !== '') && (
            <p className={classes.note}>
              {[
                ...(more > 0 ? [`and ${countOf(more, 'more row')}`] : []),
                ...(group === '' ? [] : [more > 0 ? `mostly ${group}` : group]),
              ].join(' · ')}
            </p>
          )}
        </div>
      ))}
      <p className={classes.note}>
        {cell.value === null
          ? 'no value'
          : `${isPair ? 'cosine' : 'mean cosine'} ${formatHundredths(cell.value)}${
              head.scale === null
                ? ''
                : ` · z ${((cell.value - head.scale.mean) / head.scale.sd).toFixed(1).replace('-', '−')}`
            }`}
      </p>
    </div>
  );
}
