import { type RefObject, useEffect, useRef } from 'react';
import type { HeatMapHandle } from '@/gl/heat-map';
import { mapTheme } from '@/gl/map-theme';
import { offerPicture } from '@/state/picture';
import { type DrawnPicture, wordCell } from './drawn-pictures';
import { type EdgeMarks, edgeStrip, showsTexts, textRoomPx } from './edge-strips';
import { formatSigned } from './format-number';
import type { PaneStore } from './heat-pane';
import { matrixSvg, type PictureParts, rasterise } from './matrix-svg';

/** Cells that are drawn as shapes at most. */
const mostShapes = 20_000;

interface Props {
  stage: RefObject<HTMLElement | null>;
  pane(): HeatMapHandle | null;
  store: PaneStore;
  picture: DrawnPicture;
  down: EdgeMarks;
  across: EdgeMarks;
  /** Whether it is the only matrix on the screen; of several the first is saved. */
  isAlone: boolean;
  datasetName: string;
  isDark: boolean;
}

/** Offers what the matrix shows as a picture, with its sides and legend. */
export function useMatrixPicture(props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  const runId = props.picture.measured.run.id;
  const size = props.down.count * props.across.count;
  const hasShapes = props.isAlone && size > 0 && size <= mostShapes;
  useEffect(
    () =>
      offerPicture({
        note: 'the matrix as drawn, twice its size',
        runId,
        png: async () => rasterise(matrixSvg(partsOf(latest.current, false))),
        svg: hasShapes
          ? () => new Blob([matrixSvg(partsOf(latest.current, true))], { type: 'image/svg+xml' })
          : null,
      }),
    [runId, hasShapes],
  );
}

/** What is on the screen now. Throws where nothing is drawn yet. */
function partsOf(props: Props, asShapes: boolean): PictureParts {
  const { stage, pane, store, picture, down, across, isAlone, datasetName, isDark } = props;
  const { view } = store.getState();
  const handle = pane();
  const canvas = handle?.takePicture() ?? null;
  const box = (isAlone ? stage.current : stage.current?.firstElementChild)?.getBoundingClientRect();
  if (view === null || handle === null || canvas === null || box === undefined)
    throw new Error('The matrix is not drawn yet.');
  const hasTexts = showsTexts(view.cellPx, true) && isAlone;
  const scale = picture.kind === 'one' ? picture.scale : null;
  const [low, high] = scale?.range ?? picture.range;
  const say = (value: number) =>
    scale === null ? formatSigned(Math.round(value * 10) / 10) : scale.format(value);
  const theme = mapTheme(isDark);
  return {
    width: Math.round(box.width),
    height: Math.round(box.height),
    view,
    down,
    across,
    strips: {
      down: edgeStrip(down, hasTexts, isAlone ? textRoomPx.down : 0),
      across: edgeStrip(across, hasTexts, isAlone ? textRoomPx.across : 0),
    },
    heat: asShapes
      ? (row, column) => {
          const value = handle.valueAt(row, column);
          return value === null ? null : wordCell(picture, value).share;
        }
      : canvas.toDataURL('image/png'),
    palette: picture.palette,
    ticks: [say(low), say((low + high) / 2), say(high)],
    title: picture.title,
    caption: `${datasetName} · ${scale?.title ?? 'z of each run’s own pairs'}`,
    theme,
    isDark,
  };
}
