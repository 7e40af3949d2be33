import type { Shape } from '@/core/export/drawing';
import type { Work } from '@/core/work';
import type { Point } from './camera';
import { grey, hidden } from './dim-rows';
import type { PointSize } from './point-size';

/** Rows of one map as they are drawn now; lengths are CSS pixels of its pane. */
export interface DrawnPoints {
  readonly width: number;
  readonly height: number;
  readonly rowCount: number;
  locate(row: number): Point | null;
  /** Rows × 4 RGBA bytes. */
  readonly colours: Uint8Array;
  readonly dims: Uint8Array | null;
  readonly sizes: Float32Array | null;
  readonly size: PointSize;
  readonly pinned: readonly number[];
  readonly ringed: readonly number[];
  readonly links: readonly { readonly from: number; readonly to: number }[];
  readonly theme: {
    readonly canvas: string;
    readonly text: string;
    readonly line: string;
    readonly context: string;
  };
}

/** Unselected points are smaller by so much. */
const greyByPx = 0.7;

/** Rows between two pauses of the work. */
const rowsAtOnce = 2048;

/** The points of a map as shapes, where they are when the work begins, in the order they are drawn: filtered, unselected, others; then the rings of neighbours and pins. */
export function* pointShapes(points: DrawnPoints): Work<Shape[], void> {
  const { width, height, rowCount, colours, dims, sizes, theme } = points;
  const { radiusPx, edgePx, pointOpacity } = points.size;
  const beneath: Shape[] = [];
  const above: Shape[] = [];
  const reach = 3 * radiusPx;
  const style = {
    ...(edgePx > 0 ? { edge: theme.canvas } : {}),
    ...(pointOpacity < 1 ? { opacity: pointOpacity } : {}),
  };
  const hexOf = new Map<number, string>();
  // The camera may move before all is written down.
  const places = new Float64Array(2 * rowCount).fill(Number.NaN);
  for (let row = 0; row < rowCount; row++) {
    const place = points.locate(row);
    if (place === null) continue;
    places[2 * row] = place.x;
    places[2 * row + 1] = place.y;
  }
  const links = linkShapes(points);
  const rings = ringShapes(points);
  for (let row = 0; row < rowCount; row++) {
    if (row % rowsAtOnce === 0) yield;
    const x = places[2 * row]!;
    const y = places[2 * row + 1]!;
    if (!(x >= -reach && y >= -reach && x <= width + reach && y <= height + reach)) continue;
    const dim = dims?.[row] ?? 0;
    const radius = radiusPx * (sizes?.[row] ?? 1);
    if (dim === hidden) {
      beneath.push({
        kind: 'circle',
        x,
        y,
        radius: radius - greyByPx,
        fill: theme.canvas,
        edge: theme.context,
      });
    } else if (dim === grey) {
      beneath.push({ kind: 'circle', x, y, radius: Math.max(0.5, radius - greyByPx), fill: theme.context });
    } else {
      const value = valueAt(colours, row);
      let fill = hexOf.get(value);
      if (fill === undefined) {
        fill = writeHex(value);
        hexOf.set(value, fill);
      }
      above.push({ kind: 'circle', x, y, radius, fill, ...style });
    }
  }
  return beneath.concat(links, above, rings);
}

function linkShapes({ links, locate, theme }: DrawnPoints): Shape[] {
  const d = links.flatMap(({ from, to }) => {
    const start = locate(from);
    const end = locate(to);
    return start === null || end === null
      ? []
      : [`M${start.x.toFixed(1)} ${start.y.toFixed(1)}L${end.x.toFixed(1)} ${end.y.toFixed(1)}`];
  });
  return d.length === 0 ? [] : [{ kind: 'path', d: d.join(''), stroke: theme.line }];
}

function ringShapes({ ringed, pinned, locate, colours, size, theme }: DrawnPoints): Shape[] {
  const ring = (row: number, widthPx: number, colour: string): Shape[] => {
    const place = locate(row);
    if (place === null) return [];
    const { x, y } = place;
    const radius = Math.max(2.7, size.radiusPx);
    return [
      { kind: 'circle', x, y, radius: radius + 1.5 + widthPx, fill: colour },
      { kind: 'circle', x, y, radius: radius + 1.5, fill: theme.canvas },
      { kind: 'circle', x, y, radius, fill: writeHex(valueAt(colours, row)) },
    ];
  };
  return [
    ...ringed.flatMap((row) => ring(row, 1, theme.line)),
    ...pinned.flatMap((row) => ring(row, 2, theme.text)),
  ];
}

function valueAt(colours: Uint8Array, row: number): number {
  return (colours[4 * row]! << 16) | (colours[4 * row + 1]! << 8) | colours[4 * row + 2]!;
}

function writeHex(value: number): string {
  return `#${value.toString(16).padStart(6, '0')}`;
}
