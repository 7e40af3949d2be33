import type { Work } from '@/core/work';

/** Compressed sparse rows: the entries of row r are at starts[r] … starts[r + 1] − 1, column indices ascending. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly starts: Uint32Array;
  readonly indices: Uint32Array;
  readonly values: Float64Array;
}

/** Multiplications between two reports: a few milliseconds. */
export const productsPerStep = 4_000_000;

/** Aᵀ, in new buffers. */
export function transposeSparse(matrix: SparseMatrix): SparseMatrix {
  const { rows, columns, starts, indices, values } = matrix;
  const transposedStarts = new Uint32Array(columns + 1);
  for (const column of indices) transposedStarts[column + 1]!++;
  for (let c = 0; c < columns; c++) transposedStarts[c + 1]! += transposedStarts[c]!;
  const next = transposedStarts.slice(0, columns);
  const transposedIndices = new Uint32Array(indices.length);
  const transposedValues = new Float64Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let i = starts[r]!; i < starts[r + 1]!; i++) {
      const place = next[indices[i]!]!++;
      transposedIndices[place] = r;
      transposedValues[place] = values[i]!;
    }
  }
  return {
    rows: columns,
    columns: rows,
    starts: transposedStarts,
    indices: transposedIndices,
    values: transposedValues,
  };
}

/** A·X for dense X (columns × width, row-major); the result is rows × width, row-major, the caller's. */
export function* multiplySparse(
  matrix: SparseMatrix,
  dense: Float64Array,
  width: number,
): Work<Float64Array<ArrayBuffer>> {
  const { rows, starts, indices, values } = matrix;
  const product = new Float64Array(rows * width);
  let products = 0;
  for (let r = 0; r < rows; r++) {
    const target = r * width;
    for (let i = starts[r]!; i < starts[r + 1]!; i++) {
      const value = values[i]!;
      const source = indices[i]! * width;
      for (let c = 0; c < width; c++) product[target + c]! += value * dense[source + c]!;
    }
    products += (starts[r + 1]! - starts[r]!) * width;
    if (products > productsPerStep) {
      products = 0;
      yield { done: r + 1, total: rows };
    }
  }
  return product;
}

/** AᵀA, columns × columns, dense and row-major; for few columns. */
export function* gramOfSparse(matrix: SparseMatrix): Work<Float64Array<ArrayBuffer>> {
  const { rows, columns, starts, indices, values } = matrix;
  const gram = new Float64Array(columns * columns);
  let products = 0;
  for (let r = 0; r < rows; r++) {
    const start = starts[r]!;
    const end = starts[r + 1]!;
    for (let i = start; i < end; i++) {
      const value = values[i]!;
      const target = indices[i]! * columns;
      for (let j = start; j < end; j++) gram[target + indices[j]!]! += value * values[j]!;
    }
    products += (end - start) ** 2;
    if (products > productsPerStep) {
      products = 0;
      yield { done: r + 1, total: rows };
    }
  }
  return gram;
}
