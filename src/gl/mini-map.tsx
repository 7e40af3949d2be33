import {
  type JSX,
  memo,
  type PointerEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { parseHex } from './palettes';
import type { PointMapHandle } from './point-map';
import { boundPositions } from './world-points';

interface Props {
  map: RefObject<PointMapHandle | null>;
  paneKey: string;
  /** Rows × 2, the pane's own coordinates. */
  positions: Float32Array;
  /** Rows × 4 RGBA bytes, and how rows are dimmed (`dimRows`), as on the map. */
  colours: Uint8Array;
  dims: Uint8Array | null;
  /** Colour of dimmed rows. */
  dimColour: string;
}

const size = { width: 132, height: 112 };
const marginPx = 8;
/** Rows for a pixel of the small picture from which a single one is drawn paler, so that crowds stand out. */
const crowded = 4;

/** The whole map, small, with what is in sight framed; there only while that is not everything. Pressing moves the camera. */
export const MiniMap = memo(function MiniMap({
  map,
  paneKey,
  positions,
  colours,
  dims,
  dimColour,
}: Props): JSX.Element | null {
  const [isShown, setShown] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const fit = useMemo(() => fitInto(positions), [positions]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only once it is shown is there a frame to place
  useLayoutEffect(() => {
    const follow = (): void => {
      const rect = map.current?.paneRect(paneKey) ?? null;
      if (rect === null || fit === null) return;
      const corner = map.current?.unproject(paneKey, { x: 0, y: 0 }) ?? null;
      const opposite = map.current?.unproject(paneKey, { x: rect.width, y: rect.height }) ?? null;
      if (corner === null || opposite === null) return;
      const [from, to] = [fit.toPixel(corner.x, corner.y), fit.toPixel(opposite.x, opposite.y)];
      const { box } = fit;
      const showsAll = from.x <= box.left && from.y <= box.top && to.x >= box.right && to.y >= box.bottom;
      setShown(!showsAll);
      if (frame.current === null) return;
      const left = Math.max(1, from.x);
      const top = Math.max(1, from.y);
      Object.assign(frame.current.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${Math.max(4, Math.min(size.width - 1, to.x) - left)}px`,
        height: `${Math.max(4, Math.min(size.height - 1, to.y) - top)}px`,
      });
    };
    follow();
    return map.current?.subscribeCamera(follow);
  }, [map, paneKey, fit, isShown]);

  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null || fit === null || !isShown) return;
    const ratio = window.devicePixelRatio;
    element.width = size.width * ratio;
    element.height = size.height * ratio;
    const context = element.getContext('2d');
    if (context === null) return;
    const picture = context.createImageData(element.width, element.height);
    const dot = Math.max(1, Math.round(ratio));
    const opacity = Math.min(1, (crowded * size.width * size.height) / Math.max(1, positions.length / 2));
    const grey = parseHex(dimColour);
    // Dimmed rows lie beneath the others, as on the map.
    for (const isGround of dims === null ? [false] : [true, false])
      for (let row = 0; 2 * row + 1 < positions.length; row++) {
        const x = positions[2 * row]!;
        const y = positions[2 * row + 1]!;
        const isDim = dims !== null && dims[row]! > 0;
        if (Number.isNaN(x) || colours[4 * row + 3] === 0 || isDim !== isGround) continue;
        const place = fit.toPixel(x, y);
        for (let dy = 0; dy < dot; dy++)
          for (let dx = 0; dx < dot; dx++) {
            const at =
              4 * ((Math.floor(place.y * ratio) + dy) * element.width + Math.floor(place.x * ratio) + dx);
            const share = picture.data[at + 3] === 0 ? 1 : opacity;
            for (let channel = 0; channel < 3; channel++) {
              const before = picture.data[at + channel]!;
              const own = isDim ? grey[channel]! : colours[4 * row + channel]!;
              picture.data[at + channel] = before + (own - before) * share;
            }
            picture.data[at + 3] = picture.data[at + 3]! + (255 - picture.data[at + 3]!) * opacity;
          }
      }
    context.putImageData(picture, 0, 0);
  }, [fit, positions, colours, dims, dimColour, isShown]);

  if (!isShown || fit === null) return null;
  const look = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    map.current?.centreOn(paneKey, fit.toPlace(event.clientX - box.left, event.clientY - box.top));
  };
  return (
    <div
      style={cardStyle}
      data-mini-map=""
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        look(event);
      }}
      onPointerMove={look}
    >
      <canvas ref={canvas} style={{ width: size.width, height: size.height, display: 'block' }} />
      <div ref={frame} style={frameStyle} />
    </div>
  );
});

/** How a map's coordinates (y up) lie in the small picture (y down). */
function fitInto(positions: Float32Array) {
  const bounds = boundPositions(positions);
  if (bounds === null) return null;
  const { minX, minY, maxX, maxY } = bounds;
  const room = { width: size.width - 2 * marginPx, height: size.height - 2 * marginPx };
  const scale = Math.min(room.width / Math.max(maxX - minX, 1e-9), room.height / Math.max(maxY - minY, 1e-9));
  const offsetX = size.width / 2 - ((minX + maxX) / 2) * scale;
  const offsetY = size.height / 2 + ((minY + maxY) / 2) * scale;
  const toPixel = (x: number, y: number) => ({ x: offsetX + x * scale, y: offsetY - y * scale });
  const topLeft = toPixel(minX, maxY);
  const bottomRight = toPixel(maxX, minY);
  return {
    toPixel,
    toPlace: (x: number, y: number) => ({ x: (x - offsetX) / scale, y: (offsetY - y) / scale }),
    box: { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y },
  };
}

const cardStyle = {
  position: 'absolute',
  right: 12,
  // What stands at the bottom of the map says how much room it takes.
  bottom: 'calc(12px + var(--map-bar, 0px))',
  width: size.width,
  height: size.height,
  overflow: 'hidden',
  borderRadius: 8,
  background: 'var(--raised)',
  boxShadow: 'var(--shadow-floating)',
  cursor: 'crosshair',
  touchAction: 'none',
} as const;

const frameStyle = {
  position: 'absolute',
  boxSizing: 'border-box',
  border: '1.5px solid var(--accent)',
  borderRadius: 2,
  pointerEvents: 'none',
} as const;
