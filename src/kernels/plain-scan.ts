import {
  bandGrid,
  bandsOfTile,
  type CandidateLists,
  type OpenCandidateScan,
  sketchedTile,
  sketchedTileCount,
} from '@/core/similarity/candidate-scan';
import { boundError } from '@/core/similarity/rounding';

const float32 = Math.fround;
/** Adding and subtracting it rounds a number to a whole one, ties to even. */
const roundingShift = 1.5 * 2 ** 52;
const noScore = -(2 ** 31);

/** The candidate scan in plain TypeScript: the specification of the SIMD kernels, equal to them number by number, and the fallback. */
export const openPlainScan: OpenCandidateScan = ({ rows, members, rounding, keep, bandRows, sketches }) => {
  const { dims } = rows;
  const { mean, biases, scale, unit, offset } = rounding;
  const count = members.length;
  const grid = bandGrid(keep > 0 ? count : 0, dims, bandRows);
  const quantised = new Int16Array(count * dims);
  let worst = 0;
  for (let position = 0; position < count; position++) {
    const source = members[position]! * dims;
    // In four parts, as four lanes would.
    const squares = new Float32Array(4);
    for (let k = 0; k < dims; k++) {
      const exact = float32(float32(rows.values[source + k]! - mean[k]!) * scale);
      const rounded = exact + roundingShift - roundingShift;
      quantised[position * dims + k] = Math.max(-32768, Math.min(32767, rounded));
      const error = float32(exact - rounded);
      squares[k % 4]! += float32(error * error);
    }
    const sum = float32(float32(float32(squares[0]! + squares[1]!) + squares[2]!) + squares[3]!);
    worst = Math.max(worst, sum);
  }
  const positions = new Int32Array(count * keep).fill(-1);
  const scores = new Int32Array(count * keep).fill(noScore);

  const offer = (position: number, score: number, other: number) => {
    const first = position * keep;
    let at = first + keep - 1;
    if (score <= scores[at]!) return;
    for (; at > first && scores[at - 1]! < score; at--) {
      scores[at] = scores[at - 1]!;
      positions[at] = positions[at - 1]!;
    }
    scores[at] = score;
    positions[at] = other;
  };

  return {
    tileCount: sketches ? sketchedTileCount(grid) : grid.tileCount,
    scan: (tile) => {
      const { first, second, pairs } = sketches
        ? sketchedTile(grid, tile)
        : { ...bandsOfTile(grid, tile), pairs: 'all' };
      // Which pairs are likely matters to speed only: all are left for the rest.
      if (pairs === 'likely') return;
      const endI = Math.min(count, (first + 1) * grid.bandRows);
      const endJ = Math.min(count, (second + 1) * grid.bandRows);
      for (let i = first * grid.bandRows; i < endI; i++) {
        for (let j = first === second ? i + 1 : second * grid.bandRows; j < endJ; j++) {
          const score = dotOf(quantised, i * dims, j * dims, dims) + biases[i]! + biases[j]!;
          offer(i, score, j);
          offer(j, score, i);
        }
      }
    },
    finish: (): CandidateLists => ({
      keep,
      positions,
      scores,
      unit,
      offset,
      error: boundError(worst, rounding),
    }),
  };
};

function dotOf(values: Int16Array, left: number, right: number, dims: number): number {
  let even = 0;
  let odd = 0;
  let k = 0;
  for (; k + 2 <= dims; k += 2) {
    even += values[left + k]! * values[right + k]!;
    odd += values[left + k + 1]! * values[right + k + 1]!;
  }
  if (k < dims) even += values[left + k]! * values[right + k]!;
  return even + odd;
}
