import {
  type JSX,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { createPortal } from 'react-dom';
import type { HeatCell } from './heat-content';
import type { HeatScene } from './heat-scene';
import { tooltipStyle } from './map-tooltip';
import { placeTooltip } from './place-tooltip';
import type { MatrixSize } from './tiles';

const none = (): null => null;
const nothing = (): (() => void) => () => {};
const leastFramePx = 9;

/** The crosshair over the hovered pair and its tooltip. Only it renders again on hover. */
export function HeatCrosshair({
  scene,
  size,
  lineColour,
  groundColour,
  frameColour,
  renderTooltip,
  tooltipHost,
}: {
  scene: HeatScene | null;
  size: MatrixSize;
  lineColour: string;
  groundColour: string;
  frameColour: string;
  renderTooltip: ((cell: HeatCell) => ReactNode) | undefined;
  /** Positioned element around the map that the tooltip may lie anywhere in; the map alone where there is none. */
  tooltipHost: RefObject<HTMLElement | null> | undefined;
}): JSX.Element {
  const cell = useSyncExternalStore(scene?.subscribeCell ?? nothing, scene?.hoveredCell ?? none);
  const across = useRef<SVGLineElement>(null);
  const down = useRef<SVGLineElement>(null);
  const frame = useRef<SVGGElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const selected = useRef<SVGRectElement>(null);

  useLayoutEffect(() => {
    if (scene === null) return;
    return scene.subscribeCell(() => {
      const framed = scene.framed;
      const from = framed?.from ?? { x: 0, y: 0 };
      const to = framed?.to ?? from;
      setAttributes(selected.current, {
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(to.x - from.x),
        height: Math.abs(to.y - from.y),
      });
    });
  }, [scene]);

  useLayoutEffect(() => {
    if (scene === null || cell === null) return;
    const middle = (): { x: number; y: number; side: number } => {
      const corner = scene.locateCorner(cell.row, cell.column);
      const { cellPx } = scene;
      return {
        x: corner.x + cellPx / 2,
        y: corner.y + cellPx / 2,
        side: Math.max(leastFramePx, cellPx),
      };
    };
    const drawLines = (): void => {
      const start = scene.locateCorner(0, 0);
      const end = scene.locateCorner(size.rows, size.columns);
      const { x, y, side } = middle();
      setAttributes(across.current, { x1: start.x, x2: end.x, y1: y, y2: y });
      setAttributes(down.current, { x1: x, x2: x, y1: start.y, y2: end.y });
      for (const [index, rect] of [...(frame.current?.children ?? [])].entries()) {
        const outer = side + 2 * index;
        setAttributes(rect, { x: x - outer / 2, y: y - outer / 2, width: outer, height: outer });
      }
    };
    const placeCard = (): void => {
      const card = box.current;
      const area = card?.offsetParent;
      if (card === null || !(area instanceof HTMLElement)) return;
      const { x, y, side } = middle();
      const own = layer.current?.getBoundingClientRect();
      const around = area.getBoundingClientRect();
      const mark = { x: x + (own?.x ?? 0) - around.x, y: y + (own?.y ?? 0) - around.y };
      const place = placeTooltip(
        { ...mark, radiusPx: side / 2 + 2 },
        { width: card.offsetWidth, height: card.offsetHeight },
        { width: area.clientWidth, height: area.clientHeight },
      );
      card.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
    };
    // With the next frame: to measure the card within an event lays out the page once more.
    let frameId = 0;
    const move = (): void => {
      drawLines();
      cancelAnimationFrame(frameId);
      frameId = requestAnimationFrame(placeCard);
    };
    move();
    const leave = scene.subscribeCell(move);
    return () => {
      cancelAnimationFrame(frameId);
      leave();
    };
  });

  const host = tooltipHost?.current ?? null;
  const card =
    cell !== null && cell.isLinked !== true && renderTooltip !== undefined ? (
      <div ref={box} role="tooltip" style={tooltipStyle}>
        {renderTooltip(cell)}
      </div>
    ) : null;
  return (
    <div ref={layer} style={layerStyle}>
      <svg width="100%" height="100%" aria-hidden="true" style={{ position: 'absolute', inset: 0 }}>
        <rect
          ref={selected}
          data-mark="frame"
          width={0}
          height={0}
          fill="none"
          stroke={frameColour}
          strokeWidth={1.5}
          strokeDasharray="4 3"
        />
      </svg>
      {cell !== null && (
        <svg width="100%" height="100%" aria-hidden="true" style={{ position: 'absolute', inset: 0 }}>
          <line ref={across} data-mark="crosshair-row" stroke={lineColour} strokeWidth={1} />
          <line ref={down} data-mark="crosshair-column" stroke={lineColour} strokeWidth={1} />
          <g ref={frame} fill="none">
            <rect stroke={groundColour} strokeWidth={1} />
            <rect stroke={lineColour} strokeWidth={1.5} />
          </g>
        </svg>
      )}
      {host === null ? card : createPortal(card, host)}
    </div>
  );
}

function setAttributes(element: Element | null, values: Record<string, number>): void {
  for (const [key, value] of Object.entries(values)) element?.setAttribute(key, value.toFixed(2));
}

const layerStyle = { position: 'absolute', inset: 0, overflow: 'hidden', pointerEvents: 'none' } as const;
