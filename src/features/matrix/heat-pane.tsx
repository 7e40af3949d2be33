import { useReducedMotion } from '@mantine/hooks';
import { type ReactNode, type Ref, type RefObject, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { HeatBox, HeatCell, HeatView } from '@/gl/heat-content';
import type { HeatLink } from '@/gl/heat-link';
import { HeatMap, type HeatMapHandle } from '@/gl/heat-map';
import { mapTheme } from '@/gl/map-theme';
import { CellNumbers } from './cell-numbers';
import { type DrawnPicture, wordCell } from './drawn-pictures';
import { type EdgeMarks, edgeStrip, showsTexts, textRoomPx } from './edge-strips';
import { MatrixEdges } from './matrix-edges';
import classes from './matrix-view.module.css';

/** Room for what stands beside the matrix: the tools, a little at the end, a title. */
const toolsPx = 56;
const endPx = 12;
const titlePx = 28;

/** What one drawn matrix tells others of itself. */
export type PaneStore = StoreApi<{
  view: HeatView | null;
  failure: string;
  /** Why the graphics card does not draw it; empty while it does. */
  withoutCard: string;
  /** Pixels a side that the card draws at most, where the screen has more. */
  mostPixels: number | null;
}>;

interface Props {
  picture: DrawnPicture;
  down: EdgeMarks;
  across: EdgeMarks;
  store: PaneStore;
  link: HeatLink;
  isDark: boolean;
  /** Whether it is one of several: with a title, without dendrogram, names and texts. */
  isSmall: boolean;
  onPoint(cell: HeatCell | null): void;
  onPick(cell: HeatCell): void;
  onBox(box: HeatBox): void;
  renderTooltip(cell: HeatCell): ReactNode;
  /** What the card may lie in: all panes, which are small where there are several. */
  tooltipHost: RefObject<HTMLElement | null>;
  ref?: Ref<HeatMapHandle>;
}

/** One matrix with its dendrograms, names, bars and numbers. */
export function HeatPane(props: Props) {
  const { picture, down, across, store, link, isDark, isSmall, onPoint, onPick, onBox, renderTooltip, ref } =
    props;
  const isStill = useReducedMotion();
  const map = useRef<HeatMapHandle | null>(null);
  const withoutCard = useStore(store, (state) => state.withoutCard);
  const didShow = useRef(false);
  const hasTexts = useStore(store, ({ view }) => view !== null && showsTexts(view.cellPx, didShow.current));
  didShow.current = hasTexts;
  const theme = useMemo(() => mapTheme(isDark), [isDark]);
  const strips = useMemo(
    () => ({
      down: edgeStrip(down, hasTexts, isSmall ? 0 : textRoomPx.down),
      across: edgeStrip(across, hasTexts, isSmall ? 0 : textRoomPx.across),
    }),
    [down, across, hasTexts, isSmall],
  );
  const padding = useMemo(
    () => ({
      left: strips.down.total + endPx,
      top: strips.across.total + (isSmall ? titlePx : endPx),
      right: isSmall ? endPx : toolsPx,
      bottom: endPx,
    }),
    [strips, isSmall],
  );
  const size = useMemo(() => ({ rows: down.count, columns: across.count }), [down.count, across.count]);
  // What has gone is not drawn any more.
  useEffect(() => () => store.setState({ view: null, failure: '', mostPixels: null }), [store]);

  return (
    <>
      <HeatMap
        // What draws it is fixed for the life of a map.
        key={withoutCard === '' ? 'card' : 'canvas'}
        drawsWith={withoutCard === '' ? 'card' : 'canvas'}
        ref={(handle) => {
          map.current = handle;
          if (typeof ref === 'function') ref(handle);
          else if (ref != null) ref.current = handle;
        }}
        label={`Similarity matrix of ${picture.title}. Arrow keys move from cell to cell, Enter pins the pair, plus and minus zoom, 0 fits.`}
        size={size}
        tiles={picture.tiles}
        range={picture.range}
        curve={picture.curve}
        palette={picture.palette}
        emptyColour={theme.canvas}
        theme={theme}
        padding={padding}
        cameraMs={isStill ? 0 : 240}
        link={link}
        onViewChange={(view) => store.setState({ view })}
        onHover={onPoint}
        onPick={onPick}
        onBox={onBox}
        onTileError={(error) =>
          store.setState({ failure: error instanceof Error ? error.message : String(error) })
        }
        onUnavailable={(reason) => store.setState({ withoutCard: reason })}
        onLimited={(mostPixels) => store.setState({ mostPixels })}
        onContextLost={() => store.setState({ withoutCard: 'The graphics driver took its memory back.' })}
        renderTooltip={renderTooltip}
        tooltipHost={props.tooltipHost}
      />
      <CellNumbers
        view={store}
        palette={picture.palette}
        inset={{ left: strips.down.total, top: strips.across.total }}
        cellAt={(row, column) => {
          const value = map.current?.valueAt(row, column) ?? null;
          return value === null ? null : wordCell(picture, value);
        }}
      />
      <MatrixEdges view={store} down={down} across={across} strips={strips} isDark={isDark} />
      <p className={classes.paneTitle} data-shown={isSmall || undefined}>
        {picture.title}
      </p>
    </>
  );
}
