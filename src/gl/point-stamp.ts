import type { Rgb } from './palettes';

/** A round point; lengths are pixels of the picture. */
export interface RoundPoint {
  readonly radius: number;
  /** Width of the edge, half of which lies outside the radius; 0 for none. */
  readonly edgeWidth: number;
  /** Width of the ring that is left of a hollow point; 0 for a full one. */
  readonly ringWidth: number;
}

/** How a point covers the pixels around it, for each place in a pixel that is told apart. */
export interface Stamp {
  /** Binary logarithm of the places told apart along each side of a pixel; a stamp's place is in the middle of each. */
  readonly phaseBits: number;
  /** First cell of each place, line by line, and the end of the last. */
  readonly starts: Int32Array;
  /** Pixel of each cell, counted from the pixel that the point's middle lies in. */
  readonly columns: Int16Array;
  readonly lines: Int16Array;
  /** What of the pixel takes the point's own colour, and what the edge's: 0 to 1, together at most 1. */
  readonly own: Float32Array;
  readonly edge: Float32Array;
}

/** Pixels that a point may colour beyond the one its middle lies in. */
export function reachOf({ radius, edgeWidth }: RoundPoint): number {
  return Math.ceil(radius + edgeWidth / 2 + 0.5);
}

/** Places along a pixel's side: a large point has less need of them, and they would take more room. */
function phaseBitsOf({ radius }: RoundPoint): number {
  return radius <= 4 ? 3 : 2;
}

/** The stamp of a point; cover and edge as the shader of `PointLayer` has them. */
export function cutStamp(point: RoundPoint): Stamp {
  const { radius, edgeWidth, ringWidth } = point;
  const inner = radius - edgeWidth / 2;
  const outer = radius + edgeWidth / 2;
  const reach = reachOf(point);
  const phaseBits = phaseBitsOf(point);
  const phases = 1 << phaseBits;
  const starts = new Int32Array(phases * phases + 1);
  const most = phases * phases * (2 * reach + 1) ** 2;
  const columns = new Int16Array(most);
  const lines = new Int16Array(most);
  const own = new Float32Array(most);
  const edge = new Float32Array(most);
  let count = 0;
  for (let phase = 0; phase < phases * phases; phase++) {
    const x = ((phase % phases) + 0.5) / phases;
    const y = (Math.floor(phase / phases) + 0.5) / phases;
    starts[phase] = count;
    for (let line = -reach; line <= reach; line++) {
      for (let column = -reach; column <= reach; column++) {
        const distance = Math.hypot(column + 0.5 - x, line + 0.5 - y);
        const cover = clampToOne(outer - distance + 0.5);
        if (cover === 0) continue;
        const hole = ringWidth > 0 ? clampToOne(inner - ringWidth - distance + 0.5) : 0;
        const edgeShare = edgeWidth > 0 ? clampToOne(distance - inner + 0.5) : 0;
        columns[count] = column;
        lines[count] = line;
        own[count] = cover * (1 - hole) * (1 - edgeShare);
        edge[count] = cover * (1 - hole) * edgeShare;
        count++;
      }
    }
  }
  starts[phases * phases] = count;
  return {
    phaseBits,
    starts,
    columns: columns.slice(0, count),
    lines: lines.slice(0, count),
    own: own.slice(0, count),
    edge: edge.slice(0, count),
  };
}

/** A stamp with all but the point's own colour worked in. */
export interface Brush {
  readonly phaseBits: number;
  /** First number in `cells` of each place in a pixel, and the end of the last. */
  readonly starts: Int32Array;
  /**
   * Four numbers a pixel: how far it is from the point's pixel in the picture; the 256ths that the point's colour takes of it
   * and, 16 bits further up, those that what was there keeps; what the edge adds to red and blue and to green and alpha,
   * with the half that rounds.
   */
  readonly cells: Int32Array;
}

/** Half of a 256th in both halves of a number, so that cutting off rounds to the nearest. */
const halves = 0x00800080;

/** The brush for points of one alpha (0 to 1, opacity within) on a picture whose lines are `stride` pixels apart. */
export function inkStamp(stamp: Stamp, alpha: number, [red, green, blue]: Rgb, stride: number): Brush {
  const { starts, columns, lines, own, edge } = stamp;
  const inked = new Int32Array(starts.length);
  const cells = new Int32Array(4 * own.length);
  const edgeRedBlue = red | (blue << 16);
  const edgeGreenAlpha = green | (255 << 16);
  let count = 0;
  for (let phase = 0; phase + 1 < starts.length; phase++) {
    inked[phase] = count;
    for (let cell = starts[phase]!; cell < starts[phase + 1]!; cell++) {
      const all = Math.round((own[cell]! + edge[cell]!) * alpha * 256);
      if (all === 0) continue;
      const ofEdge = Math.min(all, Math.round(edge[cell]! * alpha * 256));
      cells[count] = lines[cell]! * stride + columns[cell]!;
      cells[count + 1] = (all - ofEdge) | ((256 - all) << 16);
      cells[count + 2] = Math.imul(edgeRedBlue, ofEdge) + halves;
      cells[count + 3] = Math.imul(edgeGreenAlpha, ofEdge) + halves;
      count += 4;
    }
  }
  inked[starts.length - 1] = count;
  return { phaseBits: stamp.phaseBits, starts: inked, cells: cells.slice(0, count) };
}

function clampToOne(value: number): number {
  return Math.min(1, Math.max(0, value));
}
