import type { TilePlace } from './block-pyramid';

/** Mean and standard deviation of a run's pairs, by which its cosines become z; sd is above 0. */
export interface PairScale {
  readonly mean: number;
  readonly sd: number;
}

/** How two runs become one matrix. */
export interface TwoRuns {
  /** `difference`: z in A less z in B. `halves`: z in A above the diagonal, z in B below. */
  readonly kind: 'difference' | 'halves';
  readonly a: PairScale;
  readonly b: PairScale;
  /** The same row has the same number on both sides. */
  readonly lines: Uint32Array;
  readonly columns: Uint32Array;
}

/**
 * One tile out of the same tile of two runs. z is linear, so means of blocks stay exact. A text with itself differs in no model and
 * is 0 in the difference. In halves, which need the same order on both sides, a block on the diagonal is half of either run:
 * blocks are symmetric there, so it shows the mean of both. The caller owns the result.
 */
export function combineTiles(
  ofA: Float32Array,
  ofB: Float32Array,
  { level, rowBlock, columnBlock, size }: TilePlace,
  { kind, a, b, lines, columns }: TwoRuns,
): Float32Array<ArrayBuffer> {
  const tile = new Float32Array(ofA.length);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const at = i * size + j;
      const inA = (ofA[at]! - a.mean) / a.sd;
      const inB = (ofB[at]! - b.mean) / b.sd;
      const line = rowBlock + i;
      const column = columnBlock + j;
      if (kind === 'difference') {
        const isSelf = level === 0 && line < lines.length && lines[line] === columns[column];
        tile[at] = isSelf ? 0 : inA - inB;
      } else if (line === column) tile[at] = level === 0 ? Math.max(inA, inB) : (inA + inB) / 2;
      else tile[at] = line < column ? inA : inB;
    }
  }
  return tile;
}
