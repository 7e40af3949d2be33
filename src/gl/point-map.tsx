import {
  type JSX,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Shape } from '@/core/export/drawing';
import type { Work } from '@/core/work';
import type { Point, Rect } from './camera';
import type { MapContent } from './map-content';
import { MapTooltip } from './map-tooltip';
import { PointScene } from './point-scene';
import { pointSizeAt } from './point-size';

/** What others may do with a drawn map. Pixels are CSS pixels of the pane; places are in the pane's own coordinates. */
export interface PointMapHandle {
  zoomIn(): void;
  zoomOut(): void;
  /** Shows all points again, and follows them until a person moves the camera. */
  fit(): void;
  /** Shows some rows as large as fits. */
  fitRows(rows: Iterable<number>): void;
  /** Puts a place of a pane's own coordinates into the middle. */
  centreOn(paneKey: string, point: Point): void;
  project(paneKey: string, point: Point): Point | null;
  unproject(paneKey: string, pixel: Point): Point | null;
  /** Where a row is drawn now, or null where it has no place. */
  locateRow(paneKey: string, row: number): Point | null;
  /** A pane's rectangle within the map. */
  paneRect(paneKey: string): Rect | null;
  /** Calls `listener` after each move of a camera or of points, until the returned function is called. */
  subscribeCamera(listener: () => void): () => void;
  /**
   * Writes down a pane's points as drawn when it begins, with the rings of pins and neighbours, as shapes in CSS pixels of the pane; null
   * for an unknown one.
   */
  drawShapes(paneKey: string): Work<Shape[], void> | null;
  /** The points as drawn, on the ground colour, without marks; null before the first frame. The caller owns the canvas. */
  takePicture(): HTMLCanvasElement | null;
  /** Draws anew on a fresh canvas, as after a lost context. */
  restart(): void;
}

export interface PointMapProps extends MapContent {
  /** Accessible name of the focusable map. */
  label: string;
  /** Attributes, such as data-run, of each pane's wrapper element, by pane key. */
  paneAttributes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The card of the hovered row; the map places it. */
  renderTooltip?(row: number): ReactNode;
  /** What stands above the points of a pane, such as labels; it lets the pointer through. */
  renderPane?(paneKey: string): ReactNode;
  ref?: Ref<PointMapHandle>;
}

/**
 * One to four maps of the same rows, side by side in one canvas: `colours` is rows × 4 RGBA bytes, each pane's `positions` rows × 2.
 * Arrays are compared by identity and must not change. The element fills its positioned parent.
 */
export function PointMap(props: PointMapProps): JSX.Element {
  const { panes, label, paneAttributes, renderTooltip, renderPane, theme, rowCount, ref } = props;
  const root = useRef<HTMLDivElement>(null);
  const live = useRef<PointScene | null>(null);
  const [scene, setScene] = useState<PointScene | null>(null);
  const first = useRef(props);
  first.current = props;

  useLayoutEffect(() => {
    if (root.current === null) return;
    const made = new PointScene(root.current, first.current);
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
      zoomIn: () => live.current?.cameras.zoomBy(1),
      zoomOut: () => live.current?.cameras.zoomBy(-1),
      fit: () => live.current?.cameras.fit(),
      fitRows: (rows) => live.current?.cameras.fitRows(rows),
      centreOn: (paneKey, point) => live.current?.centreOn(paneKey, point),
      project: (paneKey, point) => live.current?.project(paneKey, point) ?? null,
      unproject: (paneKey, pixel) => live.current?.unproject(paneKey, pixel) ?? null,
      locateRow: (paneKey, row) => live.current?.locateRow(paneKey, row) ?? null,
      paneRect: (paneKey) => live.current?.paneRect(paneKey) ?? null,
      subscribeCamera: (listener) => live.current?.subscribeCamera(listener) ?? (() => {}),
      drawShapes: (paneKey) => live.current?.drawShapes(paneKey) ?? null,
      takePicture: () => live.current?.takePicture() ?? null,
      restart: () => live.current?.restart(),
    }),
    [],
  );

  const handleKey = (event: KeyboardEvent): void => {
    const act = live.current === null ? undefined : keyActions(live.current)[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    // Escape also takes back what lies under the tooltip.
    if (event.key !== 'Escape') event.preventDefault();
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
      style={rootStyle(theme.canvas)}
      data-tool={props.tool ?? 'move'}
    >
      {panes.map(({ key }) => (
        <div key={key} data-pane={key} {...paneAttributes?.[key]} style={paneStyle}>
          <svg width="100%" height="100%" aria-hidden="true" style={{ position: 'absolute', inset: 0 }} />
          {renderPane?.(key)}
        </div>
      ))}
      {renderTooltip !== undefined && (
        <MapTooltip
          scene={scene}
          renderTooltip={renderTooltip}
          markRadiusPx={pointSizeAt(rowCount, 2).radiusPx + 6}
        />
      )}
    </div>
  );
}

const keyStepPx = 60;

function keyActions(scene: PointScene): Record<string, (() => void) | undefined> {
  return {
    '+': () => scene.cameras.zoomBy(1),
    '=': () => scene.cameras.zoomBy(1),
    '-': () => scene.cameras.zoomBy(-1),
    '0': () => scene.cameras.fit(),
    ArrowLeft: () => scene.cameras.panBy(-keyStepPx, 0),
    ArrowRight: () => scene.cameras.panBy(keyStepPx, 0),
    ArrowUp: () => scene.cameras.panBy(0, -keyStepPx),
    ArrowDown: () => scene.cameras.panBy(0, keyStepPx),
    Escape: scene.pointer.openTooltip() === null ? undefined : () => scene.pointer.closeTooltip(),
  };
}

const paneStyle = { position: 'absolute', overflow: 'hidden', pointerEvents: 'none' } as const;

function rootStyle(ground: string) {
  return {
    position: 'absolute',
    inset: 0,
    overflow: 'hidden',
    background: ground,
    touchAction: 'none',
  } as const;
}
