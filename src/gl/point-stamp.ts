import type { Rgb } from './palettes';
import { cellWords } from './point-stamps';

/** A round point; lengths are pixels of the picture. */
export interface RoundPoint {
  readonly radius: number;
  /** Width of the edge, half of which lies outside the radius; 0 for none. */
  readonly edgeWidth: number;
  /** Width of the ring that is left of a hollow point; 0 for a full one. */
  readonly ringWidth: number;
}

/** What a point is drawn with: its alpha (0 to 1, opacity within), its edge's colour, and how many pixels the picture's lines are apart. */
export interface Ink {
  readonly alpha: number;
  readonly edgeColour: Rgb;
  readonly stride: number;
}

/** Pixels that a point may colour beyond the one its middle lies in. */
export function reachOf({ radius, edgeWidth }: RoundPoint): number {
  return Math.ceil(radius + edgeWidth / 2 + 0.5);
}

/**
 * Binary logarithm of the places in a pixel that are told apart along each of its sides: the larger a point, the fewer it needs and
 * the more room each takes.
 */
export function placeBitsOf({ radius }: RoundPoint): number {
  if (radius <= 4) return 3;
  if (radius <= 16) return 2;
  return radius <= 32 ? 1 : 0;
}

/** Cells that a point's stamp may need. */
export function mostCellsOf(point: RoundPoint): number {
  const reach = reachOf(point);
  return (1 << (2 * placeBitsOf(point))) * (2 * reach + 1) * (reach + 1);
}

/**
 * Writes the cells (point-stamps.ts) of a point from number `first` on: what it does to the pixels around it, for each place in a
 * pixel, from the lower left to the upper right. Returns the first cell of each place and, last, where they end.
 */
export function cutStamp(point: RoundPoint, ink: Ink, cells: Int32Array, first: number): Int32Array {
  const reach = reachOf(point);
  const bits = placeBitsOf(point);
  const along = 1 << bits;
  const covered = point.radius + point.edgeWidth / 2 + 0.5;
  const starts = new Int32Array(along * along + 1);
  let word = first * cellWords;
  for (let place = 0; place < along * along; place++) {
    starts[place] = word / cellWords;
    const x = ((place & (along - 1)) + 0.5) / along - 0.5;
    const y = ((place >> bits) + 0.5) / along - 0.5;
    for (let line = -reach; line <= reach; line++) {
      const above = (line - y) ** 2;
      const across = Math.sqrt(Math.max(0, covered ** 2 - above));
      for (let column = Math.ceil(x - across); column < x + across; column += 2) {
        const left = mixShares(point, ink.alpha, Math.sqrt((column - x) ** 2 + above));
        const right = mixShares(point, ink.alpha, Math.sqrt((column + 1 - x) ** 2 + above));
        if ((left | right) === 0) continue;
        cells[word] = 4 * (line * ink.stride + column);
        cells[word + 1] = ownOf(left) | (ownOf(right) << 16);
        cells[word + 2] = keptOf(left) | (keptOf(right) << 16);
        addEdge(cells, word + 4, edgeOf(left), ink.edgeColour);
        addEdge(cells, word + 6, edgeOf(right), ink.edgeColour);
        word += cellWords;
      }
    }
  }
  starts[along * along] = word / cellWords;
  return starts;
}

/**
 * How many 256ths of a pixel at a distance from a point's middle take its own colour and, 16 bits further up, its edge's; as in the
 * shader of `PointLayer`.
 */
function mixShares({ radius, edgeWidth, ringWidth }: RoundPoint, alpha: number, distance: number): number {
  const inner = radius - edgeWidth / 2;
  const cover = clampToOne(radius + edgeWidth / 2 - distance + 0.5);
  const hole = ringWidth > 0 ? clampToOne(inner - ringWidth - distance + 0.5) : 0;
  const edgeShare = edgeWidth > 0 ? clampToOne(distance - inner + 0.5) : 0;
  const all = cover * (1 - hole) * alpha * 256;
  const edge = Math.round(all * edgeShare);
  return (Math.round(all) - edge) | (edge << 16);
}

const ownOf = (shares: number): number => shares & 0xffff;
const edgeOf = (shares: number): number => shares >> 16;
const keptOf = (shares: number): number => 256 - ownOf(shares) - edgeOf(shares);

/** Half of a 256th: what follows is cut off, and is so rounded to the nearest. */
const half = 128;

function addEdge(cells: Int32Array, word: number, share: number, [red, green, blue]: Rgb): void {
  cells[word] = (red * share + half) | ((green * share + half) << 16);
  cells[word + 1] = (blue * share + half) | ((255 * share + half) << 16);
}

function clampToOne(value: number): number {
  return Math.min(1, Math.max(0, value));
}
