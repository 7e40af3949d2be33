/** For tests: plain float64 references and made-up vectors, sharing nothing with the code under test. */
import fc from 'fast-check';
import type { OpenRowProducts } from './row-products';
import type { TileProduct } from './tile-product';
import type { UnitRows } from './unit-rows';

/** Fixed seed of the property tests. */
export const propertySeed = 20261122;

/** Recipe of a set of unit vectors. `pull` draws all of them towards one direction, `copies` is the share of duplicates. */
export interface RowRecipe {
  readonly count: number;
  readonly dims: number;
  readonly seed: number;
  readonly pull: number;
  readonly copies: number;
}

export function rowRecipes(maxCount: number, dims: readonly number[]): fc.Arbitrary<RowRecipe> {
  return fc.record({
    count: fc.integer({ min: 0, max: maxCount }),
    dims: fc.constantFrom(...dims),
    seed: fc.integer({ min: 1, max: 1e6 }),
    pull: fc.constantFrom(0, 0, 0.5, 5),
    copies: fc.constantFrom(0, 0.3, 1),
  });
}

/** A stream of numbers in [0, 1): the fractional parts of a quadratic sequence. */
function fractions(seed: number): () => number {
  let at = seed;
  return () => {
    at += 1;
    const value = Math.sin(at * 12.9898 + seed * 0.618) * 43758.5453;
    return value - Math.floor(value);
  };
}

/** Unit rows in the middle of a larger shared buffer, as in a worker. */
export function makeUnitRows(recipe: RowRecipe): UnitRows {
  const { count, dims, seed, pull, copies } = recipe;
  const next = fractions(seed);
  const values = new Float32Array(new SharedArrayBuffer((count * dims + 3) * 4), 12, count * dims);
  for (let row = 0; row < count; row++) {
    if (row > 0 && next() < copies) {
      const other = Math.floor(next() * row);
      values.copyWithin(row * dims, other * dims, (other + 1) * dims);
      continue;
    }
    const vector = Array.from({ length: dims }, (_, k) => next() - 0.5 + pull * Math.cos(k));
    const length = Math.hypot(...vector) || 1;
    for (let k = 0; k < dims; k++) values[row * dims + k] = vector[k]! / length;
  }
  return { values, dims };
}

/** About `share` of the rows, ascending; all of them with share 1. */
export function pickMembers(count: number, share: number, seed: number): Uint32Array {
  const next = fractions(seed + 77);
  return Uint32Array.from(Array.from({ length: count }, (_, row) => row).filter(() => next() < share));
}

/** All dot products of the listed rows, in float64. */
export function referenceCosines(rows: UnitRows, indices: ArrayLike<number>): number[][] {
  const list = Array.from(indices);
  return list.map((i) =>
    list.map((j) => {
      let sum = 0;
      for (let k = rows.dims - 1; k >= 0; k--)
        sum += rows.values[i * rows.dims + k]! * rows.values[j * rows.dims + k]!;
      return sum;
    }),
  );
}

/** The tile product with sums in float64, to test what is built upon it. */
export const referenceProduct: TileProduct = (a, aRows, b, bRows, dims, out) => {
  for (let i = 0; i < aRows; i++) {
    for (let j = 0; j < bRows; j++) {
      let sum = 0;
      for (let k = 0; k < dims; k++) sum += a[i * dims + k]! * b[j * dims + k]!;
      out[i * bRows + j] = sum;
    }
  }
};

/** The row products, the straightforward way. */
export const openReferenceRowProducts: OpenRowProducts = ({ values, dims }) => ({
  multiply(row, others, count, out) {
    for (let i = 0; i < count; i++) {
      let sum = 0;
      for (let k = dims - 1; k >= 0; k--) sum += values[row * dims + k]! * values[others[i]! * dims + k]!;
      out[i] = sum;
    }
  },
  close() {},
});
