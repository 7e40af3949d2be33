import {
  type JSX,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Point } from './camera';
import type { HeatCell, HeatContent } from './heat-content';
import { HeatCrosshair } from './heat-crosshair';
import { HeatScene } from './heat-scene';

/** What others may do with a drawn heat map. */
export interface HeatMapHandle {
  zoomIn(): void;
  zoomOut(): void;
  /** Shows the whole matrix. */
  fit(): void;
  /** 100 when the whole matrix fits. */
  zoomPercent(): number;
  /** Where the corner above and left of a cell lies, in CSS pixels of the map; null before it is drawn. */
  locateCorner(row: number, column: number): Point | null;
  /** The value of a single pair; null where its tile is not there or it is empty. */
  valueAt(row: number, column: number): number | null;
  /** Tries failed tiles again. */
  retry(): void;
  /** The matrix as drawn, without crosshair; null before the first frame. The caller owns the canvas. */
  takePicture(): HTMLCanvasElement | null;
  /** Draws anew on a fresh canvas, as after a lost context. */
  restart(): void;
}

export interface HeatMapProps extends HeatContent {
  /** Accessible name of the focusable map. */
  label: string;
  /** Ground around the matrix, and the crosshair. */
  theme: { canvas: string; text: string; accent: string };
  /** Attributes, such as data-rows, of the wrapper element. */
  attributes?: Readonly<Record<string, string>>;
  /** The card of the hovered pair; the map places it. */
  renderTooltip?(cell: HeatCell): ReactNode;
  /** Positioned element around the map that the card may lie anywhere in, for maps too small for it. */
  tooltipHost?: RefObject<HTMLElement | null> | undefined;
  ref?: Ref<HeatMapHandle>;
}

/**
 * A matrix of values in tiles: row 0 at the top, column 0 at the left, zoomed with the wheel, dragged with the pointer.
 * Arrow keys move from cell to cell, with shift they move the matrix; Enter picks; a shift-drag frames a part.
 * It fills its positioned parent. Loads only what is seen; a new range or palette loads nothing.
 */
export function HeatMap(props: HeatMapProps): JSX.Element {
  const { size, label, theme, attributes, renderTooltip, tooltipHost, ref } = props;
  const root = useRef<HTMLDivElement>(null);
  const live = useRef<HeatScene | null>(null);
  const [scene, setScene] = useState<HeatScene | null>(null);
  const first = useRef(props);
  first.current = props;

  useLayoutEffect(() => {
    if (root.current === null) return;
    const made = new HeatScene(root.current, first.current);
    live.current = made;
    setScene(made);
    return () => {
      live.current = null;
      made.dispose();
    };
  }, []);

  useLayoutEffect(() => {
    live.current?.update(props);
  });

  useImperativeHandle(
    ref,
    () => ({
      zoomIn: () => live.current?.zoomBy(1),
      zoomOut: () => live.current?.zoomBy(-1),
      fit: () => live.current?.fit(),
      zoomPercent: () => live.current?.zoomPercent ?? 100,
      locateCorner: (row, column) => live.current?.locateCorner(row, column) ?? null,
      valueAt: (row, column) => live.current?.valueAt(row, column) ?? null,
      retry: () => live.current?.retry(),
      takePicture: () => live.current?.takePicture(first.current.theme.canvas) ?? null,
      restart: () => live.current?.restart(),
    }),
    [],
  );

  const handleKey = (event: KeyboardEvent): void => {
    const act = live.current === null ? undefined : keyActions(live.current, event.shiftKey)[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds form fields
    <div
      ref={root}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves the map
      tabIndex={0}
      onKeyDown={handleKey}
      {...attributes}
      style={{
        position: 'absolute',
        inset: 0,
        overflow: 'hidden',
        background: theme.canvas,
        touchAction: 'none',
      }}
    >
      <HeatCrosshair
        scene={scene}
        size={size}
        lineColour={theme.text}
        groundColour={theme.canvas}
        frameColour={theme.accent}
        renderTooltip={renderTooltip}
        tooltipHost={tooltipHost}
      />
    </div>
  );
}

const keyStepPx = 60;

function keyActions(scene: HeatScene, isPanning: boolean): Record<string, (() => void) | undefined> {
  return {
    '+': () => scene.zoomBy(1),
    '=': () => scene.zoomBy(1),
    '-': () => scene.zoomBy(-1),
    '0': () => scene.fit(),
    ArrowLeft: () => (isPanning ? scene.panBy(-keyStepPx, 0) : scene.moveCell(0, -1)),
    ArrowRight: () => (isPanning ? scene.panBy(keyStepPx, 0) : scene.moveCell(0, 1)),
    ArrowUp: () => (isPanning ? scene.panBy(0, -keyStepPx) : scene.moveCell(-1, 0)),
    ArrowDown: () => (isPanning ? scene.panBy(0, keyStepPx) : scene.moveCell(1, 0)),
    Enter: () => scene.pickCell(),
    ' ': () => scene.pickCell(),
    Escape: scene.hoveredCell() === null ? undefined : () => scene.clearHover(),
  };
}
