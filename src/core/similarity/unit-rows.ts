import type { Centring } from './centring';

/** Vectors of length 1, row-major, addressed by row index. May be a view on shared memory; never written through this. */
export interface UnitRows {
  readonly values: Float32Array;
  readonly dims: number;
}

/** Hands out listed rows as one row-major block, mean-centred where a centring is given; without copying where they lie side by side. */
export class RowGatherer {
  readonly #rows: UnitRows;
  readonly #indices: Uint32Array;
  readonly #centring: Centring | null;
  #copy: Float32Array | null = null;

  constructor(rows: UnitRows, indices: Uint32Array, centring: Centring | null = null) {
    this.#rows = rows;
    this.#indices = indices;
    this.#centring = centring;
  }

  /** Rows indices[start..end) as a block. Valid until the next call, and not to be written to. */
  take(start: number, end: number): Float32Array {
    const { values, dims } = this.#rows;
    const first = this.#indices[start] ?? 0;
    if (this.#centring === null && this.#areConsecutive(start, end))
      return values.subarray(first * dims, (first + end - start) * dims);
    const length = (end - start) * dims;
    if (!this.#copy || this.#copy.length < length) this.#copy = new Float32Array(length);
    for (let at = start; at < end; at++) {
      const row = this.#indices[at]!;
      const target = (at - start) * dims;
      if (this.#centring === null) {
        this.#copy.set(values.subarray(row * dims, (row + 1) * dims), target);
        continue;
      }
      const { mean, scale } = this.#centring;
      for (let k = 0; k < dims; k++)
        this.#copy[target + k] = scale[row]! * (values[row * dims + k]! - mean[k]!);
    }
    return this.#copy.subarray(0, length);
  }

  #areConsecutive(start: number, end: number): boolean {
    for (let at = start + 1; at < end; at++) {
      if (this.#indices[at] !== this.#indices[at - 1]! + 1) return false;
    }
    return true;
  }
}

/** Multiplications and additions of a tile that takes the SIMD kernels about 3 ms. */
const tileWork = 2 ** 26;

/** Edge of a square tile of cosines that takes a few milliseconds: 64 to 512 rows, a multiple of 8. */
export function tileRowsFor(dims: number): number {
  const edge = Math.floor(Math.sqrt(tileWork / Math.max(1, dims)) / 8) * 8;
  return Math.min(512, Math.max(64, edge));
}

/** Rows that simple arithmetic gets through in a millisecond or so. */
export function rowsPerYield(dims: number): number {
  return Math.max(1, Math.floor(2 ** 19 / Math.max(1, dims)));
}

/** Adds the rows of members[from..to) to `sum`, dims long. A loop of its own: in the middle of a generator it takes several times as long. */
export function addRows(
  { values, dims }: UnitRows,
  members: Uint32Array,
  from: number,
  to: number,
  sum: Float64Array,
): void {
  for (let member = from; member < to; member++) {
    const start = members[member]! * dims;
    for (let k = 0; k < dims; k++) sum[k]! += values[start + k]!;
  }
}
