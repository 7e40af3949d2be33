import { useMemo, useRef, useState } from 'react';
import { countOf } from '@/core/count-of';
import { tileOfBlocks } from '@/core/export/block-grid';
import { formatHundredths } from '@/core/similarity/format-similarity';
import type { HeatCell } from '@/gl/heat-content';
import { HeatMap, type HeatMapHandle } from '@/gl/heat-map';
import { mapTheme } from '@/gl/map-theme';
import { ModelMark } from '@/gl/model-mark';
import { paletteGradient, sequentialPalette } from '@/gl/palettes';
import { DrawingTools } from './drawing-tools';
import { type ReportMatrix, textOf } from './open-report';
import classes from './report.module.css';
import { useReport } from './report-state';
import { usePrintPicture } from './use-print-picture';
import { useQuietWheel } from './use-quiet-wheel';

const padding = { left: 16, top: 16, right: 16, bottom: 16 };

/** Every text against every text, in the order the author's page had. */
export function MatrixSection({ matrix }: { matrix: ReportMatrix }) {
  const { isDark, hover, pin } = useReport();
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
          ? 'Each cell is one pair.'
          : `It travels as ${head.cells} × ${head.cells} cells; each is the mean of up to ${span} × ${span} pairs.`}{' '}
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
              onPick={(cell) => pin(rows[cell.row * span]!)}
              onUnavailable={setFailure}
              onContextLost={() => setFailure('The graphics driver took its memory back.')}
              renderTooltip={(cell) => <PairCard cell={cell} matrix={matrix} />}
            />
            <DrawingTools drawing={map} />
          </div>
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
  const { head, rows } = matrix;
  const span = 2 ** (head.level + cell.level);
  const isPair = span === 1;
  const describe = (first: number) => {
    const from = Math.floor(first / 2 ** cell.level) * span;
    return {
      row: rows[from]!,
      more: Math.min(span, head.size - from) - 1,
    };
  };
  const sides = [describe(cell.row), describe(cell.column)];
  return (
    <div className={classes.card}>
      {sides.map(({ row, more }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a pair has two sides
        <p key={i} className={classes.cardText} dir="auto">
          {textOf(report, row)}
          {more > 0 && <span className={classes.note}> and {more} more</span>}
        </p>
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
