import type { ClosenessCurve } from '@/core/projection/umap-kernels';
import type { EdgeList } from './plain-graph';
import { plainExp, plainLog } from './plain-numbers';

// As in assembly/umap-layout.ts, equal bit by bit.

const float32 = Math.fround;
const cells = 128 * 39;
const firstCell = (127 - 24) * 128;
const softening = 0.001;
const rateMask = 0x3fffffff;
const negatives = 5;

/** Factors of the difference of two points, by the leading bits of its square. */
interface GradientTables {
  readonly pull: Float32Array;
  readonly push: Float32Array;
}

const square = new Float32Array(1);
const squareBits = new Int32Array(square.buffer);

export function fillPlainTables({ a, b }: ClosenessCurve): GradientTables {
  const pull = new Float32Array(cells);
  const push = new Float32Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    squareBits[0] = ((firstCell + cell) << 16) | 0x8000;
    const squared = square[0]!;
    const power = plainExp(b * plainLog(squared));
    pull[cell] = (-2 * a * b * power) / (squared * (a * power + 1));
    push[cell] = (2 * b) / ((softening + squared) * (a * power + 1));
  }
  return { pull, push };
}

function look(table: Float32Array, dx: number, dy: number): number {
  square[0] = float32(float32(dx * dx) + float32(dy * dy));
  const cell = (squareBits[0]! >>> 16) - firstCell;
  return table[Math.min(Math.max(cell, 0), cells - 1)]!;
}

function clip(x: number): number {
  return x < -4 ? -4 : x > 4 ? 4 : x;
}

interface EpochPart {
  /** (count + 1) × 2: the last place pads groups of four. */
  readonly places: Float32Array;
  readonly count: number;
  readonly edges: EdgeList;
  readonly from: number;
  readonly to: number;
  readonly epoch: number;
  readonly alpha: number;
  readonly tables: GradientTables;
  /** Four words, moved on. */
  readonly random: Uint32Array;
}

/** Moves the points of those of edges [from, to) that are due, in groups of four that see the places as they were before. */
export function movePlainEdges(part: EpochPart): void {
  const { places, count, edges, from, to, epoch } = part;
  const due: number[] = [];
  for (let e = from; e < to; e++) {
    if ((Math.imul(edges.rates[e]!, epoch) & rateMask) < edges.rates[e]!) due.push(e);
  }
  const heads = new Int32Array(4);
  const tails = new Int32Array(4);
  const pulls = new Float32Array(8);
  const changes = new Float32Array(8);
  for (let at = 0; at < due.length; at += 4) {
    for (let lane = 0; lane < 4; lane++) {
      const e = due[at + lane];
      heads[lane] = e === undefined ? count : edges.heads[e]!;
      tails[lane] = e === undefined ? count : edges.tails[e]!;
      moveLane(part, heads[lane]!, tails[lane]!, lane, pulls, changes);
    }
    for (let lane = 0; lane < 4; lane++) {
      places[tails[lane]! * 2]! -= pulls[lane * 2]!;
      places[tails[lane]! * 2 + 1]! -= pulls[lane * 2 + 1]!;
    }
    for (let lane = 0; lane < 4; lane++) {
      places[heads[lane]! * 2]! += changes[lane * 2]!;
      places[heads[lane]! * 2 + 1]! += changes[lane * 2 + 1]!;
    }
  }
}

/** Works out one edge of a group: by how much its tail is pulled (negated) and how its head moves in all. */
function moveLane(
  { places, count, alpha, tables, random }: EpochPart,
  head: number,
  tail: number,
  lane: number,
  pulls: Float32Array,
  changes: Float32Array,
): void {
  const dx = float32(places[head * 2]! - places[tail * 2]!);
  const dy = float32(places[head * 2 + 1]! - places[tail * 2 + 1]!);
  const pull = look(tables.pull, dx, dy);
  const pullX = float32(clip(float32(pull * dx)) * alpha);
  const pullY = float32(clip(float32(pull * dy)) * alpha);
  const x = float32(places[head * 2]! + pullX);
  const y = float32(places[head * 2 + 1]! + pullY);
  let gainX = 0;
  let gainY = 0;
  let state = random[lane]!;
  for (let k = 0; k < negatives; k++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const other = highProduct(state >>> 0, count);
    const nx = float32(x - places[other * 2]!);
    const ny = float32(y - places[other * 2 + 1]!);
    const push = look(tables.push, nx, ny);
    gainX = float32(gainX + clip(float32(push * nx)));
    gainY = float32(gainY + clip(float32(push * ny)));
  }
  random[lane] = state;
  pulls[lane * 2] = pullX;
  pulls[lane * 2 + 1] = pullY;
  changes[lane * 2] = float32(pullX + float32(gainX * alpha));
  changes[lane * 2 + 1] = float32(pullY + float32(gainY * alpha));
}

/** The high 32 bits of a product of two 32-bit numbers; its 64 bits do not fit a double at once. */
function highProduct(word: number, count: number): number {
  const low = Math.floor(((word & 0xffff) * count) / 65536);
  return Math.floor(((word >>> 16) * count + low) / 65536);
}
