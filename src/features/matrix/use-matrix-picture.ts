import { type RefObject, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { countOf } from '@/core/count-of';
import type { Dataset } from '@/core/dataset/dataset';
import type { Shape } from '@/core/export/drawing';
import type { PictureContent, PictureLegend } from '@/core/export/frame-picture';
import type { HeatMapHandle } from '@/gl/heat-map';
import { mapTheme } from '@/gl/map-theme';
import type { KeyedRows } from '@/queries/matrix-orders';
import { subsetOf } from '@/queries/row-subset';
import { offerPicture } from '@/state/picture';
import { type View, viewStore } from '@/state/view';
import { measureDrawnText, measureForOthers } from '@/ui/paint-drawing';
import type { ColourScale } from './colour-scale';
import { describeMatrix } from './describe-matrix';
import { type DrawnPicture, wordCell } from './drawn-pictures';
import { type EdgeMarks, edgeStrip, numberedCellPx, showsTexts, textRoomPx } from './edge-strips';
import { listGroups } from './group-legend';
import type { PaneStore } from './heat-pane';
import { boxOfMatrix, drawMatrix, type MatrixParts } from './matrix-drawing';
import { drawWhole, fitRows } from './selection-drawing';
import type { Bars } from './use-bars';
import { plainMarks } from './use-edge-marks';

/** Cells that are drawn as shapes at most. */
const mostShapes = 20_000;
const betweenPx = 24;
/** Room for the title of a matrix. */
const leastPx = 180;
const titlePx = 24;

interface Props {
  /** Its children are the stages of the pictures, in their order. */
  stages: RefObject<HTMLElement | null>;
  panes: RefObject<readonly (HeatMapHandle | null)[]>;
  stores: readonly PaneStore[];
  pictures: readonly DrawnPicture[];
  down: EdgeMarks;
  across: EdgeMarks;
  bars: Bars | null;
  /** What the screen says of the matrix: its size, what a cell is, its order. */
  words: string;
  /** The drawn rows in their order, and pictures of others of the same runs. */
  lines: KeyedRows;
  drawLines(lines: KeyedRows, columns: null): DrawnPicture[];
  cells: View['matrixCells'];
  dataset: Dataset;
  isDark: boolean;
}

/** Offers what the matrix shows as a picture: every matrix on the screen with its sides, and what the colours mean. */
export function useMatrixPicture(props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  const { pictures, down, across } = props;
  const runId = pictures.length === 1 ? pictures[0]!.measured.run.id : null;
  const count = down.count * across.count * pictures.length;
  const hasShapes = count > 0 && count <= mostShapes;
  const hasSelection = useStore(viewStore, ({ view }) => view.selection.length > 1);
  useEffect(
    () =>
      offerPicture({
        note: pictures.length === 1 ? 'the matrix as drawn' : `the ${pictures.length} matrices as drawn`,
        runId,
        hasShapes,
        draw: async (marks) => drawScreen(latest.current, marks === 'shapes'),
        ofSelection: hasSelection
          ? { note: 'their matrix, in the order of the screen', draw: () => drawSelection(latest.current) }
          : null,
      }),
    [runId, hasShapes, hasSelection, pictures.length],
  );
}

/** What is on the screen now. Throws where nothing is drawn yet. */
function drawScreen(props: Props, asShapes: boolean): PictureContent {
  return compose(
    props,
    props.pictures.map((_, i) => partsOf(props, i, asShapes)),
  );
}

/** The selected rows alone, as many as have a vector. Throws where there are fewer than two. */
async function drawSelection(props: Props): Promise<PictureContent> {
  const { dataset, bars, lines, drawLines, cells, isDark } = props;
  const selection = new Set(viewStore.getState().view.selection);
  const rows = lines.rows.filter((row) => selection.has(row));
  if (rows.length < 2) throw new Error('Of the selected rows fewer than two are in this matrix.');
  const pictures = drawLines({ key: `${lines.key} of ${subsetOf([...rows]).key}`, rows }, null);
  const marks = plainMarks(dataset, rows, bars);
  const parts: MatrixParts[] = [];
  for (const picture of pictures)
    parts.push(await drawWhole(picture, marks, { isDark, isSmall: pictures.length > 1 }));
  const { headline, text } = describeMatrix({
    rows: rows.length,
    columns: rows.length,
    level: fitRows(rows.length).level,
    cells,
    subject: '',
    leftOut: 0,
  });
  const words = `${countOf(rows.length, 'selected row')}: ${headline} ${text.replace(/; zoom in.*$/, '.')}`;
  return compose({ ...props, pictures, words, down: marks, across: marks }, parts);
}

/** Matrices beside each other, with what is said of them and what their colours mean. */
function compose(
  { pictures, bars, down, across, words, dataset, isDark }: Props,
  drawn: readonly MatrixParts[],
): PictureContent {
  const theme = mapTheme(isDark);
  const isSmall = pictures.length > 1;
  const shapes: Shape[] = [];
  let width = 0;
  let height = 0;
  pictures.forEach((picture, i) => {
    const parts = drawn[i]!;
    const x = width === 0 ? 0 : width + betweenPx;
    if (isSmall)
      shapes.push({ kind: 'text', x, y: titlePx / 2, text: picture.title, fill: theme.text, weight: 600 });
    const y = isSmall ? titlePx : 0;
    const box = boxOfMatrix(parts);
    shapes.push({ kind: 'group', x: x - box.x, y: y - box.y, shapes: drawMatrix(parts) });
    width = x + Math.max(box.width, leastPx);
    height = Math.max(height, y + box.height);
  });
  const barred = bars === null ? null : drawnGroups(bars, down, across, isDark);
  return {
    width,
    height,
    shapes,
    title: isSmall ? pictures.at(-1)!.title.replace(' − ', ', ') : pictures[0]!.title,
    captions: [`${dataset.name}: ${countOf(dataset.rowCount, 'row')}. ${words}`],
    legends: [...legendsOf(pictures), ...(barred === null ? [] : [barred])],
    colours: { ground: theme.canvas, text: theme.text, quiet: theme.line },
  };
}

function partsOf(props: Props, index: number, asShapes: boolean): MatrixParts {
  const { stages, panes, stores, pictures, down, across, isDark } = props;
  const { view } = stores[index]!.getState();
  const picture = pictures[index]!;
  const handle = panes.current[index] ?? null;
  const box = stages.current?.children[index]?.getBoundingClientRect();
  const pixels = asShapes ? null : (handle?.takePicture() ?? null);
  if (view === null || handle === null || box === undefined || (pixels === null && !asShapes))
    throw new Error('The matrix is not drawn yet.');
  const isSmall = pictures.length > 1;
  const hasTexts = showsTexts(view.cellPx, true);
  const cellAt = (row: number, column: number) => {
    const value = handle.valueAt(row, column);
    return value === null ? null : wordCell(picture, value);
  };
  return {
    width: Math.round(box.width),
    height: Math.round(box.height),
    view,
    down,
    across,
    strips: {
      down: edgeStrip(down, hasTexts, isSmall ? 0 : textRoomPx.down),
      across: edgeStrip(across, hasTexts, isSmall ? 0 : textRoomPx.across),
    },
    heat: pixels ?? cellAt,
    numberAt: view.cellPx >= numberedCellPx ? cellAt : null,
    palette: picture.palette,
    theme: mapTheme(isDark),
    isDark,
    measure: asShapes ? measureForOthers : measureDrawnText,
  };
}

/** One scale for pictures that share theirs. */
function legendsOf(pictures: readonly DrawnPicture[]): PictureLegend[] {
  const legends = new Map<string, PictureLegend>();
  const isShared = pictures.length > 1;
  for (const { scale, range, palette, kind, words } of pictures) {
    const [low, high] = kind === 'difference' || scale === null ? range : scale.range;
    const say = (value: number) =>
      kind === 'difference' || scale === null
        ? `${value > 0 ? '+' : ''}${value}`.replace('-', '−')
        : scale.format(value);
    const legend: PictureLegend = {
      kind: 'scale',
      title:
        kind === 'difference'
          ? 'z in A less z in B: low is more alike in B, high is more alike in A'
          : `${titleOf(scale, isShared || kind === 'halves')}${words.cells === 'largest' ? ', the largest of a cell’s pairs' : ''}`,
      stops: palette,
      ticks: [say(low), say((low + high) / 2), say(high)],
    };
    legends.set(JSON.stringify([legend.title, legend.ticks]), legend);
  }
  return [...legends.values()];
}

function titleOf(scale: ColourScale | null, isOfSeveral: boolean): string {
  const title = scale?.title ?? '';
  return isOfSeveral ? title.replace('this run’s', 'each run’s') : title;
}

/** The groups that are on the screen, as the page's legend lists them. */
function drawnGroups(bars: Bars, down: EdgeMarks, across: EdgeMarks, isDark: boolean): PictureLegend | null {
  const shown = new Set([...down.spans, ...across.spans].map(({ group }) => group));
  const entries = listGroups(bars, isDark)
    .filter(({ group, isRest }) => isRest || shown.has(group))
    .map(({ name: entry, count, colour }) => ({ name: `${entry} ${count.toLocaleString('en')}`, colour }));
  return entries.length === 0 ? null : { kind: 'groups', title: bars.name, entries };
}
