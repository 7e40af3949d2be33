import type { UnitRows } from './unit-rows';

interface RowProducts {
  /**
   * Dot products of one row with others, in float64: `out[i]` for `others[i]`, the first `count` of them. Summed in four parts
   * (every fourth k), so a value depends on nothing but its two rows, to the last bit and whichever comes first. The caller
   * owns `out`.
   */
  multiply(row: number, others: Int32Array, count: number, out: Float64Array): void;
  /** Gives back the memory that was taken for them. Nothing is multiplied afterwards. */
  close(): void;
}

/**
 * Prepares products of rows, which must not change meanwhile. Copies of rows may be held, `heldBytes`
 * (default 16 MiB) at most beside those of one call. Throws RangeError, with numbers, when there is no memory for it.
 */
export type OpenRowProducts = (rows: UnitRows, heldBytes?: number) => RowProducts;
